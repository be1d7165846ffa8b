package threads

import "errors"

// An acquirer is what can be held over a function.
type acquirer interface {
	Acquire(t *Thread) error
	Release(t *Thread) error
}

// with is Python's with statement: it releases also when body panics.
func with(a acquirer, t *Thread, body func() error) (err error) {
	if body == nil {
		return ErrNoBody
	}
	if err := a.Acquire(t); err != nil {
		return err
	}
	defer func() {
		if released := a.Release(t); released != nil {
			err = errors.Join(released, err)
		}
	}()
	return body()
}

// With is Python's with statement: it calls body while t has the lock, which it
// releases when body returns or panics. The error is that of Acquire or of body,
// ErrNoBody without one; if body has released the lock itself, ErrReleaseUnlocked
// is joined to it.
func (l *Lock) With(t *Thread, body func() error) error { return with(l, t, body) }

// With calls body while t has the lock; see [Lock.With].
func (r *RLock) With(t *Thread, body func() error) error { return with(r, t, body) }

// With calls body while t has the condition's lock; see [Lock.With].
func (c *Condition) With(t *Thread, body func() error) error { return with(c, t, body) }

// With takes one, calls body and gives it back; see [Lock.With].
func (s *Semaphore) With(t *Thread, body func() error) error { return with(s, t, body) }

// With takes one, calls body and gives it back; see [Lock.With].
func (s *BoundedSemaphore) With(t *Thread, body func() error) error { return with(s, t, body) }
