package measure

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"concbench/results"
)

// inTrouble runs one trial of the toy that goes wrong in the given way, and a
// sound one to see that the run goes on.
func inTrouble(t *testing.T, how string, change func(*Runner)) results.Record {
	t.Helper()
	p := Profile{Name: "trouble", Rounds: 1, Scale: 1, Sets: []Set{
		{Workload: "Trouble", Arms: arms("goroutine"), Grid: []Axis{axis("how", how)}},
		{Workload: "Toy", Arms: arms("goroutine")},
	}}
	plan, err := newPlan(p, toys, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := toyRunner(t, plan)
	change(r)
	summary, err := r.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if summary.Partial() || summary.ByStatus[results.OK] == 0 {
		t.Fatalf("the run did not go on: %+v", summary)
	}
	i := slices.IndexFunc(summary.Records, func(r results.Record) bool { return r.Cell.Workload == "Trouble" })
	return summary.Records[i]
}

func unchanged(*Runner) {}

func TestTroubleIsRecorded(t *testing.T) {
	for how, want := range map[string]struct {
		status results.Status
		text   string
	}{
		"fail":        {results.Failed, "the toy is broken ..."},
		"panic":       {results.Crashed, "without a record: exit status 2: panic: the toy panics"},
		"exit":        {results.Crashed, "exit status 3"},
		"leave":       {results.Crashed, "ended without a record: it ended by itself"},
		"signal":      {results.Crashed, "SIGSEGV"},
		"garbage":     {results.Crashed, "broke the protocol"},
		"flood":       {results.Crashed, "broke the protocol: a message of more than 524288 bytes"},
		"talk":        {results.Failed, "much much"},
		"throw":       {results.Failed, "task panicked: the task panics"},
		"cheat":       {results.Refused, "finished 9, not 10"},
		"idle":        {results.Failed, "measured nothing"},
		"nan":         {results.Failed, "sec/count came out as NaN"},
		"undeclared":  {results.Failed, `"sec/other", which is none of its metrics`},
		"twice":       {results.Failed, "began its measured part twice"},
		"unsupported": {results.Skipped, "it needs what is not there"},
		"noise":       {results.OK, ""},
		"memory":      {results.OK, ""},
	} {
		t.Run(how, func(t *testing.T) {
			got := inTrouble(t, how, unchanged)
			if got.Status != want.status || !strings.Contains(got.Error, want.text) || strings.Contains(got.Error, "\n") {
				t.Errorf("status %s, error %q; want %s and one line with %q", got.Status, got.Error, want.status, want.text)
			}
			if len(got.Error) > results.MaxText {
				t.Errorf("the error has %d bytes", len(got.Error))
			}
			if (how == "throw") != strings.Contains(got.Stack, "goroutine ") {
				t.Errorf("the stack is %q", got.Stack)
			}
			if (got.Status == results.OK) != (len(got.Values) > 0) {
				t.Errorf("status %s with the values %v", got.Status, got.Values)
			}
		})
	}
}

func TestHangIsKilledAtItsDeadline(t *testing.T) {
	got := inTrouble(t, "hang", func(r *Runner) { r.Deadline = hangersDeadline })
	if got.Status != results.Killed || !strings.Contains(got.Error, "deadline") {
		t.Errorf("status %s, error %q", got.Status, got.Error)
	}
}

func TestNothingIsLeftRunning(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pid")
	got := inTrouble(t, "orphan", func(r *Runner) { r.Env = append(r.Env, toyPID+"="+file) })
	if got.Status != results.OK {
		t.Fatalf("status %s, error %q", got.Status, got.Error)
	}
	pid, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	awaitDeath(t, string(pid))
	if left, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil); !errors.Is(err, syscall.ECHILD) {
		t.Errorf("there is a child that nobody has waited for: %d, %v", left, err)
	}
}

// awaitDeath returns when the process has ended; a test that waits in vain ends
// at the deadline of all tests. Whether its parent has noticed is not our affair.
func awaitDeath(t *testing.T, pid string) {
	t.Helper()
	for {
		stat, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil || strings.Contains(string(stat), ") Z ") {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func TestWorkerThatIsNoUse(t *testing.T) {
	notProgram := filepath.Join(t.TempDir(), "plain")
	if err := os.WriteFile(notProgram, []byte("hello"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ worker, env, text string }{
		"missing":       {filepath.Join(t.TempDir(), "none"), "yes", "make build"},
		"not a program": {notProgram, "yes", "make build"},
		"mute":          {os.Args[0], "mute", "did not tell its identity"},
		"other build":   {os.Args[0], "stranger", "other source"},
		"turncoat":      {os.Args[0], "turncoat", "another build"},
	} {
		t.Run(name, func(t *testing.T) {
			r := toyRunner(t, toyPlan(t, 1, "Toy"))
			r.Worker, r.Env = c.worker, []string{toyVariable + "=" + c.env}
			summary, err := r.Run(context.Background())
			if !errors.Is(err, ErrWorker) || !strings.Contains(err.Error(), c.text) {
				t.Errorf("error %v; want ErrWorker with %q", err, c.text)
			}
			if summary.Done != 0 {
				t.Errorf("%d records of a worker that is no use", summary.Done)
			}
		})
	}
}

// TestWorkerReplacedDuringTheRun is someone who builds anew meanwhile.
func TestWorkerReplacedDuringTheRun(t *testing.T) {
	for name, replace := range map[string]func(worker string) error{
		"built anew": func(worker string) error { return os.Chtimes(worker, time.Time{}, time.Now().Add(time.Hour)) },
		"removed":    os.Remove,
	} {
		t.Run(name, func(t *testing.T) {
			r := toyRunner(t, toyPlan(t, 2, "Toy"))
			r.Worker = filepath.Join(t.TempDir(), "worker")
			copyFile(t, os.Args[0], r.Worker)
			r.Progress = &counter{onStart: func(p results.Planned) {
				if p.Seq == 2 {
					if err := replace(r.Worker); err != nil {
						t.Error(err)
					}
				}
			}}
			summary, err := r.Run(context.Background())
			if !errors.Is(err, ErrWorker) || !strings.Contains(err.Error(), "the run") || summary.Done != 2 {
				t.Errorf("%d trials done, error %v; want 2 and ErrWorker", summary.Done, err)
			}
		})
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestWorkerStandsBesideTheCommand(t *testing.T) {
	_, err := findWorker("")
	if !errors.Is(err, ErrWorker) || !strings.Contains(err.Error(), filepath.Join(filepath.Dir(os.Args[0]), WorkerName)) {
		t.Errorf("findWorker beside the test binary: %v", err)
	}
}

func TestJudgeTellsFaults(t *testing.T) {
	r := results.Record{Status: results.OK, Work: results.Work{Created: 1, Faults: "the bar ran 2 times"}, Expected: results.Work{Created: 2}}
	want := "the work done is not the work there was to do: the bar ran 2 times; created 1, not 2"
	if got := judge(r); got.Status != results.Refused || got.Error != want {
		t.Errorf("%s: %q, want %q", got.Status, got.Error, want)
	}
}

func TestJudgeGroup(t *testing.T) {
	record := func(model string, bytes int64) results.Record {
		work := results.Work{Bytes: bytes}
		return results.Record{Status: results.OK, Cell: results.Cell{Workload: "W", Model: model},
			Work: work, Expected: work, Values: map[string]float64{"sec/op": 1}}
	}
	if refused := judgeGroup([]results.Record{record("a", 1), record("b", 1)}); refused != nil {
		t.Errorf("equal ledgers were refused: %+v", refused)
	}
	failed := record("c", 9)
	failed.Status = results.Failed
	cheat := refuse(record("d", 9), "its own ledger is wrong")
	cheat.Expected.Bytes = 1
	if refused := judgeGroup([]results.Record{failed, cheat, record("a", 1)}); refused != nil {
		t.Errorf("a sound ledger was refused for another's fault: %+v", refused)
	}
	group := []results.Record{failed, record("a", 1), record("b", 2)}
	refused := judgeGroup(group)
	if len(refused) != 2 {
		t.Fatalf("%d records refused, want both that ended well", len(refused))
	}
	for _, r := range refused {
		if r.Status != results.Refused || r.Values != nil || !strings.Contains(r.Error, "b differs from a: bytes 2, not 1") {
			t.Errorf("refused record %+v", r)
		}
	}
	// The runner may have been killed after it had written the first of them.
	group[1] = refused[0]
	if again := judgeGroup(group); len(again) != 1 || again[0].Cell.Model != "b" {
		t.Errorf("resumed in the middle: %+v; want b refused as well", again)
	}
}
