package measure

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"concbench/measure/protocol"
	"concbench/measure/trial"
	"concbench/models"
	"concbench/models/registry"
	"concbench/results"
	"concbench/workloads"
)

// The test binary is its own worker: started with this variable it runs one
// toy trial instead of the tests.
const toyVariable = "CONCBENCH_TOY_WORKER"

// toyRunnerVariable makes the test binary a runner that finishes the run in the folder it names.
const toyRunnerVariable = "CONCBENCH_TOY_RUNNER"

// sandboxVariable forbids that runner to hold a process to a processor.
const sandboxVariable = "CONCBENCH_TOY_SANDBOX"

// fullDiskVariable lets the disk of that runner be full after one trial.
const fullDiskVariable = "CONCBENCH_TOY_FULL_DISK"

func resumeToys(dir string) int {
	if os.Getenv(sandboxVariable) != "" {
		forbidAffinity()
	}
	r, err := Resume(dir)
	if err == nil {
		r.Worker, r.Workloads = os.Args[0], toys
		r.Env = []string{toyVariable + "=yes", toyPID + "=" + os.Getenv(toyPID)}
		if os.Getenv(fullDiskVariable) != "" {
			fillDisk(r)
		}
		_, err = r.Run(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// toyPID names the file into which a toy writes the number of a process that it leaves behind.
const toyPID = "CONCBENCH_TOY_PID"

func TestMain(m *testing.M) {
	toy := os.Getenv(toyVariable)
	if toy != "" && len(os.Args) > 1 && os.Args[1] == protocol.ServeArgument {
		os.Exit(servePages(toy))
	}
	if dir := os.Getenv(toyRunnerVariable); dir != "" && toy == "" {
		os.Exit(resumeToys(dir))
	}
	switch toy {
	case "":
		goleak.VerifyTestMain(m)
	case "mute":
		os.Exit(0)
	case "turncoat":
		if len(os.Args) > 1 {
			os.Exit(trial.Worker{Workloads: toys, NewModel: registry.New}.Main(os.Args[1:]))
		}
		fallthrough
	case "stranger":
		os.Exit(trial.Worker{Workloads: toys[:0], NewModel: registry.New}.Main(os.Args[1:]))
	default:
		os.Exit(trial.Worker{Workloads: toys, NewModel: registry.New}.Main(os.Args[1:]))
	}
}

// toyRunner runs the plan with the toys in a new folder.
func toyRunner(t *testing.T, plan results.Run) *Runner {
	t.Helper()
	return &Runner{
		Plan:      plan,
		Dir:       filepath.Join(t.TempDir(), "run"),
		Worker:    os.Args[0],
		Workloads: toys,
		// The race detector would have each process wait a second at its end.
		Env: []string{toyVariable + "=yes", "GORACE=atexit_sleep_ms=0"},
	}
}

// hangersDeadline kills what hangs soon, and gives others the time they need.
func hangersDeadline(p results.Planned) time.Duration {
	if p.Cell.Params.Get("how") == "hang" {
		return 50 * time.Millisecond
	}
	return time.Minute
}

// toyPlan is one round of a toy with these parameters under serial and goroutine.
func toyPlan(t *testing.T, rounds int, toy string, axes ...Axis) results.Run {
	t.Helper()
	p := Profile{Name: "toy", Rounds: rounds, Scale: 1, Sets: []Set{{Workload: toy, Arms: arms("serial goroutine"), Grid: axes}}}
	plan, err := newPlan(p, toys, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// Toy does a little work, Pages needs the page server, Paced the run's pace, and Trouble does what its parameter says.
var toys = []workloads.Workload{
	{
		Name:   "Toy",
		Doc:    "Counts to ten.",
		Params: []workloads.ParamDef{{Name: "cpu", Default: "any", Doc: "where"}},
		Metrics: []results.Metric{
			{Name: "sec/count", Title: "time per count", Better: results.Lower},
			{Name: "counts", Title: "counts", Better: results.Neither, Exact: true},
		},
		Expect: expectTen,
		Run:    func(t *workloads.Trial) error { return count(t, nil) },
	},
	{
		Name:       "Pages",
		Doc:        "Gets a page.",
		Metrics:    []results.Metric{{Name: "sec/count", Title: "time per count", Better: results.Lower}},
		NeedsPages: true,
		Expect:     expectTen,
		Run:        getPage,
	},
	{
		Name:    "Paced",
		Doc:     "Does the items of a second.",
		Metrics: []results.Metric{{Name: "sec/count", Title: "time per count", Better: results.Lower}},
		Paced:   true,
		Expect: func(t *workloads.Trial) (results.Work, error) {
			w, err := expectTen(t)
			w.Messages = int64(time.Second / t.Pace)
			return w, err
		},
		Run: func(t *workloads.Trial) error {
			err := count(t, nil)
			t.Work.Messages = int64(time.Second / t.Pace)
			return err
		},
	},
	{
		Name:    "Trouble",
		Doc:     "Goes wrong in a given way.",
		Params:  []workloads.ParamDef{{Name: "how", Doc: "which way"}},
		Metrics: []results.Metric{{Name: "sec/count", Title: "time per count", Better: results.Lower}},
		Supports: func(_ string, _ models.Traits, p workloads.Params) error {
			if p.String("how") == "unsupported" {
				return errors.New("it needs what is not there")
			}
			return nil
		},
		Expect: expectTen,
		Run:    func(t *workloads.Trial) error { return trouble[t.Params.String("how")](t) },
	},
}

// servePages is a page server that serves one word, unless it is broken.
func servePages(toy string) int {
	if toy == "broken server" {
		fmt.Fprintln(os.Stderr, "no port is free")
		return 1
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if file := os.Getenv(toyPID); file != "" {
		if err := os.WriteFile(file, []byte(strconv.Itoa(os.Getpid())), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			fmt.Fprint(c, "page")
			c.Close()
		}
	}()
	fmt.Println(l.Addr())
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return 1
	}
	return 0
}

// getPage fetches the word, and first ends the server if it is told where its number is.
func getPage(t *workloads.Trial) error {
	if file := os.Getenv(toyPID); file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		pid, err := strconv.Atoi(string(text))
		if err == nil {
			err = syscall.Kill(pid, syscall.SIGKILL)
		}
		if err != nil {
			return err
		}
	}
	c, err := net.Dial("tcp", t.Pages)
	if err != nil {
		return err
	}
	defer c.Close()
	text, err := io.ReadAll(c)
	if string(text) != "page" {
		return fmt.Errorf("got %q, %v", text, err)
	}
	return count(t, nil)
}

func expectTen(t *workloads.Trial) (results.Work, error) {
	w := results.Work{Created: 1, Finished: 10, Checksum: "ten"}
	if len(t.Params) > 0 && t.Params[0].Value == "differ" {
		w.Checksum = t.Model.Name()
	}
	return w, nil
}

// count does the work, and then what else is to be done in the measured part.
func count(t *workloads.Trial, also func()) error {
	n := 0
	err := t.Measure(func(models.Task) error {
		for range 10 {
			n++
		}
		if also != nil {
			also()
		}
		return nil
	})
	t.Work = results.Work{Created: 1, Finished: int64(n), Checksum: "ten"}
	t.Values["sec/count"] = t.Probe.Elapsed().Seconds() / 10
	if len(t.Params) > 0 && t.Params[0].Name == "cpu" {
		t.Values["counts"] = float64(n)
	}
	return err
}

var trouble = map[string]func(*workloads.Trial) error{
	"fail":  func(t *workloads.Trial) error { return errors.New("the toy is broken\nin two lines") },
	"panic": func(t *workloads.Trial) error { panic("the toy panics") },
	"exit":  func(t *workloads.Trial) error { os.Exit(3); return nil },
	"leave": func(t *workloads.Trial) error { os.Exit(0); return nil },
	"signal": func(t *workloads.Trial) error {
		if err := syscall.Kill(os.Getpid(), syscall.SIGSEGV); err != nil {
			return err
		}
		time.Sleep(time.Hour) // another thread may be the one that takes it
		return nil
	},
	"hang": func(t *workloads.Trial) error {
		var named error
		if file := os.Getenv(toyPID); file != "" {
			named = os.WriteFile(file, []byte(strconv.Itoa(os.Getpid())), 0o644)
		}
		return errors.Join(named, count(t, func() { time.Sleep(time.Hour) }))
	},
	"garbage": func(t *workloads.Trial) error {
		_, err := os.NewFile(protocol.OutputFD, "").WriteString("{\"mark\": 7}\n")
		return err
	},
	"flood": func(t *workloads.Trial) error {
		out := os.NewFile(protocol.OutputFD, "")
		_, err := out.WriteString(`{"hello": "`)
		for err == nil {
			_, err = out.WriteString(strings.Repeat("x", 1<<16))
		}
		return err
	},
	"talk":  func(t *workloads.Trial) error { return errors.New(strings.Repeat("much ", 20_000)) },
	"throw": func(t *workloads.Trial) error { return t.Measure(func(models.Task) error { panic("the task panics") }) },
	"cheat": func(t *workloads.Trial) error {
		err := count(t, nil)
		t.Work.Finished--
		return err
	},
	// Two models each keep a sound ledger of different work.
	"differ": func(t *workloads.Trial) error {
		err := count(t, nil)
		t.Work.Checksum = t.Model.Name()
		return err
	},
	"idle": func(t *workloads.Trial) error { t.Work, _ = expectTen(t); return nil },
	"nan": func(t *workloads.Trial) error {
		err := count(t, nil)
		t.Values["sec/count"] = math.NaN()
		return err
	},
	"undeclared": func(t *workloads.Trial) error {
		err := count(t, nil)
		t.Values["sec/other"] = 1
		return err
	},
	"twice": func(t *workloads.Trial) error { return errors.Join(count(t, nil), count(t, nil)) },
	"noise": func(t *workloads.Trial) error {
		return count(t, func() {
			for range 10_000 {
				fmt.Println(`{"record": {}}`)
				fmt.Fprintln(os.Stderr, "a line that is in nobody's way")
			}
		})
	},
	"orphan": func(t *workloads.Trial) error {
		orphan := exec.Command("/bin/sleep", "3600")
		if err := orphan.Start(); err != nil {
			return err
		}
		pid := []byte(strconv.Itoa(orphan.Process.Pid))
		return errors.Join(os.WriteFile(os.Getenv(toyPID), pid, 0o644), count(t, nil))
	},
	"nap": func(t *workloads.Trial) error { return count(t, func() { time.Sleep(20 * time.Millisecond) }) },
	"memory": func(t *workloads.Trial) error {
		return count(t, func() {
			if _, err := t.Probe.Memory("middle"); err != nil {
				panic(err)
			}
		})
	},
}
