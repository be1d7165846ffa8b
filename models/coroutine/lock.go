package coroutine

import "concbench/models"

// A Lock is held by at most one task. Waiters get it in the order in which
// they came, and nobody comes between a release and the waiter chosen by it.
type Lock struct {
	locked  bool
	waiting waiters
}

// NewLock makes a lock that is free.
func NewLock() *Lock { return &Lock{} }

// Acquire suspends t until it has the lock. It does not suspend t if the lock
// is free and nobody waits.
func (l *Lock) Acquire(t *Task) error {
	if !l.locked && !l.waiting.waiting() {
		l.locked = true
		return nil
	}
	if err := l.waiting.wait(t); err != nil {
		if !l.locked {
			l.wakeFirst() // t may have been the one chosen
		}
		return err
	}
	l.locked = true
	return nil
}

// Release frees the lock and wakes the first waiter, which then takes it. It
// returns [models.ErrNotOwner] if the lock is free.
func (l *Lock) Release() error {
	if !l.locked {
		return models.ErrNotOwner
	}
	l.locked = false
	l.wakeFirst()
	return nil
}

// wakeFirst leaves a waiter alone that has been woken or cancelled: it will see
// to the next when it runs.
func (l *Lock) wakeFirst() {
	if w := l.waiting.first; w != nil {
		w.wake()
	}
}

// Locked reports whether a task holds the lock. One that has been chosen but
// has not run yet does not.
func (l *Lock) Locked() bool { return l.locked }
