package coroutine

import (
	"errors"
	"runtime"
	"sync"
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
		first, _ := l.CallSoon(func() { tr.add("first"); later.Cancel() })
		later, _ = l.CallSoon(tr.adds("cancelled in the round in which it was to run"))
		timer, _ := l.CallLater(time.Microsecond, tr.adds("cancelled timer"))
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
			timer, _ := l.CallLater(d*time.Millisecond, func() { tr.add("%d", d) })
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
		err := l.runAll(func(*Task) error {
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
	err := l.runAll(func(*Task) error {
		if err := l.runAll(func(*Task) error { return nil }); !errors.Is(err, ErrRunning) {
			t.Errorf("Run inside Run = %v, want %v", err, ErrRunning)
		}
		if err := l.Close(); !errors.Is(err, ErrCloseRunning) {
			t.Errorf("Close inside Run = %v, want %v", err, ErrCloseRunning)
		}
		elsewhere := make(chan error)
		go func() { elsewhere <- l.runAll(func(*Task) error { return nil }) }()
		if err := <-elsewhere; !errors.Is(err, ErrRunning) {
			t.Errorf("Run on another goroutine = %v, want %v", err, ErrRunning)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAnotherLoopInsideATaskIsRefused(t *testing.T) {
	inner := newLoop(t)
	run(t, func(task *Task) error {
		if err := inner.RunForever(); !errors.Is(err, ErrOtherLoop) {
			t.Errorf("RunForever of another loop inside a task = %v, want %v", err, ErrOtherLoop)
		}
		return task.Sleep(time.Millisecond)
	})
}

// Every run of a loop is on its own thread, whoever calls it.
func TestOneThread(t *testing.T) {
	if threadID() == 0 {
		t.Skip("this platform does not tell a thread's number")
	}
	seen := map[int]bool{}
	l := newLoop(t)
	main := func(task *Task) error {
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
	}
	var runs sync.WaitGroup
	for range 2 {
		runs.Go(func() {
			runtime.LockOSThread() // as deep as the caller likes
			if err := l.runAll(main); err != nil {
				t.Error(err)
			}
		})
		runs.Wait()
	}
	if len(seen) != 1 || !seen[l.ThreadID()] {
		t.Errorf("ran on threads %v, want %d only", seen, l.ThreadID())
	}
}
