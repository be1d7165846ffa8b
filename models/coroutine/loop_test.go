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

func TestCallSoonThreadsafe(t *testing.T) {
	run(t, func(task *Task) error {
		const senders, calls = 4, 200
		l := task.Loop()
		all := l.NewFuture()
		next := make([]int, senders)
		left := senders * calls
		var wg sync.WaitGroup
		defer wg.Wait()
		for s := range senders {
			wg.Go(func() {
				for i := range calls {
					if err := l.CallSoonThreadsafe(func() {
						if next[s] != i {
							t.Errorf("call %d of sender %d came when %d was next", i, s, next[s])
						}
						next[s]++
						if left--; left == 0 {
							all.SetResult(nil)
						}
					}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		_, err := all.Await(task)
		return err
	})
}

// A loop that waits in the selector for ever is woken from another thread, and
// so again the next time.
func TestThreadsafeCallWakesTheSelector(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		for range 3 {
			f := l.NewFuture()
			asleep := func() bool {
				l.inbox.mu.Lock()
				defer l.inbox.mu.Unlock()
				return l.inbox.asleep
			}
			var wg sync.WaitGroup
			wg.Go(func() {
				for !asleep() {
					runtime.Gosched()
				}
				l.CallSoonThreadsafe(func() { f.SetResult(nil) })
			})
			_, err := f.Await(task)
			wg.Wait()
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// A loop that is busy is not woken with a system call, even if it has waited
// in the selector before.
func TestThreadsafeCallToABusyLoop(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		wakes := 0
		wake := l.inbox.wake
		l.inbox.wake = func() error { wakes++; return wake() }
		for range 3 {
			if err := task.Sleep(time.Millisecond); err != nil {
				return err
			}
			called := false
			if err := l.CallSoonThreadsafe(func() { called = true }); err != nil {
				return err
			}
			rounds(task, 2)
			if !called || wakes != 0 {
				t.Errorf("called: %v, with %d system calls", called, wakes)
			}
		}
		return nil
	})
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
