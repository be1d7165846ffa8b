package coroutine

import (
	"math"
	"time"
)

// A suspension is a call of t.yield, made where the task's step has been put in
// some queue. It stands in Yield, Await, Acquire, Put and Get themselves, between
// what a wait begins and ends with: see [Loop.rounds] for what one more call around
// it would cost.

// interrupted is the error of a suspension that returned false or left a
// cancellation pending.
func (t *Task) interrupted() error {
	if t.pending == nil {
		return t.abandoned()
	}
	err := t.pending
	t.pending = nil
	return err
}

// abandoned answers a wait after the loop has given the task up: one error for
// an orderly end, then a panic, since a body that ignores errors would never end.
func (t *Task) abandoned() error {
	if t.stopped {
		panic("coroutine: a task waits again although its loop has ended")
	}
	t.stopped = true
	return ErrCancelled
}

// IsRunning reports whether the caller is the body of the task, which may be nil:
// only that may wait in the task's name. Anything else that did would end the
// process.
func (t *Task) IsRunning() bool {
	return t != nil && t.loop.current == t && t.stack != nil && t.stack.home == goroutine()
}

// wait suspends the task until f, which has no outcome yet, has one. The error
// is that of the wait and not f's, unless f was cancelled under the task. A
// cancel of the task is passed on to f; if the wait is shielded, it is not, and
// ends the wait alone.
func (t *Task) wait(f *promise, shielded bool) error {
	if err := t.enlist(f, shielded); err != nil {
		return err
	}
	return t.waited(f, t.yield(false))
}

// enlist is what a wait begins with: f's outcome will have the task's step in the
// loop's queue.
func (t *Task) enlist(f *promise, shielded bool) error {
	if !t.IsRunning() || f.loop != t.loop || f.owner != nil && f.awaitsInTurn(t, shielded) {
		return t.refuse(f)
	}
	f.addWaiter(&t.step)
	t.awaits, t.shielded = f, shielded
	if t.pending != nil {
		t.passCancelOn()
	}
	return nil
}

// waited is what it ends with, and its error.
func (t *Task) waited(f *promise, resumed bool) error {
	t.awaits = nil
	if resumed && !t.shielded && isCancellation(f.err) {
		t.pending = nil // of several cancels the first is delivered
		return f.outcome()
	}
	if !resumed || t.pending != nil {
		f.retrieved()
		return t.interrupted()
	}
	return nil
}

// awaitsInTurn reports whether f is t, or a task that awaits t, perhaps through
// others. A cancel would go round such a circle for ever. If nobody waits for t
// there is no circle to look for, which would take long in a long chain.
func (f *promise) awaitsInTurn(t *Task, shielded bool) bool {
	if t.first == nil {
		return f.owner == canceller(t)
	}
	for f != nil {
		other, ok := f.owner.(*Task)
		if !ok {
			return false
		}
		if other == t {
			return true
		}
		if shielded || other.shielded {
			return false
		}
		f = other.awaits
	}
	return false
}

// refuse says why the task cannot await f. In asyncio too the error comes a
// round later if it is the loop that finds out.
func (t *Task) refuse(f *promise) error {
	switch {
	case !t.IsRunning():
		return misuse("await", ErrNotCurrent)
	case f.loop != t.loop:
		return t.fail(misuse("await", ErrForeignFuture))
	}
	return t.fail(misuse("await", ErrAwaitsItself))
}

func (t *Task) fail(err error) error {
	if yieldErr := t.Yield(); yieldErr != nil {
		return yieldErr
	}
	return err
}

// Yield lets everything else that is ready run first: asyncio's sleep(0).
func (t *Task) Yield() error {
	if !t.IsRunning() {
		return misuse("Yield", ErrNotCurrent)
	}
	t.loop.ready.Push(&t.step)
	if t.yield(false) && t.pending == nil {
		return nil
	}
	return t.interrupted()
}

// Sleep suspends the task until at least d has passed. Zero or less is a Yield.
func (t *Task) Sleep(d time.Duration) error {
	if d <= 0 {
		return t.Yield()
	}
	if !t.IsRunning() {
		return misuse("Sleep", ErrNotCurrent)
	}
	if t.sleep == nil {
		t.sleep = &Timer{Handle: Handle{call: t.waiter.wake}}
	}
	t.waiter.reset()
	t.loop.schedule(t.sleep, after(t.loop.Time(), d))
	err := t.wait(&t.waiter.promise, false)
	if err != nil {
		t.sleep.Cancel()
		t.sleep = nil // it may still be in the heap
	}
	return err
}

// after is now + d, or the end of time.
func after(now, d time.Duration) time.Duration {
	if d > math.MaxInt64-now {
		return math.MaxInt64
	}
	return now + d
}

// Join makes by wait until the task has ended and returns the task's error.
// When by is cancelled meanwhile, Join returns [ErrCancelled] and the task runs
// on; [TaskOf.Await] would cancel the task too.
func (t *Task) Join(by *Task) error {
	if !t.Done() {
		if err := by.wait(&t.promise, true); err != nil {
			return err
		}
	}
	return t.outcome()
}
