package coroutine

import (
	"errors"
	"math"

	"concbench/models"
)

// A Condition lets tasks that hold a lock wait for news about what it guards.
type Condition struct {
	lock    *Lock
	waiting waiters
}

// NewCondition makes a condition of a lock, which others may share.
func NewCondition(l *Lock) *Condition { return &Condition{lock: l} }

// Wait releases the lock, suspends t until it is notified, and acquires the
// lock again, even if t is cancelled meanwhile. It returns
// [models.ErrNotOwner] if the lock is not held. With [models.ErrDeadlock] the lock may be
// somebody else's for ever.
func (c *Condition) Wait(t *Task) error {
	if !c.lock.locked {
		return models.ErrNotOwner
	}
	c.lock.Release()
	err := c.waiting.wait(t)
	notified := t.waiter.woken()
	for {
		again := c.lock.Acquire(t)
		if again == nil {
			break
		}
		err = again
		if !errors.Is(again, models.ErrCancelled) {
			break
		}
	}
	if err != nil && notified {
		c.notify(1) // else the notification would be lost, as it is in CPython up to 3.12
	}
	return err
}

// Notify wakes the n tasks that have waited longest, or all if there are
// fewer; they take the lock in turn. It returns [models.ErrNotOwner] if the
// lock is not held.
func (c *Condition) Notify(n int) error {
	if !c.lock.locked {
		return models.ErrNotOwner
	}
	c.notify(n)
	return nil
}

func (c *Condition) notify(n int) {
	for w := c.waiting.firstAsleep(); w != nil && n > 0; w = c.waiting.firstAsleep() {
		w.wake()
		n--
	}
}

// NotifyAll wakes all who wait.
func (c *Condition) NotifyAll() error { return c.Notify(math.MaxInt) }
