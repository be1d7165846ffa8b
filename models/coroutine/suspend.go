package coroutine

import (
	"errors"
	"math"
	"time"

	"concbench/models"
)

// A suspension is a call of t.yield, made where the task's step has been put in
// some queue. It stands in Yield and in wait itself: see [Loop.rounds] for what
// one more call would cost.

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
	return models.ErrCancelled
}

// wait suspends the task until f, which has no outcome yet, has one. The error
// is that of the wait and not f's, unless f was cancelled under the task. A
// cancel of the task is passed on to f; if the wait is shielded, it is not, and
// ends the wait alone.
func (t *Task) wait(f *Future, shielded bool) error {
	if f.loop != t.loop {
		return errors.New("coroutine: a task awaits a future of another loop")
	}
	if f == &t.Future || !shielded && f.awaitsInTurn(t) {
		return errors.New("coroutine: a task awaits itself")
	}
	f.addWaiter(&t.step)
	t.awaits, t.shielded = f, shielded
	if t.pending != nil {
		t.passCancelOn()
	}
	resumed := t.yield(struct{}{})
	t.awaits = nil
	if !resumed || t.pending != nil {
		return t.interrupted()
	}
	if f.state == cancelled && !shielded {
		return models.ErrCancelled
	}
	return nil
}

// awaitsInTurn reports whether f is a task that awaits t, perhaps through
// others. A cancel would go round such a circle for ever.
func (f *Future) awaitsInTurn(t *Task) bool {
	for f != nil && f.task != nil && f.task != t && !f.task.shielded {
		f = f.task.awaits
	}
	return f != nil && f.task == t
}

// Cancel asks the task to stop: what it waits for is cancelled, or else, if it
// does not wait or that has come to an end already, the task's next suspension
// returns [models.ErrCancelled]. A task that has not begun never does, except
// under package models. Cancel reports false if the task has ended.
func (t *Task) Cancel() bool {
	if t.Done() {
		return false
	}
	t.requests++
	t.pending = models.ErrCancelled
	if t.awaits != nil {
		t.passCancelOn()
	}
	return true
}

// passCancelOn ends the wait in progress because of a pending cancellation.
func (t *Task) passCancelOn() {
	if t.shielded {
		t.interrupt(t.pending)
	} else if t.awaits.Cancel() {
		t.pending = nil // it arrives through the future
	}
}

// interrupt has the wait in progress return err, whatever becomes of the
// future, unless that has an outcome and the task is about to go on.
func (t *Task) interrupt(err error) {
	t.pending = err
	if t.awaits.removeWaiter(&t.step) {
		t.loop.ready.push(&t.step)
	}
}

// Cancelling is the number of times that Cancel was called.
func (t *Task) Cancelling() int { return t.requests }

// Yield lets everything else that is ready run first.
func (t *Task) Yield() error {
	t.loop.ready.push(&t.step)
	if t.yield(struct{}{}) && t.pending == nil {
		return nil
	}
	return t.interrupted()
}

// Sleep suspends the task until at least d has passed. Zero or less is a Yield.
func (t *Task) Sleep(d time.Duration) error {
	if d <= 0 {
		return t.Yield()
	}
	if t.sleep == nil {
		t.sleep = &Timer{Handle: Handle{call: t.waiter.wake}}
	}
	t.waiter.reset()
	t.loop.schedule(t.sleep, after(t.loop.Time(), d))
	err := t.wait(&t.waiter.Future, false)
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
// When by is cancelled meanwhile, Join returns [models.ErrCancelled] and the
// task runs on; [Future.Await] would cancel the task too.
func (t *Task) Join(by *Task) error {
	if !t.Done() {
		if err := by.wait(&t.Future, true); err != nil {
			return err
		}
	}
	return t.err
}

// Block runs f on a thread of the executor and returns its error.
func (t *Task) Block(f func() error) error {
	_, err := t.loop.RunInExecutor(f).Await(t)
	return err
}
