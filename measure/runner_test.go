package measure

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"golang.org/x/sys/unix"

	"concbench/internal/platform"
	"concbench/noise"
	"concbench/results"
)

func mustOpen(t *testing.T, dir string) *results.Saved {
	t.Helper()
	saved, err := results.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func mustRun(t *testing.T, r *Runner) Summary {
	t.Helper()
	summary, err := r.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

func TestRunCarriesOutThePlan(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 2, "Toy"))
	summary := mustRun(t, r)
	if summary.Partial() || summary.ByStatus[results.OK] != 4 {
		t.Fatalf("summary %+v; want 4 trials, all ok", summary)
	}
	saved := mustOpen(t, r.Dir)
	if saved.Cut != nil || saved.Lost() != nil || len(saved.Records) != 4 {
		t.Fatalf("%d records, %v, %v", len(saved.Records), saved.Cut, saved.Lost())
	}
	for i, record := range saved.Records {
		planned := saved.Run.Plan[i]
		if record.Seq != i || record.Round != planned.Round || record.Seed != planned.Seed || record.Cell.Key() != planned.Cell.Key() {
			t.Errorf("record %d is not of its place in the plan: %+v", i, record)
		}
		if record.Took < record.Usage.Wall || runtime.GOOS == "linux" && record.Machine.Own < record.Usage.UserCPU+record.Usage.SystemCPU {
			t.Errorf("record %d took %v s in all, its processes %v s of CPU: %+v", i, record.Took, record.Machine.Own, record.Usage)
		}
		if record.Values["sec/count"] <= 0 || record.Usage.Wall <= 0 || record.Startup.Wall <= 0 || record.MaxProcs < 1 || record.Start.IsZero() {
			t.Errorf("record %d lacks a measurement: %+v", i, record)
		}
	}
	bench, err := os.ReadFile(filepath.Join(r.Dir, results.BenchFile))
	if err != nil || strings.Count(string(bench), "\nBenchmarkToy/") != 4 {
		t.Errorf("%s, %v; want a line for each of 4 processes", bench, err)
	}
}

func TestMemoryIsReadFromOutside(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells what another process holds")
	}
	var labels []string
	for _, m := range inTrouble(t, "memory", unchanged).Memory {
		labels = append(labels, m.Label)
		// The kernel writes the peak in another file, a moment later, and counts
		// both in batches of pages.
		const blur = 1 << 20
		if m.RSS < 1<<20 || m.PSS > m.RSS || m.PeakRSS+blur < m.RSS || m.Threads < 1 || m.PageTables <= 0 || m.KernelStack <= 0 {
			t.Errorf("a reading that cannot be: %+v", m)
		}
	}
	if diff := cmp.Diff([]string{"start", "middle", "end"}, labels); diff != "" {
		t.Error(diff)
	}
}

func TestAffinity(t *testing.T) {
	own, err := platform.Affinity()
	if err != nil {
		t.Skip(err)
	}
	p := Profile{Name: "toy", Rounds: 1, Scale: 1, Sets: []Set{{Workload: "Toy", Arms: arms("goroutine"), Grid: []Axis{axis("cpu", "same any")}}}}
	plan, err := newPlan(p, toys, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range mustRun(t, toyRunner(t, plan)).Records {
		same := record.Cell.Params.Get("cpu") == "same"
		if same != (len(record.Affinity) == 1) {
			t.Errorf("%s was held to %v", record.Cell.Label(), record.Affinity)
		}
		// Go counts the processors that the process may use when it starts.
		if same != (record.MaxProcs == 1) && len(own) > 1 {
			t.Errorf("%s had GOMAXPROCS %d", record.Cell.Label(), record.MaxProcs)
		}
	}
	onOwnThread(func() {
		if now, err := platform.Affinity(); err != nil || !cmp.Equal(own, now) {
			t.Errorf("the runner itself is held to %v, %v; it was %v", now, err, own)
		}
	})
}

// TestCrossNeedsTwoProcessors holds the runner itself to one.
func TestCrossNeedsTwoProcessors(t *testing.T) {
	onOwnThread(func() {
		own, err := platform.Affinity()
		if err == nil {
			err = platform.SetAffinity(own[:1])
		}
		if err != nil {
			t.Skip(err)
		}
		record, _, err := (&Runner{}).attempt(context.Background(), results.Planned{Cell: results.Cell{Params: results.Params{{Name: "cpu", Value: "cross"}}}}, "")
		if back := platform.SetAffinity(own); back != nil {
			t.Fatal(back)
		}
		if err != nil || record.Status != results.Skipped || !strings.Contains(record.Error, "needs two processors") {
			t.Errorf("%+v, %v; want it skipped for want of a second processor", record, err)
		}
	})
}

// A counter is Progress that counts, and may do something when a trial starts.
type counter struct {
	started, done, refused int
	left                   []time.Duration
	onStart                func(results.Planned)
	onDone                 func(results.Record)
	decisions              []noise.Decision
}

func (c *counter) TrialStarted(p results.Planned, left time.Duration) {
	c.started++
	c.left = append(c.left, left)
	if c.onStart != nil {
		c.onStart(p)
	}
}

func (c *counter) TrialDone(record results.Record, _ time.Duration) {
	c.done++
	if c.onDone != nil {
		c.onDone(record)
	}
}

func (c *counter) Refused(results.Record)          { c.refused++ }
func (c *counter) Reserve(d noise.Decision, _ int) { c.decisions = append(c.decisions, d) }

func TestGroupIsRefusedAfterTheFact(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 1, "Trouble", axis("how", "differ")))
	seen := &counter{}
	r.Progress = seen
	summary := mustRun(t, r)
	if summary.ByStatus[results.Refused] != 2 || seen.refused != 2 {
		t.Errorf("%+v; want both trials of the group refused", summary)
	}
	records := mustOpen(t, r.Dir).Records
	if len(records) != 2 || records[0].Status != results.Refused || records[1].Status != results.Refused {
		t.Errorf("on disk: %+v", records)
	}
}

func TestFoldersThatCannotBeWritten(t *testing.T) {
	taken := toyRunner(t, toyPlan(t, 1, "Toy"))
	mustRun(t, taken)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"taken": taken.Dir, "under a file": filepath.Join(file, "run"), "in a kernel folder": "/proc/run"} {
		r := toyRunner(t, toyPlan(t, 1, "Toy"))
		r.Dir = dir
		if _, err := r.Run(context.Background()); !errors.Is(err, ErrRecord) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v; want ErrRecord in one line", name, err)
		}
	}
}

// TestFullDisk lets no file grow beyond what the journal has after one trial,
// in a process of its own, because the limit holds for all files of a process.
func TestFullDisk(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 2, "Toy"))
	if err := results.Create(r.Dir, r.Plan); err != nil {
		t.Fatal(err)
	}
	runner := exec.Command(os.Args[0])
	runner.Env = append(os.Environ(), toyRunnerVariable+"="+r.Dir, fullDiskVariable+"=yes")
	said, err := runner.CombinedOutput()
	if err == nil || strings.Count(string(said), "\n") != 1 || !strings.HasPrefix(string(said), ErrRecord.Error()) {
		t.Errorf("%v, %q; want ErrRecord in one line", err, said)
	}
	if records := mustOpen(t, r.Dir).Records; len(records) != 1 {
		t.Errorf("%d trials are kept; want the run to stop at the second", len(records))
	}
	if end := mustRun(t, reopened(t, r)); end.Partial() {
		t.Errorf("with room again: %+v", end)
	}
}

// fillDisk lets no file of this process grow once a second trial starts. A
// third must not.
func fillDisk(r *Runner) {
	signal.Ignore(unix.SIGXFSZ)
	seen := &counter{}
	seen.onStart = func(results.Planned) {
		if seen.started == 1 {
			return
		}
		info, err := os.Stat(filepath.Join(r.Dir, results.JournalName))
		if err == nil {
			room := uint64(info.Size()) + 100
			err = unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: room, Max: room})
		}
		if err != nil || seen.started > 2 {
			panic(fmt.Sprint("trial ", seen.started, " was started: ", err))
		}
	}
	r.Progress = seen
}

// TestOverheadIsSeen has the runner compute while a trial is measured, which it
// never does by itself.
func TestOverheadIsSeen(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells the CPU time of another process")
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int)
	go func() {
		n := 0
		for ; ctx.Err() == nil; n++ {
		}
		ended <- n
	}()
	busy := inTrouble(t, "nap", unchanged).Overhead
	cancel()
	<-ended
	if idle := inTrouble(t, "nap", unchanged).Overhead; busy <= 0 || idle >= busy {
		t.Errorf("overhead is %v s with a runner that computes and %v s with one that waits", busy, idle)
	}
}
