package coroutine

import (
	"errors"
	"runtime"
	"sync"
	"testing"
	"time"

	"concbench/models"
)

func TestClosedLoop(t *testing.T) {
	l := newLoop(t)
	for range 2 {
		if err := l.Close(); err != nil {
			t.Errorf("Close = %v", err)
		}
	}
	if err := l.runAll(func(*Task) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("Run after Close = %v, want %v", err, ErrClosed)
	}
	if err := l.CallSoonThreadsafe(func() {}); !errors.Is(err, ErrClosed) {
		t.Errorf("CallSoonThreadsafe after Close = %v, want %v", err, ErrClosed)
	}
}

// A panic in a plain callback is reported, and the loop goes on.
func TestPanicInACallback(t *testing.T) {
	var tr trace
	l := newLoop(t)
	l.SetExceptionHandler(func(_ *Loop, r ErrorReport) { tr.add("%s: %v", r.Message, errors.Is(r.Err, errTest)) })
	err := l.runAll(func(task *Task) error {
		l.CallSoon(func() { panic(errTest) })
		l.CallSoon(tr.adds("next"))
		return task.Sleep(time.Millisecond)
	})
	if err != nil {
		t.Errorf("Run with a panic in a callback = %v", err)
	}
	tr.expect(t, "Exception in callback: true", "next")
}

// runtime.Goexit in a task, which is what t.FailNow does, ends the goroutine
// that called Run; a body that goes on waiting then is ended by a panic.
func TestGoexitInATask(t *testing.T) {
	var tr trace
	l := newLoop(t)
	returned := true
	var wg sync.WaitGroup
	wg.Go(func() {
		l.runAll(func(task *Task) error {
			task.Start("stubborn", func(task *Task) error {
				defer tr.add("stubborn ends")
				for {
					task.Yield()
				}
			})
			task.Start("leaver", func(*Task) error {
				defer tr.add("leaver ends")
				runtime.Goexit()
				return nil
			})
			defer runtime.Goexit() // once more, while the tasks are stopped
			return task.Sleep(time.Hour)
		})
		returned = false
	})
	wg.Wait()
	if !returned {
		t.Error("Run returned to a goroutine that should have ended")
	}
	tr.expect(t, "leaver ends", "stubborn ends")
	if err := l.runAll(func(task *Task) error { return task.Yield() }); err != nil {
		t.Errorf("Run after a Goexit = %v", err)
	}
}

// Nothing of a stopped task comes back in the next Run, neither its own end nor
// what it waited for.
func TestRunAfterTasksWereStopped(t *testing.T) {
	l := newLoop(t)
	f, lock := NewFuture[any](l), NewLock()
	var stopped []*TaskOf[None]
	var wg sync.WaitGroup
	wg.Go(func() {
		l.runAll(func(task *Task) error {
			lock.Acquire(task)
			stopped = append(stopped,
				task.Start("awaits", func(task *Task) error { _, err := f.Await(task); return err }),
				task.Start("in line", lock.Acquire),
				task.Start("sleeps", func(task *Task) error { return task.Sleep(time.Millisecond) }))
			task.Yield()
			stopped = append(stopped, task.Start("not begun", func(*Task) error { return nil }))
			lock.Release()
			runtime.Goexit()
			return nil
		})
	})
	wg.Wait()
	err := l.runAll(func(task *Task) error {
		f.SetResult(nil)
		for _, other := range stopped {
			if err := other.Join(task); err != models.ErrCancelled {
				t.Errorf("%q ended with %v, want %v", other.Name(), err, models.ErrCancelled)
			}
		}
		return task.Sleep(2 * time.Millisecond)
	})
	if err != nil || l.tasks.size != 0 {
		t.Errorf("Run = %v, %d tasks are left", err, l.tasks.size)
	}
}

// A Goexit in what Close stops is Close's own, but nothing is left behind.
func TestGoexitWhileTheLoopIsClosed(t *testing.T) {
	l, finish := checkedLoop(t)
	defer finish()
	l.SetExceptionHandler(func(*Loop, ErrorReport) {})
	sleeps := func(task *Task) error {
		defer runtime.Goexit()
		return task.Sleep(time.Hour)
	}
	_, err := RunUntilComplete(l, NewCoroutine(withoutValue(func(task *Task) error {
		for range 3 {
			task.Start("sleeps", sleeps)
			newGoexitGenerator().Next(task)
		}
		return task.Yield()
	})))
	if err != nil {
		t.Fatal(err)
	}
	returned := false
	var wg sync.WaitGroup
	wg.Go(func() {
		l.Close()
		returned = true
	})
	wg.Wait()
	if returned || !l.IsClosed() || l.IsRunning() {
		t.Errorf("Close returned: %t, the loop is closed: %t, runs: %t", returned, l.IsClosed(), l.IsRunning())
	}
}

func newGoexitGenerator() *AsyncGenerator[int, None] {
	return NewAsyncGenerator(func(y *AsyncYielder[int, None]) error {
		defer runtime.Goexit()
		_, err := y.Yield(1)
		return err
	})
}
