package measure

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"concbench/results"
)

// TestRunTakenAwayEndsAtOnce: the first trial whose record is not where it should
// be is the last. The summary tells where the run is, and it can be resumed there.
func TestRunTakenAwayEndsAtOnce(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(dir string) error
		then string // where the run is, beside what it was
	}{
		"journal removed": {func(dir string) error { return os.Remove(filepath.Join(dir, results.JournalName)) }, "run-saved"},
		"folder removed":  {os.RemoveAll, "run-saved"},
		"folder renamed":  {func(dir string) error { return os.Rename(dir, dir+" new") }, "run new"},
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS != "linux" {
				c.then = "run-saved"
			}
			r := toyRunner(t, toyPlan(t, 2, "Toy"))
			dir := r.Dir
			seen := &counter{}
			seen.onStart = func(p results.Planned) {
				if p.Seq == 1 {
					if err := c.do(dir); err != nil {
						t.Error(err)
					}
				}
			}
			r.Progress = seen
			summary, err := r.Run(context.Background())
			where := filepath.Join(filepath.Dir(dir), c.then)
			if !errors.Is(err, ErrRecord) || !strings.Contains(err.Error(), where) || summary.Dir != where || seen.started != 2 || summary.Done != 2 {
				t.Fatalf("%d trials started, %+v, %v; want two, and them in %s", seen.started, summary, err, where)
			}
			if bench, err := os.ReadFile(filepath.Join(where, results.BenchFile)); err != nil || strings.Count(string(bench), "\nBenchmarkToy/") != 2 {
				t.Errorf("bench.txt there: %s, %v", bench, err)
			}
			r.Dir = where
			if end := mustRun(t, reopened(t, r)); end.Partial() || end.ByStatus[results.OK] != 4 {
				t.Errorf("resumed there: %+v", end)
			}
		})
	}
}

// TestMovedAfterTheLastTrial is noticed before bench.txt is written.
func TestMovedAfterTheLastTrial(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 1, "Toy"))
	dir := r.Dir
	r.Progress = &counter{onDone: func(record results.Record) {
		if record.Seq == 1 {
			if err := errors.Join(os.Rename(dir, dir+" new"), os.Mkdir(dir, 0o755)); err != nil {
				t.Error(err)
			}
		}
	}}
	if _, err := r.Run(context.Background()); !errors.Is(err, ErrRecord) {
		t.Errorf("error %v; want ErrRecord", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v were written into a folder that is not the run's", left, err)
	}
}

// TestLatestMovesOn: a run that is resumed by the link stays itself when the link
// leads to another.
func TestLatestMovesOn(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 1, "Toy"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Run(ctx); !errors.Is(err, ErrInterrupted) {
		t.Fatal(err)
	}
	link, other := filepath.Join(filepath.Dir(r.Dir), "latest"), filepath.Join(filepath.Dir(r.Dir), "other")
	if err := os.Mkdir(other, 0o755); err != nil {
		t.Fatal(err)
	}
	mine := r.Dir
	r.Dir = link
	again := reopened(t, r)
	again.Progress = &counter{onStart: func(results.Planned) {
		if err := results.PointLatest(other); err != nil {
			t.Error(err)
		}
	}}
	if summary := mustRun(t, again); summary.Partial() || summary.Dir != mine {
		t.Errorf("%+v; want it in %s", summary, mine)
	}
	if left, err := os.ReadDir(other); err != nil || len(left) > 0 {
		t.Errorf("%v, %v were written into the other run", left, err)
	}
}

// TestRunReplacedBeforeItIsResumed puts another run in the place between Resume and Run.
func TestRunReplacedBeforeItIsResumed(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 1, "Toy"))
	mustRun(t, r)
	again := reopened(t, r)
	if err := os.RemoveAll(r.Dir); err != nil {
		t.Fatal(err)
	}
	other := r.Plan
	other.Seed++
	if err := results.Create(r.Dir, other); err != nil {
		t.Fatal(err)
	}
	if _, err := again.Run(context.Background()); !errors.Is(err, ErrOther) {
		t.Errorf("error %v; want ErrOther", err)
	}
}

// TestDamagedTrialIsRunAgain damages one line in the middle of a journal.
func TestDamagedTrialIsRunAgain(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 2, "Toy"))
	want := mustRun(t, r).Records
	path := filepath.Join(r.Dir, results.JournalName)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	lines[1][20] ^= 4
	if err := os.WriteFile(path, bytes.Join(lines, nil), 0o644); err != nil {
		t.Fatal(err)
	}
	again, seen := reopened(t, r), &counter{}
	if again.Left() != 1 || len(again.Warnings) == 0 || !strings.Contains(again.Warnings[0], "number 1; they are run again") {
		t.Errorf("%d trials left, warnings %q; want one, and trial 1 named", again.Left(), again.Warnings)
	}
	again.Progress = seen
	end := mustRun(t, again)
	if seen.started != 1 || end.ByStatus[results.OK] != len(want) {
		t.Errorf("%d trials were run again, %+v", seen.started, end)
	}
	if left := reopened(t, r); left.Left() != 0 || left.Warnings != nil {
		t.Errorf("afterwards %d trials are left, with the warnings %q", left.Left(), left.Warnings)
	}
}

// TestLostJournalIsToldWhenResumed: the report is of more records than there are.
func TestLostJournalIsToldWhenResumed(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 1, "Toy"))
	mustRun(t, r)
	if err := os.Remove(filepath.Join(r.Dir, results.JournalName)); err != nil {
		t.Fatal(err)
	}
	again := reopened(t, r)
	if len(again.Warnings) != 1 || !strings.Contains(again.Warnings[0], "0 now, 2 then") {
		t.Errorf("warnings %q", again.Warnings)
	}
	ctx, cancel := context.WithCancel(context.Background())
	again.Progress = &counter{onDone: func(results.Record) { cancel() }}
	if _, err := again.Run(ctx); !errors.Is(err, ErrInterrupted) || !errors.Is(err, results.ErrFewer) {
		t.Errorf("interrupted after one trial: %v; want the larger bench.txt kept", err)
	}
	if bench, err := os.ReadFile(filepath.Join(r.Dir, results.BenchFile)); err != nil || !strings.Contains(string(bench), "2 records") {
		t.Errorf("bench.txt is %s, %v", bench, err)
	}
	if end := mustRun(t, reopened(t, r)); end.Partial() {
		t.Errorf("%+v", end)
	}
}
