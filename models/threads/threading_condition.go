package threads

import (
	"container/list"
	"time"
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

// A Condition is CPython's threading.Condition. It is its lock, too: Acquire and
// Release are the lock's.
//
// Every waiter brings a held lock of its own and waits for it. A notification
// releases the oldest of these; its waiter then contends for the condition's lock
// like everybody else.
type Condition struct {
	Locker

	mu      mutex
	waiters list.List // of *Lock, oldest first
}

// NewCondition makes a condition on l; nil means a new [RLock].
func NewCondition(l Locker) *Condition {
	if l == nil {
		l = NewRLock()
	}
	return &Condition{Locker: l}
}

// Wait releases the lock, an RLock as often as it was taken, waits for a
// notification and takes the lock again. ErrWaitUnacquired says that t does not
// have the lock, or nobody where it is a Lock.
func (c *Condition) Wait(t *Thread) error {
	_, err := c.wait(t, forever)
	return err
}

// WaitTimeout is Wait for at most timeout and reports whether there was a
// notification. Zero or less does not wait, but lets the lock go meanwhile.
func (c *Condition) WaitTimeout(t *Thread, timeout time.Duration) (notified bool, err error) {
	return c.wait(t, max(timeout, 0))
}

func (c *Condition) wait(t *Thread, timeout time.Duration) (notified bool, err error) {
	if !c.owned(t) {
		return false, ErrWaitUnacquired
	}
	waiter := newHeldLock()
	place := c.enter(waiter)
	count := c.releaseSave(t)
	notified = waiter.acquire(t, timeout)
	c.acquireRestore(t, count)
	if !notified {
		c.leave(place)
	}
	return notified, nil
}

func (c *Condition) enter(waiter *Lock) *list.Element {
	c.mu.lock()
	defer c.mu.unlock()
	return c.waiters.PushBack(waiter)
}

// leave does nothing if a notification that came too late has taken the waiter out.
func (c *Condition) leave(place *list.Element) {
	c.mu.lock()
	defer c.mu.unlock()
	c.waiters.Remove(place)
}

// WaitFor waits until predicate, which is called with the lock held, is true.
func (c *Condition) WaitFor(t *Thread, predicate func() bool) error {
	_, err := c.waitFor(t, predicate, forever)
	return err
}

// WaitForTimeout is WaitFor for at most timeout and gives what predicate said last.
func (c *Condition) WaitForTimeout(t *Thread, predicate func() bool, timeout time.Duration) (bool, error) {
	return c.waitFor(t, predicate, max(timeout, 0))
}

func (c *Condition) waitFor(t *Thread, predicate func() bool, timeout time.Duration) (bool, error) {
	left := newCountdown(timeout)
	for first := true; !predicate(); first = false {
		if !first && left.over() {
			return false, nil
		}
		if _, err := c.wait(t, left.left()); err != nil {
			return false, err
		}
	}
	return true, nil
}

// Notify wakes the n waiters that have waited longest, or all if there are
// fewer. ErrNotifyUnacquired says that t does not have the lock, or nobody where
// it is a Lock.
func (c *Condition) Notify(t *Thread, n int) error {
	if !c.owned(t) {
		return ErrNotifyUnacquired
	}
	for ; n > 0; n-- {
		waiter := c.oldest()
		if waiter == nil {
			return nil
		}
		waiter.unlock(t)
	}
	return nil
}

// NotifyAll wakes all who wait.
func (c *Condition) NotifyAll(t *Thread) error {
	c.mu.lock()
	n := c.waiters.Len()
	c.mu.unlock()
	return c.Notify(t, n)
}

func (c *Condition) oldest() *Lock {
	c.mu.lock()
	defer c.mu.unlock()
	if c.waiters.Len() == 0 {
		return nil
	}
	return c.waiters.Remove(c.waiters.Front()).(*Lock)
}
