package threads

import "time"

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

// A Condition is CPython's threading.Condition. It is its lock, too: Acquire and
// Release are the lock's. The zero Condition has an [RLock] of its own.
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

// TryAcquire takes the lock if it can be had at once.
func (c *Condition) TryAcquire(t *Thread) bool { return c.lock().TryAcquire(t) }

// AcquireTimeout waits for the lock for at most timeout and reports whether t has
// it. A negative timeout is ErrTimeoutNegative.
func (c *Condition) AcquireTimeout(t *Thread, timeout time.Duration) (bool, error) {
	return c.lock().AcquireTimeout(t, timeout)
}

// Release gives the lock back.
func (c *Condition) Release(t *Thread) error { return c.lock().Release(t) }

// Wait releases the lock, an RLock as often as it was taken, waits for a
// notification and takes the lock again. ErrWaitUnacquired says that t does not
// have the lock, or nobody where it is a Lock.
func (c *Condition) Wait(t *Thread) error {
	_, err := c.waiting.wait(c.lock(), t, forever)
	return err
}

// WaitTimeout is Wait for at most timeout and reports whether there was a
// notification. Zero or less does not wait, but lets the lock go meanwhile.
func (c *Condition) WaitTimeout(t *Thread, timeout time.Duration) (notified bool, err error) {
	return c.waiting.wait(c.lock(), t, max(timeout, 0))
}

// WaitFor waits until predicate, which is called with the lock held, is true.
// Without one the error is ErrNoBody.
func (c *Condition) WaitFor(t *Thread, predicate func() bool) error {
	_, err := c.waitFor(t, predicate, forever)
	return err
}

// WaitForTimeout is WaitFor for at most timeout and gives what predicate said last.
func (c *Condition) WaitForTimeout(t *Thread, predicate func() bool, timeout time.Duration) (bool, error) {
	return c.waitFor(t, predicate, max(timeout, 0))
}

func (c *Condition) waitFor(t *Thread, predicate func() bool, timeout time.Duration) (bool, error) {
	if predicate == nil {
		return false, ErrNoBody
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

// Notify wakes the n waiters that have waited longest, or all if there are
// fewer. ErrNotifyUnacquired says that t does not have the lock, or nobody where
// it is a Lock.
func (c *Condition) Notify(t *Thread, n int) error { return c.waiting.notify(c.lock(), t, n) }

// NotifyAll wakes all who wait.
func (c *Condition) NotifyAll(t *Thread) error { return c.waiting.notifyAll(c.lock(), t) }
