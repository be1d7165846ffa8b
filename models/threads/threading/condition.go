package threading

import (
	"container/list"
	"time"

	"concbench/models/threads/internal/futex"
)

// A Locker is a [Lock] or an [RLock].
type Locker interface {
	Acquire(t *Thread) error
	TryAcquire(t *Thread) bool
	AcquireTimeout(t *Thread, timeout time.Duration) (bool, error)
	Release(t *Thread) error

	owned(t *Thread) bool
	releaseSave(t *Thread) (count int)
	acquireRestore(t *Thread, count int)
}

// A Condition is CPython's threading.Condition. Acquire and Release are those of its lock.
// The zero Condition has an [RLock] of its own.
type Condition struct {
	given   Locker // nil: own
	own     RLock
	waiting waitlist
}

// NewCondition makes a condition on l; nil means a new [RLock].
func NewCondition(l Locker) *Condition { return &Condition{given: l} }

func (c *Condition) lock() Locker {
	if c.given == nil {
		return &c.own
	}
	return c.given
}

// Acquire takes the lock.
func (c *Condition) Acquire(t *Thread) error { return c.lock().Acquire(t) }

// TryAcquire takes the lock if t can have it at once.
func (c *Condition) TryAcquire(t *Thread) bool { return c.lock().TryAcquire(t) }

// AcquireTimeout waits for the lock for at most timeout and reports whether t has
// it. A negative timeout is ErrTimeoutNegative.
func (c *Condition) AcquireTimeout(t *Thread, timeout time.Duration) (bool, error) {
	return c.lock().AcquireTimeout(t, timeout)
}

// Release gives the lock back.
func (c *Condition) Release(t *Thread) error { return c.lock().Release(t) }

// Wait releases the lock (an RLock as often as it was taken), waits for a notification,
// and takes the lock again. The error is ErrWaitUnacquired if t does not own the lock, or if
// the lock is a [Lock] that is free.
func (c *Condition) Wait(t *Thread) error {
	_, err := c.waiting.wait(c.lock(), t, forever)
	return err
}

// WaitTimeout is Wait for at most timeout, and reports whether there was a notification.
// Zero or less does not wait, but releases the lock for a moment.
func (c *Condition) WaitTimeout(t *Thread, timeout time.Duration) (notified bool, err error) {
	return c.waiting.wait(c.lock(), t, max(timeout, 0))
}

// WaitFor waits until predicate is true. It calls predicate with the lock held. Without
// one the error is ErrNoFunction.
func (c *Condition) WaitFor(t *Thread, predicate func() bool) error {
	_, err := c.waitFor(t, predicate, forever)
	return err
}

// WaitForTimeout is WaitFor for at most timeout, and returns the last value of predicate.
func (c *Condition) WaitForTimeout(t *Thread, predicate func() bool, timeout time.Duration) (bool, error) {
	return c.waitFor(t, predicate, max(timeout, 0))
}

func (c *Condition) waitFor(t *Thread, predicate func() bool, timeout time.Duration) (bool, error) {
	if predicate == nil {
		return false, ErrNoFunction
	}
	left := newCountdown(timeout)
	for first := true; !predicate(); first = false {
		if !first && left.over() {
			return false, nil
		}
		if _, err := c.waiting.wait(c.lock(), t, left.left()); err != nil {
			return false, err
		}
	}
	return true, nil
}

// Notify wakes the n waiters that have waited longest, or all if there are fewer. The
// error is ErrNotifyUnacquired if t does not own the lock, or if the lock is a [Lock] that is
// free.
func (c *Condition) Notify(t *Thread, n int) error { return c.waiting.notify(c.lock(), t, n) }

// NotifyAll wakes all waiters.
func (c *Condition) NotifyAll(t *Thread) error { return c.waiting.notifyAll(c.lock(), t) }

// A waitlist is a [Condition] without its lock, which every call is given.
//
// Every waiter brings a held lock of its own and waits for it. A notification releases the
// oldest of these locks. Its waiter then contends for the condition's lock like every
// other thread.
type waitlist struct {
	mu      futex.Mutex
	waiters list.List // of *Lock, oldest first
}

// wait is Condition.Wait, with a timeout.
func (w *waitlist) wait(l Locker, t *Thread, timeout time.Duration) (notified bool, err error) {
	if !l.owned(t) {
		return false, ErrWaitUnacquired
	}
	waiter := newHeldLock()
	place := w.enter(waiter)
	count := l.releaseSave(t)
	notified = waiter.acquire(t, timeout)
	l.acquireRestore(t, count)
	if !notified {
		w.leave(place)
	}
	return notified, nil
}

func (w *waitlist) enter(waiter *Lock) *list.Element {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.waiters.PushBack(waiter)
}

// leave does nothing if a late notification has already taken the waiter out.
func (w *waitlist) leave(place *list.Element) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waiters.Remove(place)
}

// notify is Condition.Notify.
func (w *waitlist) notify(l Locker, t *Thread, n int) error {
	if !l.owned(t) {
		return ErrNotifyUnacquired
	}
	for ; n > 0; n-- {
		waiter := w.oldest()
		if waiter == nil {
			return nil
		}
		waiter.unlock(t)
	}
	return nil
}

// notifyAll is Condition.NotifyAll.
func (w *waitlist) notifyAll(l Locker, t *Thread) error {
	w.mu.Lock()
	n := w.waiters.Len()
	w.mu.Unlock()
	return w.notify(l, t, n)
}

func (w *waitlist) oldest() *Lock {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.waiters.Len() == 0 {
		return nil
	}
	return w.waiters.Remove(w.waiters.Front()).(*Lock)
}

// A countdown is the timeout of a wait that is made of several waits.
type countdown struct {
	timeout  time.Duration // forever, or at least 0
	deadline time.Time
}

func newCountdown(timeout time.Duration) countdown {
	c := countdown{timeout: timeout}
	if timeout > 0 {
		c.deadline = time.Now().Add(timeout)
	}
	return c
}

// left is the timeout of the next wait: forever, or at least 0.
func (c countdown) left() time.Duration {
	if c.timeout <= 0 {
		return c.timeout
	}
	return max(time.Until(c.deadline), 0)
}

func (c countdown) over() bool { return c.left() == 0 }
