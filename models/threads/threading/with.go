package threading

import "errors"

// An acquirer can be held while a function runs.
type acquirer interface {
	Acquire(t *Thread) error
	Release(t *Thread) error
}

// with is Python's with statement: it releases also when body panics.
func with(a acquirer, t *Thread, body func() error) (err error) {
	if body == nil {
		return ErrNoFunction
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

// With is Python's with statement: it acquires the lock, calls body, and releases the lock
// when body returns or panics. The error is that of Acquire or of body, and ErrNoFunction
// without a body. If body has released the lock itself, ErrReleaseUnlocked is joined to it.
func (l *Lock) With(t *Thread, body func() error) error { return with(l, t, body) }

// With calls body while t owns the lock; see [Lock.With].
func (r *RLock) With(t *Thread, body func() error) error { return with(r, t, body) }

// With calls body while t has the condition's lock; see [Lock.With].
func (c *Condition) With(t *Thread, body func() error) error { return with(c, t, body) }

// With calls body between an Acquire and a Release; see [Lock.With].
func (s *Semaphore) With(t *Thread, body func() error) error { return with(s, t, body) }

// With calls body between an Acquire and a Release; see [Lock.With].
func (s *BoundedSemaphore) With(t *Thread, body func() error) error { return with(s, t, body) }
