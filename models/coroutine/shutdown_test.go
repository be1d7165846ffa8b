package coroutine

import (
	"runtime"
	"sync"
	"testing"
	"time"
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
			l.CallSoon(tr.adds("must not run"))
			err := task.Sleep(time.Hour)
			tr.add("sleep returned %v", err)
			return err
		})
	}()
	tr.expect(t, "sleep returned task cancelled", "main ends", "recovered oops")
	if err := l.Run(func(task *Task) error { return task.Yield() }); err != nil {
		t.Errorf("Run after a panic = %v", err)
	}
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
