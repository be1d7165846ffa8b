package coroutine

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"time"
)

func TestStopEndsTheRound(t *testing.T) {
	var tr trace
	l := newLoop(t)
	l.CallSoon(func() {
		tr.add("first")
		l.CallSoon(tr.adds("left for the next run"))
		l.Stop()
	})
	l.CallSoon(tr.adds("second"))
	for range 2 {
		if err := l.RunForever(); err != nil {
			t.Fatal(err)
		}
		tr.add("returned")
		l.Stop() // before a run: one round
	}
	tr.expect(t, "first", "second", "returned", "left for the next run", "returned")
}

// A task that is left over goes on in the next run, on the same thread,
// whichever goroutine asks for that.
func TestTasksGoOnInTheNextRun(t *testing.T) {
	l := newLoop(t)
	var threads []int
	task := l.Start("task", func(task *Task) error {
		for range 2 {
			threads = append(threads, threadID())
			if err := task.Yield(); err != nil {
				return err
			}
		}
		return nil
	})
	for !task.Done() {
		l.Stop()
		done := make(chan error)
		go func() {
			runtime.LockOSThread()
			done <- l.RunForever()
		}()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if len(threads) != 2 || threads[0] != threads[1] {
		t.Errorf("ran on threads %v, want one", threads)
	}
}

func TestRunUntilComplete(t *testing.T) {
	other, l := newLoop(t), newLoop(t)
	if v, err := RunUntilComplete(l, SleepFor(time.Microsecond, "value")); v != "value" || err != nil {
		t.Errorf("RunUntilComplete = %q, %v", v, err)
	}
	failing := NewCoroutine(func(*Task) (int, error) { return 0, errTest })
	if _, err := RunUntilComplete(l, failing); err != errTest {
		t.Errorf("RunUntilComplete of what fails = %v", err)
	}
	l.CallSoon(l.Stop)
	f := NewFuture[int](l)
	if _, err := RunUntilComplete(l, f); !errors.Is(err, ErrStopped) {
		t.Errorf("RunUntilComplete of a loop that is stopped = %v", err)
	}
	f.SetResult(1)
	if v, err := RunUntilComplete(l, f); v != 1 || err != nil {
		t.Errorf("RunUntilComplete of a done future = %d, %v", v, err)
	}
	if _, err := RunUntilComplete(other, f); !errors.Is(err, ErrForeignFuture) {
		t.Errorf("RunUntilComplete of another loop's future = %v", err)
	}
}

// The callback that stops the loop runs a round after the end, so a task that
// is made in the last moment gets one step.
func TestTaskMadeInTheLastMomentGetsOneStep(t *testing.T) {
	var tr trace
	l := newLoop(t)
	l.SetExceptionHandler(func(_ *Loop, r ErrorReport) { tr.add("%s", r.Message) })
	_, err := RunUntilComplete(l, NewCoroutine(func(task *Task) (None, error) {
		task.Start("late", func(task *Task) error {
			tr.add("step")
			task.Yield()
			tr.add("too far")
			return nil
		})
		return None{}, nil
	}))
	if err != nil {
		t.Error(err)
	}
	tr.expect(t, "step")
	l.Close()
	tr.expect(t, "step", "Task was destroyed but it is pending!", "too far")
}

func TestRunningLoop(t *testing.T) {
	if _, err := RunningLoop(); !errors.Is(err, ErrNoLoop) {
		t.Errorf("RunningLoop outside = %v", err)
	}
	if threadID() == 0 {
		t.Skip("this platform does not tell a thread's number")
	}
	run(t, func(task *Task) error {
		l, err := RunningLoop()
		if l != task.Loop() || err != nil {
			t.Errorf("RunningLoop in a task = %v, %v", l, err)
		}
		if l.CurrentTask() != task {
			t.Errorf("CurrentTask = %v", l.CurrentTask())
		}
		l.CallSoon(func() {
			if l.CurrentTask() != nil {
				t.Error("a callback has a current task")
			}
		})
		return task.Yield()
	})
}

// A task's handle waits only in its own body: a closure that has caught the
// wrong one, and another goroutine, are told so.
func TestOnlyTheRunningTaskWaits(t *testing.T) {
	run(t, func(outer *Task) error {
		f := NewFuture[int](outer.Loop())
		waits := map[string]func() error{
			"Yield": outer.Yield,
			"Sleep": func() error { return outer.Sleep(time.Second) },
			"Await": func() error { _, err := f.Await(outer); return err },
		}
		inner := outer.Start("inner", func(*Task) error {
			for name, wait := range waits {
				if err := wait(); !errors.Is(err, ErrNotCurrent) {
					t.Errorf("%s of another task's handle = %v", name, err)
				}
			}
			return nil
		})
		return inner.Join(outer)
	})
}

func TestContextIsInherited(t *testing.T) {
	type key struct{}
	run(t, func(task *Task) error {
		value := func(task *Task) (any, error) { return task.Context().Value(key{}), nil }
		before := CreateTask(task, value)
		task.SetContext(context.WithValue(task.Context(), key{}, "mine"))
		after := CreateTask(task, value)
		changes := CreateTask(task, func(task *Task) (None, error) {
			task.SetContext(context.WithValue(task.Context(), key{}, "the child's"))
			return None{}, nil
		})
		changes.Join(task)
		for got, want := range map[*TaskOf[any]]any{before: nil, after: "mine", CreateTask(task, value): "mine"} {
			if v, _ := got.Await(task); v != want {
				t.Errorf("a task found %v in its context, want %v", v, want)
			}
		}
		return nil
	})
}

func TestNamesAndRefusedTasks(t *testing.T) {
	l := newLoop(t)
	l.SetExceptionHandler(func(*Loop, ErrorReport) {})
	a, b := l.Start("", (*Task).Yield), l.Start("b", (*Task).Yield)
	if b.Name() != "b" || a.Name() == "" || a.Name() == b.Name() {
		t.Errorf("names %q and %q", a.Name(), b.Name())
	}
	b.SetName("c")
	if b.Name() != "c" {
		t.Errorf("the name after SetName is %q", b.Name())
	}
	l.Close()
	if late := l.Start("late", (*Task).Yield); !late.Done() || !errors.Is(late.Err(), ErrClosed) {
		t.Errorf("a task of a closed loop: %v", late.Err())
	}
	if _, err := l.CallSoon(func() {}); !errors.Is(err, ErrClosed) {
		t.Errorf("CallSoon of a closed loop = %v", err)
	}
	if _, err := l.CallLater(0, func() {}); !errors.Is(err, ErrClosed) {
		t.Errorf("CallLater of a closed loop = %v", err)
	}
	if err := l.RunForever(); !errors.Is(err, ErrClosed) {
		t.Errorf("RunForever of a closed loop = %v", err)
	}
}

func TestCoroutineRunsOnceInItsAwaitersTurn(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		c := NewCoroutine(func(task *Task) (int, error) { tr.add("body"); return 7, nil })
		task.Start("other", func(*Task) error { tr.add("other"); return nil })
		tr.add("made")
		v, err := c.Await(task)
		tr.add("%d %v", v, err)
		if _, err := c.Await(task); !errors.Is(err, ErrReused) {
			t.Errorf("the second await = %v", err)
		}
		return nil
	})
	tr.expect(t, "made", "body", "7 <nil>", "other")
}

func TestFutureReset(t *testing.T) {
	run(t, func(task *Task) error {
		f := NewFuture[int](task.Loop())
		if err := f.Reset(); !errors.Is(err, ErrInvalidState) {
			t.Errorf("Reset of a pending future = %v", err)
		}
		for i := range 3 {
			task.Loop().CallSoon(func() { f.SetResult(i) })
			if v, err := f.Await(task); v != i || err != nil {
				t.Errorf("Await = %d, %v", v, err)
			}
			if err := f.Reset(); err != nil || f.Done() {
				t.Errorf("Reset = %v", err)
			}
		}
		return nil
	})
}

func TestCancelMessages(t *testing.T) {
	run(t, func(task *Task) error {
		waits := task.Start("waits", func(task *Task) error { return task.Sleep(time.Hour) })
		task.Yield()
		waits.CancelWith("first")
		waits.CancelWith("second")
		var c *CancelledError
		if err := waits.Join(task); !errors.As(err, &c) || c.Message != "first" || !errors.Is(err, ErrCancelled) {
			t.Errorf("the task ended with %v", err)
		}
		if n := waits.Cancelling(); n != 2 {
			t.Errorf("Cancelling = %d", n)
		}
		if a, b, c := waits.Uncancel(), waits.Uncancel(), waits.Uncancel(); a != 1 || b != 0 || c != 0 {
			t.Errorf("Uncancel = %d, %d, %d", a, b, c)
		}
		return nil
	})
}

// Nothing to run, and nobody to wait, are errors.
func TestNilIsRefused(t *testing.T) {
	l := newLoop(t)
	for _, what := range []Awaitable[int]{nil, (*Future[int])(nil), (*TaskOf[int])(nil), (*Coroutine[int])(nil)} {
		_, err := RunUntilComplete(l, what)
		expectError(t, fmt.Sprintf("RunUntilComplete of a nil %T", what), err, ErrNotAwaitable)
	}
	_, err := NewQueue[int](0).Get(nil)
	expectError(t, "Get by no task", err, ErrNotCurrent)
	expectError(t, "Wait by no task", NewEvent().Wait(nil), ErrNotCurrent)
	_, err = newGoexitGenerator().Next(nil)
	expectError(t, "Next by no task", err, ErrNotCurrent)
	f := RunThreadsafe(l, SleepFor(0, 7))
	RunUntilComplete(l, l.Start("waits", func(task *Task) error {
		for !f.Done() {
			task.Yield()
		}
		return nil
	}))
	//lint:ignore SA1012 it is what is tested
	if v, err := f.Result(nil); v != 7 || err != nil {
		t.Errorf("Result without a context = %d, %v", v, err)
	}
}

// Another goroutine that waits in the name of the running task is told so too,
// in every way of waiting. The runtime would end the process.
func TestOtherGoroutinesDoNotWait(t *testing.T) {
	if goroutine() == 0 {
		t.Skip("goroutines are not told apart on this platform")
	}
	run(t, func(task *Task) error {
		f := NewFuture[int](task.Loop())
		a, b, err := task.Loop().Pipe()
		if err != nil {
			return err
		}
		defer a.Close()
		defer b.Close()
		waits := map[string]func() error{
			"Yield":     task.Yield,
			"Sleep":     func() error { return task.Sleep(time.Second) },
			"Await":     func() error { _, err := f.Await(task); return err },
			"Event":     func() error { return NewEvent().Wait(task) },
			"Read":      func() error { _, err := a.Read(make([]byte, 1)); return err },
			"WaitFor":   func() error { _, err := WaitFor(task, f, time.Second); return err },
			"generator": func() error { _, err := newGoexitGenerator().Next(task); return err },
		}
		for name, wait := range waits {
			elsewhere := make(chan error)
			go func() { elsewhere <- wait() }()
			if err := <-elsewhere; !errors.Is(err, ErrNotCurrent) {
				t.Errorf("%s on another goroutine = %v", name, err)
			}
		}
		return task.Yield()
	})
}
