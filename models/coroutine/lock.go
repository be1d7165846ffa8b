package coroutine

import "errors"

// A Lock is held by at most one task. Waiters get it in the order in which
// they came, and nobody comes between a release and the waiter chosen by it.
// The zero Lock is free and ready for use.
type Lock struct {
	locked  bool
	waiting waiters
}

// NewLock makes a lock that is free.
func NewLock() *Lock { return &Lock{} }

// Acquire suspends t until it has the lock. It does not suspend t if the lock
// is free and nobody waits.
func (l *Lock) Acquire(t *Task) error {
	if l.take() {
		return nil
	}
	if err := l.waiting.bind("Lock.Acquire", t); err != nil {
		return err
	}
	if err := l.waiting.join(t); err != nil {
		return err
	}
	if err := l.waiting.leave(t, t.yield(false)); err != nil {
		if !l.locked {
			l.wakeFirst() // t may have been the one chosen
		}
		return err
	}
	l.locked = true
	return nil
}

// take takes the lock if it is free and nobody waits.
func (l *Lock) take() bool {
	if l.locked || l.waiting.waiting() {
		return false
	}
	l.locked = true
	return true
}

// Release frees the lock and wakes the first waiter, which then takes it. Like
// asyncio's it does not ask who holds the lock. It returns [ErrNotAcquired] if
// nobody does.
func (l *Lock) Release() error {
	if !l.locked {
		return misuse("Lock.Release", ErrNotAcquired)
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

// With is asyncio's async with: it calls body while t holds the lock, which it
// releases when body returns or panics. The error is that of Acquire or of
// body, and [ErrNoFunction] without one. If body has released the lock itself,
// [ErrNotAcquired] is joined to it.
func (l *Lock) With(t *Task, body func() error) error { return with("Lock.With", l, t, body) }

// An acquirer is what can be held over a function.
type acquirer interface {
	Acquire(t *Task) error
	Release() error
}

func with(op string, a acquirer, t *Task, body func() error) (err error) {
	if body == nil {
		return misuse(op, ErrNoFunction)
	}
	if err := a.Acquire(t); err != nil {
		return err
	}
	defer func() {
		if released := a.Release(); released != nil {
			err = errors.Join(released, err)
		}
	}()
	return body()
}
