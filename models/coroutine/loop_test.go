package coroutine

import (
	"errors"
	"runtime"
	"testing"
	"time"
)

// One round runs what was ready, then what was due; what they queue waits for
// the next.
func TestOrderWithinARound(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		l := task.Loop()
		l.CallLater(0, tr.adds("timer"))
		l.CallLater(-time.Hour, tr.adds("overdue timer"))
		l.CallSoon(func() {
			tr.add("first")
			l.CallSoon(tr.adds("queued by first"))
			l.CallLater(0, tr.adds("timer of first"))
		})
		l.CallSoon(tr.adds("second"))
		rounds(task, 1)
		tr.add("task")
		rounds(task, 2)
		return nil
	})
	tr.expect(t, "first", "second", "task", "overdue timer", "timer", "queued by first", "timer of first")
}

func TestHandlesRunOnceAndNotWhenCancelled(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		l := task.Loop()
		var later *Handle
		first := l.CallSoon(func() { tr.add("first"); later.Cancel() })
		later = l.CallSoon(tr.adds("cancelled in the round in which it was to run"))
		timer := l.CallLater(time.Microsecond, tr.adds("cancelled timer"))
		timer.Cancel()
		timer.Cancel()
		rounds(task, 2)
		first.Cancel() // has run
		if !first.Cancelled() || !later.Cancelled() || !timer.Cancelled() {
			t.Error("Cancelled is false after Cancel")
		}
		return task.Sleep(time.Millisecond)
	})
	tr.expect(t, "first")
}

func TestTimersRunInOrderAndNotEarly(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		l := task.Loop()
		begin := l.Time()
		for _, d := range []time.Duration{3, 1, 2} {
			timer := l.CallLater(d*time.Millisecond, func() { tr.add("%d", d) })
			if early := timer.When() - begin; early < d*time.Millisecond {
				t.Errorf("a timer of %d ms is due after %v", d, early)
			}
			l.CallAt(timer.When(), func() {
				if l.Time() < timer.When() {
					t.Errorf("a timer runs at %v, before %v", l.Time(), timer.When())
				}
			})
		}
		return task.Sleep(4 * time.Millisecond)
	})
	tr.expect(t, "1", "2", "3")
}

func TestLeftoverCallbacksStayForTheNextRun(t *testing.T) {
	var tr trace
	l := newLoop(t)
	for range 2 {
		err := l.Run(func(*Task) error {
			tr.add("main")
			l.CallSoon(tr.adds("leftover"))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	tr.expect(t, "main", "leftover", "main")
}

func TestRunIsNotReentrant(t *testing.T) {
	l := newLoop(t)
	err := l.Run(func(*Task) error {
		if err := l.Run(func(*Task) error { return nil }); err != ErrRunning {
			t.Errorf("Run inside Run = %v, want %v", err, ErrRunning)
		}
		if err := l.Close(); err != ErrRunning {
			t.Errorf("Close inside Run = %v, want %v", err, ErrRunning)
		}
		elsewhere := make(chan error)
		go func() { elsewhere <- l.Run(func(*Task) error { return nil }) }()
		if err := <-elsewhere; err != ErrRunning {
			t.Errorf("Run on another goroutine = %v, want %v", err, ErrRunning)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// A loop of its own inside a task blocks the outer one, but works: the depth of
// the thread's lock is the same again when it has ended.
func TestAnotherLoopInsideATask(t *testing.T) {
	var tr trace
	run(t, func(outer *Task) error {
		outer.Start("other", func(*Task) error { tr.add("other"); return nil })
		inner, err := NewLoop()
		if err != nil {
			return err
		}
		err = inner.Run(func(task *Task) error {
			rounds(task, 3)
			tr.add("inner")
			return task.Sleep(time.Millisecond)
		})
		tr.add("outer")
		return errors.Join(err, inner.Close(), outer.Sleep(time.Millisecond))
	})
	tr.expect(t, "inner", "outer", "other")
}

// All of a Run happens on the thread of the goroutine that called it, which
// stays locked no longer than Run.
func TestOneThread(t *testing.T) {
	if threadID() == 0 {
		t.Skip("this platform does not tell a thread's number")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	caller := threadID()
	seen := map[int]bool{}
	l := newLoop(t)
	err := l.Run(func(task *Task) error {
		for range 10 {
			task.Start("task", func(task *Task) error {
				for range 3 {
					seen[threadID()] = true
					if err := task.Block(func() error { return nil }); err != nil {
						return err
					}
				}
				return task.Sleep(time.Millisecond)
			})
		}
		l.CallLater(time.Millisecond, func() { seen[threadID()] = true })
		return task.Sleep(2 * time.Millisecond)
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) != 1 || !seen[caller] || l.ThreadID() != caller {
		t.Errorf("ran on threads %v, ThreadID is %d, want %d only", seen, l.ThreadID(), caller)
	}
}
