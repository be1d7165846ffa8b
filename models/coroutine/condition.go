package coroutine

import "math"

// A Condition lets tasks that hold a lock wait for news about what it guards.
// The zero Condition has a lock of its own and is ready for use.
type Condition struct {
	shared  *Lock // nil: own is the lock
	own     Lock
	waiting waiters
}

// NewCondition makes a condition of a lock, which others may share; nil gives
// it one of its own.
func NewCondition(l *Lock) *Condition { return &Condition{shared: l} }

func (c *Condition) lock() *Lock {
	if c.shared != nil {
		return c.shared
	}
	return &c.own
}

// Acquire is [Lock.Acquire] of the condition's lock.
func (c *Condition) Acquire(t *Task) error { return c.lock().Acquire(t) }

// Release is [Lock.Release] of the condition's lock.
func (c *Condition) Release() error { return c.lock().Release() }

// Locked is [Lock.Locked] of the condition's lock.
func (c *Condition) Locked() bool { return c.lock().Locked() }

// With is [Lock.With] of the condition's lock.
func (c *Condition) With(t *Task, body func() error) error {
	return with("Condition.With", c.lock(), t, body)
}

// Wait releases the lock, suspends t until it is notified, and acquires the
// lock again, even if t is cancelled meanwhile, and cancelled again. It returns
// [ErrWaitUnheld] if nobody holds the lock. Only with [models.ErrDeadlock], and
// when the loop ends, the lock may be somebody else's afterwards.
func (c *Condition) Wait(t *Task) error {
	if !c.Locked() {
		return misuse("Condition.Wait", ErrWaitUnheld)
	}
	if err := c.waiting.bind("Condition.Wait", t); err != nil {
		return err
	}
	c.lock().Release()
	err := c.waiting.wait(t)
	notified := t.waiter.woken()
	if again := c.reacquire(t); again != nil {
		err = again
	}
	if err != nil && notified {
		c.notify(1) // else the notification would be lost, as it is in CPython up to 3.12
	}
	return err
}

// reacquire takes the lock, however often t is cancelled before it has it, and
// returns the last of these errors.
func (c *Condition) reacquire(t *Task) (interrupted error) {
	for !t.stopped {
		err := c.lock().Acquire(t)
		if err == nil {
			return interrupted
		}
		interrupted = err
		if !isCancellation(err) {
			return interrupted
		}
	}
	c.lock().take() // the loop ends: t can wait no more
	return interrupted
}

// WaitFor waits until pred, which is called with the lock held, holds. It
// returns the error of a Wait that fails before, and [ErrNoFunction] without pred.
func (c *Condition) WaitFor(t *Task, pred func() bool) error {
	if pred == nil {
		return misuse("Condition.WaitFor", ErrNoFunction)
	}
	for !pred() {
		if err := c.Wait(t); err != nil {
			return err
		}
	}
	return nil
}

// Notify wakes the n tasks that have waited longest, or all if there are
// fewer; they take the lock in turn. Less than one wakes nobody. It returns
// [ErrNotifyUnheld] if nobody holds the lock.
func (c *Condition) Notify(n int) error {
	if !c.Locked() {
		return misuse("Condition.Notify", ErrNotifyUnheld)
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

// NotifyAll wakes all who wait, as Notify does.
func (c *Condition) NotifyAll() error { return c.Notify(math.MaxInt) }
