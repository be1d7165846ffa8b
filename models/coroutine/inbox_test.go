package coroutine

import (
	"runtime"
	"sync"
	"testing"
	"time"
)

func TestCallSoonThreadsafe(t *testing.T) {
	run(t, func(task *Task) error {
		const senders, calls = 4, 200
		l := task.Loop()
		all := NewFuture[any](l)
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
			f := NewFuture[any](l)
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
			sent := make(chan error)
			go func() { sent <- l.CallSoonThreadsafe(func() { called = true }) }()
			if err := <-sent; err != nil {
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

// On its own thread the loop keeps the order of all calls.
func TestCallSoonThreadsafeOnTheLoopsThread(t *testing.T) {
	if threadID() == 0 {
		t.Skip("this platform does not tell a thread's number")
	}
	var tr trace
	run(t, func(task *Task) error {
		l := task.Loop()
		l.CallSoon(tr.adds("soon"))
		l.CallSoonThreadsafe(tr.adds("thread-safe"))
		l.CallSoon(tr.adds("soon again"))
		return task.Yield()
	})
	tr.expect(t, "soon", "thread-safe", "soon again")
}
