package measure

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"concbench/results"
)

// killsHangers makes the runner's hanging trials die of a signal from outside as
// soon as they hang, and returns how many were tried.
func killsHangers(t *testing.T, r *Runner, signal syscall.Signal) *int {
	t.Helper()
	file, tried := filepath.Join(t.TempDir(), "pid"), new(int)
	r.Env = append(r.Env, toyPID+"="+file)
	r.Progress = &counter{onStart: func(p results.Planned) {
		if p.Cell.Params.Get("how") != "hang" {
			return
		}
		*tried++
		if err := os.RemoveAll(file); err != nil {
			t.Error(err)
		}
		go func() {
			pid, err := strconv.Atoi(awaitFile(t, file))
			if err == nil {
				err = syscall.Kill(pid, signal)
			}
			if err != nil {
				t.Error(err)
			}
		}()
	}}
	return tried
}

// TestSignalFromOutsideIsNotFinal: somebody or the kernel ends the process of a
// trial. The run goes on, -resume tries that trial again, and nothing else.
func TestSignalFromOutsideIsNotFinal(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT} {
		t.Run(signal.String(), func(t *testing.T) {
			r := toyRunner(t, toyPlan(t, 1, "Trouble", axis("how", "hang memory")))
			killsHangers(t, r, signal)
			first := mustRun(t, r)
			if first.ByStatus[results.Terminated] != 2 || first.ByStatus[results.OK] != 2 {
				t.Fatalf("%+v; want both hanging trials terminated", first)
			}
			again := reopened(t, r)
			if again.Left() != 2 {
				t.Errorf("%d trials are left to resume, want 2", again.Left())
			}
			again.Deadline = hangersDeadline // this time they end otherwise
			second := mustRun(t, again)
			if second.ByStatus[results.Killed] != 2 || second.ByStatus[results.OK] != 2 {
				t.Errorf("resumed: %+v", second)
			}
			for _, record := range second.Records {
				if (record.Status == results.Killed) != (record.Attempt == 1) {
					t.Errorf("%s is attempt %d", record.Status, record.Attempt)
				}
			}
			journal, err := os.ReadFile(filepath.Join(r.Dir, results.JournalName))
			if err != nil || strings.Count(string(journal), `"status":"terminated"`) != 2 || strings.Count(string(journal), "\n") != 6 {
				t.Errorf("%v: the journal does not tell of both attempts: %s", err, journal)
			}
		})
	}
}

// TestTrialThatDiesEachTime is given up after three attempts, and says so.
func TestTrialThatDiesEachTime(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 1, "Trouble", axis("how", "hang")))
	for attempt := range maxAttempts {
		if attempt > 0 {
			r = reopened(t, r)
		}
		tried := killsHangers(t, r, syscall.SIGKILL)
		summary := mustRun(t, r)
		if *tried != 2 || summary.ByStatus[results.Terminated] != 2 || summary.Records[0].Attempt != attempt {
			t.Errorf("attempt %d: %d trials, %+v", attempt, *tried, summary)
		}
		want := "tries it again"
		if attempt == maxAttempts-1 {
			want = "tried 3 times and is not tried again"
		}
		if text := summary.Records[0].Error; !strings.Contains(text, want) {
			t.Errorf("attempt %d says %q, want %q", attempt, text, want)
		}
	}
	if r = reopened(t, r); r.Left() != 0 {
		t.Errorf("%d trials are tried for ever", r.Left())
	}
}

// TestInterruptedRetryKeepsTheRecord: the record of the first attempt counts until
// there is a second.
func TestInterruptedRetryKeepsTheRecord(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 1, "Trouble", axis("how", "hang")))
	killsHangers(t, r, syscall.SIGKILL)
	mustRun(t, r)
	again := reopened(t, r)
	if done := again.Done(); len(done) != 2 || again.Left() != 2 {
		t.Errorf("%d records and %d trials left, want 2 of each", len(done), again.Left())
	}
}

// TestFromOutside has a shell die of each signal: what a program's own fault
// raises is its own affair.
func TestFromOutside(t *testing.T) {
	for name, c := range map[string]struct {
		script, stderr string
		want           bool
	}{
		"killed":     {"kill -KILL $$", "", true},
		"ended":      {"kill -TERM $$", "", true},
		"fault":      {"kill -SEGV $$", "", false},
		"bus error":  {"kill -BUS $$", "", false},
		"abort":      {"kill -ABRT $$", "", false},
		"CPU limit":  {"kill -XCPU $$", "", false},
		"exit":       {"exit 1", "", false},
		"quit in Go": {"exit 2", "SIGQUIT: quit | PC=0x1", true},
		"well":       {"exit 0", "", false},
	} {
		if got := fromOutside(exec.Command("/bin/sh", "-c", c.script).Run(), c.stderr); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
