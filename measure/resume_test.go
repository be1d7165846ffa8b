package measure

import (
	"context"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"concbench/results"
)

// reopened resumes the run of r with the same worker.
func reopened(t *testing.T, r *Runner) *Runner {
	t.Helper()
	again, err := Resume(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	again.Worker, again.Workloads, again.Env = r.Worker, r.Workloads, r.Env
	return again
}

// TestResumeAfterAnyCut cuts a journal as a kill -9 could, and resumes: the same
// plan is finished, and what was whole is not run again. Package results cuts
// at every byte; here each cut costs processes, so most are around line ends.
func TestResumeAfterAnyCut(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 1, "Toy"))
	want := mustRun(t, r).Records
	journal := filepath.Join(r.Dir, results.JournalName)
	data, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	for at := range len(data) + 1 {
		nearEnd := strings.Contains(string(data[max(0, at-2):min(at+2, len(data))]), "\n")
		if at%211 != 0 && !nearEnd {
			continue
		}
		whole := strings.Count(string(data[:at]), "\n")
		if err := os.WriteFile(journal, data[:at], 0o644); err != nil {
			t.Fatal(err)
		}
		seen := &counter{}
		again := reopened(t, r)
		again.Progress = seen
		got := mustRun(t, again).Records
		if seen.started != len(want)-whole || seen.done != seen.started {
			t.Fatalf("cut at %d: %d trials were run, want %d", at, seen.started, len(want)-whole)
		}
		if diff := cmp.Diff(want[:whole], got[:whole]); diff != "" {
			t.Fatalf("cut at %d: whole records changed: %s", at, diff)
		}
		if diff := cmp.Diff(plannedOf(want), plannedOf(got)); diff != "" {
			t.Fatalf("cut at %d: another plan was finished: %s", at, diff)
		}
	}
}

func plannedOf(records []results.Record) []results.Planned {
	var all []results.Planned
	for _, r := range records {
		all = append(all, results.Planned{Seq: r.Seq, Round: r.Round, Cell: r.Cell, Scale: r.Scale, Seed: r.Seed})
	}
	return all
}

func TestInterruptedRunIsReadableAndResumed(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 2, "Trouble", axis("how", "memory hang")))
	ctx, cancel := context.WithCancel(context.Background())
	r.Progress = &counter{onStart: func(p results.Planned) {
		if p.Cell.Params.Get("how") == "hang" {
			// The trial hangs for an hour, so it is running when this happens.
			time.AfterFunc(20*time.Millisecond, cancel)
		}
	}}
	summary, err := r.Run(ctx)
	if !errors.Is(err, ErrInterrupted) || !summary.Partial() || summary.ByStatus[results.OK] != summary.Done {
		t.Fatalf("%+v, %v; want ErrInterrupted, and no record of the trial that was running", summary, err)
	}
	saved := mustOpen(t, r.Dir)
	if saved.Cut != nil || len(saved.Records) != summary.Done {
		t.Fatalf("after the interruption: %d records, %v; want %d", len(saved.Records), saved.Cut, summary.Done)
	}
	again := reopened(t, r)
	again.Deadline = hangersDeadline
	end := mustRun(t, again)
	if end.Partial() || end.ByStatus[results.Killed] == 0 {
		t.Errorf("after resuming: %+v; want the whole plan, hanging trials killed", end)
	}
	if diff := cmp.Diff(saved.Records, end.Records[:len(saved.Records)], cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("what had been measured changed: %s", diff)
	}
}

func TestInterruptedBeforeTheFirstTrial(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r := toyRunner(t, toyPlan(t, 1, "Toy"))
	if _, err := r.Run(ctx); !errors.Is(err, ErrInterrupted) {
		t.Fatal(err)
	}
	if latest, err := filepath.EvalSymlinks(filepath.Join(filepath.Dir(r.Dir), "latest")); err != nil || latest != r.Dir {
		t.Errorf("latest is %s, %v; want %s from its start", latest, err, r.Dir)
	}
	if summary := mustRun(t, reopened(t, r)); summary.Partial() {
		t.Errorf("after resuming: %+v", summary)
	}
}

func TestResumeElsewhere(t *testing.T) {
	plan := toyPlan(t, 1, "Toy")
	plan.Machine.CPU = "another processor"
	dir := filepath.Join(t.TempDir(), "run")
	if err := results.Create(dir, plan); err != nil {
		t.Fatal(err)
	}
	if _, err := Resume(dir); !errors.Is(err, ErrOther) || !strings.Contains(err.Error(), "another processor") {
		t.Errorf("Resume on another machine: %v", err)
	}
}

// TestRunnerKilled kills the runner itself in the middle of a trial, as nobody
// can guard against: the trial dies with it, and the run is resumed.
func TestRunnerKilled(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux kills a child with its parent")
	}
	dir, file := filepath.Join(t.TempDir(), "run"), filepath.Join(t.TempDir(), "pid")
	if err := results.Create(dir, toyPlan(t, 1, "Trouble", axis("how", "memory hang"))); err != nil {
		t.Fatal(err)
	}
	runner := exec.Command(os.Args[0])
	runner.Env = append(os.Environ(), toyRunnerVariable+"="+dir, toyPID+"="+file)
	if err := runner.Start(); err != nil {
		t.Fatal(err)
	}
	pid := awaitFile(t, file)
	if err := runner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := runner.Wait(); err == nil {
		t.Error("the runner ended well before it could be killed")
	}
	awaitDeath(t, pid)
	r, err := Resume(dir)
	if err != nil {
		t.Fatal(err)
	}
	r.Worker, r.Workloads, r.Env, r.Deadline = os.Args[0], toys, []string{toyVariable + "=yes"}, hangersDeadline
	if summary := mustRun(t, r); summary.Partial() || summary.ByStatus[results.OK] != 2 {
		t.Errorf("after resuming: %+v", summary)
	}
}

// awaitFile returns what is in the file once something is.
func awaitFile(t *testing.T, path string) string {
	t.Helper()
	for {
		if text, err := os.ReadFile(path); err == nil && len(text) > 0 {
			return string(text)
		}
		time.Sleep(time.Millisecond)
	}
}

func TestResumedRunKeepsItsAddresses(t *testing.T) {
	plan := toyPlan(t, 1, "Toy")
	plan.URLs = []string{"http://one.example"}
	r := toyRunner(t, plan)
	mustRun(t, r)
	if again := reopened(t, r); !slices.Equal(again.Plan.URLs, plan.URLs) {
		t.Errorf("resumed with %v, begun with %v", again.Plan.URLs, plan.URLs)
	}
}

// TestOnePaceForTheWholeRun sees that all trials do the same number of items, also
// those that are run after an interruption: each process for itself would find
// another number.
func TestOnePaceForTheWholeRun(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 2, "Paced"))
	ctx, cancel := context.WithCancel(t.Context())
	r.Progress = &counter{onStart: func(p results.Planned) {
		if p.Seq == 1 {
			cancel()
		}
	}}
	if _, err := r.Run(ctx); !errors.Is(err, ErrInterrupted) {
		t.Fatal(err)
	}
	again := reopened(t, r)
	records := mustRun(t, again).Records
	want := int64(time.Second / time.Duration(math.Round(again.Plan.ItemSec*float64(time.Second))))
	for _, record := range records {
		if record.Status != results.OK || record.Work.Messages != want {
			t.Errorf("trial %d: %s, %d items, want %d; %s", record.Seq, record.Status, record.Work.Messages, want, record.Error)
		}
	}
	if len(records) != 4 {
		t.Errorf("%d trials, want 4", len(records))
	}
	if plain := toyRunner(t, toyPlan(t, 1, "Toy")); mustRun(t, plain).Records == nil || plain.Plan.ItemSec != 0 {
		t.Errorf("a run that computes for no given time has the pace %v", plain.Plan.ItemSec)
	}
}
