package coroutine

import (
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
	if err := l.Run(func(*Task) error { return nil }); err != ErrClosed {
		t.Errorf("Run after Close = %v, want %v", err, ErrClosed)
	}
	if err := l.CallSoonThreadsafe(func() {}); err != ErrClosed {
		t.Errorf("CallSoonThreadsafe after Close = %v, want %v", err, ErrClosed)
	}
}

// A panic of a plain callback is the caller's of Run. The tasks' deferred calls
// run, and the loop can be used again.
func TestPanicInACallback(t *testing.T) {
	var tr trace
	l := newLoop(t)
	func() {
		defer func() { tr.add("recovered %v", recover()) }()
		l.Run(func(task *Task) error {
			defer tr.add("main ends")
			l.CallSoon(func() { panic("oops") })
			l.CallSoon(tr.adds("left over"))
			err := task.Sleep(time.Hour)
			tr.add("sleep returned %v", err)
			return err
		})
	}()
	if err := l.Run(func(task *Task) error { return task.Yield() }); err != nil {
		t.Errorf("Run after a panic = %v", err)
	}
	tr.expect(t, "sleep returned task cancelled", "main ends", "recovered oops", "left over")
}

// runtime.Goexit in a task, which is what t.FailNow does, ends the goroutine
// that called Run; a body that goes on waiting then is ended by a panic.
func TestGoexitInATask(t *testing.T) {
	var tr trace
	l := newLoop(t)
	returned := true
	var wg sync.WaitGroup
	wg.Go(func() {
		l.Run(func(task *Task) error {
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
	if err := l.Run(func(task *Task) error { return task.Yield() }); err != nil {
		t.Errorf("Run after a Goexit = %v", err)
	}
}

// Nothing of a stopped task comes back in the next Run, neither its own end nor
// what it waited for.
func TestRunAfterTasksWereStopped(t *testing.T) {
	l := newLoop(t)
	f, lock := l.NewFuture(), NewLock()
	var stopped []*Task
	func() {
		defer func() { recover() }()
		l.Run(func(task *Task) error {
			lock.Acquire(task)
			stopped = append(stopped,
				task.Start("awaits", func(task *Task) error { _, err := f.Await(task); return err }),
				task.Start("in line", lock.Acquire),
				task.Start("sleeps", func(task *Task) error { return task.Sleep(time.Millisecond) }))
			task.Yield()
			l.CallSoon(func() { panic("oops") })
			stopped = append(stopped, task.Start("not begun", func(*Task) error { return nil }))
			lock.Release()
			return task.Sleep(time.Hour)
		})
	}()
	err := l.Run(func(task *Task) error {
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
