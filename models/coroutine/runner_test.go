package coroutine

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"concbench/models/internal/leaktest"
)

// What main has left behind is ended in asyncio's order, and only then does its
// value come out.
func TestRunEndsWhatIsLeft(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	var tr trace
	l, err := Run(t.Context(), func(task *Task) (*Loop, error) {
		l := task.Loop()
		l.SetExceptionHandler(func(_ *Loop, r ErrorReport) { tr.add("%s: %s: %v", r.TaskName, r.Message, r.Err) })
		for _, name := range []string{"a", "b"} {
			task.Start(name, func(task *Task) error {
				err := task.Sleep(time.Hour)
				tr.add("%s: %v", name, err)
				task.Yield()
				if name == "b" {
					return errTest
				}
				return err
			})
		}
		g := NewAsyncGenerator(func(y *AsyncYielder[int, None]) error {
			_, err := y.Yield(1)
			tr.add("generator: %v", y.Task().Block(func() error { tr.add("call"); return nil }))
			return err
		})
		if _, err := g.Next(task); err != nil {
			return nil, err
		}
		tr.add("main ends")
		return l, nil
	})
	if err != nil || !l.IsClosed() {
		t.Errorf("Run = %v, the loop is closed: %v", err, l.IsClosed())
	}
	tr.expect(t, "main ends", "a: task cancelled", "b: task cancelled",
		"b: unhandled exception during asyncio.run() shutdown: test error", "call", "generator: <nil>")
}

func TestRunReturnsMainsError(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	if _, err := Run(t.Context(), func(*Task) (int, error) { return 0, errTest }); err != errTest {
		t.Errorf("Run = %v, want the same error", err)
	}
	_, err := Run(t.Context(), func(task *Task) (int, error) { task.Cancel(); return 0, task.Yield() })
	if !errors.Is(err, ErrCancelled) {
		t.Errorf("Run of a main that is cancelled = %v", err)
	}
	_, err = Run(t.Context(), func(task *Task) (int, error) { task.Loop().Stop(); return 0, task.Sleep(time.Hour) })
	if !errors.Is(err, ErrStopped) {
		t.Errorf("Run of a loop that is stopped = %v", err)
	}
}

func TestRunMisused(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	if _, err := Run[int](t.Context(), nil); !errors.Is(err, ErrNoMain) {
		t.Errorf("Run without a main = %v", err)
	}
	if threadID() == 0 {
		t.Skip("this platform does not tell a thread's number")
	}
	_, err := Run(t.Context(), func(task *Task) (int, error) {
		_, err := Run(task.Context(), func(*Task) (int, error) { t.Error("nested main runs"); return 0, nil })
		return 0, err
	})
	if !errors.Is(err, ErrNested) {
		t.Errorf("Run inside Run = %v", err)
	}
}

func TestRunnerRunsSeveralTimes(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	r, err := NewRunner()
	if err != nil {
		t.Fatal(err)
	}
	var left *TaskOf[None]
	for i := range 3 {
		v, err := RunWith(r, t.Context(), func(task *Task) (int, error) {
			if left == nil {
				left = task.Start("left", func(task *Task) error { return task.Sleep(time.Hour) })
			}
			if all := task.Loop().AllTasks(); len(all) != 2 || all[0] != task && all[1] != task {
				t.Errorf("AllTasks = %v", all)
			}
			if err := r.Close(); !errors.Is(err, ErrCloseRunning) {
				t.Errorf("Close of a runner that runs = %v", err)
			}
			if _, err := RunWith(r, task.Context(), func(*Task) (int, error) { return 0, nil }); err == nil {
				t.Error("RunWith inside RunWith returned no error")
			}
			return i, nil
		})
		if v != i || err != nil || left.Done() {
			t.Errorf("RunWith = %d, %v; the task that was left is done: %v", v, err, left.Done())
		}
	}
	for range 2 {
		if err := r.Close(); err != nil {
			t.Errorf("Close = %v", err)
		}
	}
	if !left.Cancelled() || !r.Loop().IsClosed() || len(r.Loop().AllTasks()) != 0 {
		t.Errorf("after Close the task is cancelled: %v, the loop closed: %v", left.Cancelled(), r.Loop().IsClosed())
	}
	if _, err := RunWith(r, t.Context(), func(*Task) (int, error) { return 0, nil }); !errors.Is(err, ErrRunnerClosed) {
		t.Errorf("RunWith after Close = %v", err)
	}
}

func TestContextOfRun(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	type key struct{}
	ctx, cancel := context.WithCancelCause(context.WithValue(t.Context(), key{}, "value"))
	defer cancel(nil)
	_, err := Run(ctx, func(task *Task) (int, error) {
		if v := task.Context().Value(key{}); v != "value" {
			t.Errorf("main's context has the value %v", v)
		}
		task.Loop().CallSoon(func() { cancel(errTest) })
		return 0, task.Sleep(time.Hour)
	})
	if err != errTest {
		t.Errorf("Run with a context that is cancelled = %v, want its cause", err)
	}
	_, err = Run(ctx, func(*Task) (int, error) { t.Error("main begins"); return 0, nil })
	if err != errTest {
		t.Errorf("Run with a context that has ended = %v, want its cause", err)
	}
}

func TestMainMayRefuseItsContextsEnd(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	v, err := Run(ctx, func(task *Task) (int, error) {
		cancel()
		if err := task.Sleep(time.Hour); !errors.Is(err, ErrCancelled) {
			t.Errorf("Sleep = %v", err)
		}
		return 7, nil
	})
	if v != 7 || err != nil {
		t.Errorf("Run = %d, %v", v, err)
	}
}

// Of two who cancel main, each is told only if it was the only one.
func TestMainCancelledByMoreThanOne(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, err := Run(ctx, func(task *Task) (int, error) {
		task.Cancel()
		cancel()
		err := task.Sleep(time.Hour)
		for task.Cancelling() < 2 {
			task.Yield()
		}
		return 0, err
	})
	if err != ErrCancelled {
		t.Errorf("Run = %v, want plain cancellation", err)
	}
}

func TestInterruptCancelsMain(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	_, err := Run(t.Context(), func(task *Task) (int, error) {
		raise(t, syscall.SIGINT)
		return 0, task.Sleep(time.Hour)
	})
	if !errors.Is(err, ErrInterrupted) {
		t.Errorf("Run of a main that is interrupted = %v", err)
	}
	v, err := Run(t.Context(), func(task *Task) (int, error) {
		raise(t, syscall.SIGINT)
		task.Sleep(time.Hour)
		return 7, nil
	})
	if v != 7 || err != nil {
		t.Errorf("Run of a main that refuses = %d, %v", v, err)
	}
}

// A handler of the program's own takes the place of main's cancellation.
func TestInterruptHandlerInsteadOfCancel(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	_, err := Run(t.Context(), func(task *Task) (None, error) {
		got := NewFuture[None](task.Loop())
		if err := task.Loop().AddSignalHandler(os.Interrupt, func() { got.SetResult(None{}) }); err != nil {
			return None{}, err
		}
		select {
		case <-task.Loop().interrupt.arrived: // closed
		default:
			t.Error("SIGINT will cancel main nevertheless")
		}
		raise(t, syscall.SIGINT)
		return got.Await(task)
	})
	if err != nil {
		t.Errorf("Run = %v", err)
	}
}

// What ends the process is seen in another one: this test binary, run with a
// word about what to do.
const childEnv = "CONCBENCH_TEST_INTERRUPT"

func TestInterruptsThatEndTheProcess(t *testing.T) {
	if os.Getenv(childEnv) != "" {
		child(os.Getenv(childEnv))
		os.Exit(0)
	}
	for _, what := range []string{"second", "left alone", "after"} {
		c := exec.Command(os.Args[0], "-test.run=^TestInterruptsThatEndTheProcess$")
		c.Env = append(os.Environ(), childEnv+"="+what)
		out, err := c.CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGINT {
			t.Errorf("%s: the process ended with %v, want SIGINT:\n%s", what, err, out)
		}
		if strings.Contains(string(out), "survived") {
			t.Errorf("%s: the process survived:\n%s", what, out)
		}
	}
}

func child(what string) {
	interrupt := func() { syscall.Kill(os.Getpid(), syscall.SIGINT) }
	stubborn := func(task *Task) (int, error) {
		interrupt()
		if what == "second" {
			task.Sleep(time.Hour) // ended by the first
			interrupt()
		}
		time.Sleep(10 * time.Second) // the signal ends this
		println("survived")
		return 0, nil
	}
	if what == "after" {
		Run(context.Background(), func(*Task) (int, error) { return 0, nil })
		interrupt()
		time.Sleep(10 * time.Second)
		println("survived")
		return
	}
	Run(context.Background(), stubborn, HandleInterrupt(what == "second"))
}

// runtime.Goexit in main, which is what t.FailNow does, ends the caller, and
// everything is closed on the way.
func TestGoexitInMain(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	left := true
	var l *Loop
	var wg sync.WaitGroup
	wg.Go(func() {
		Run(t.Context(), func(task *Task) (int, error) {
			l = task.Loop()
			runtime.Goexit()
			return 0, nil
		})
		left = false
	})
	wg.Wait()
	if !left || !l.IsClosed() {
		t.Errorf("the goroutine has ended: %v; the loop is closed: %v", left, l.IsClosed())
	}
}
