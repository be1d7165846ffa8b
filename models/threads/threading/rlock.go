package threading

import (
	"sync/atomic"
	"time"
)

// An RLock is CPython's threading.RLock: its owner may take it again, and it is free when
// the owner has released it as often. Only the owner may release it. It needs a handle:
// with nil every call fails. Its zero value is free.
type RLock struct {
	lock  Lock
	owner atomic.Pointer[Thread]
	count int // how often the owner has taken it
}

// NewRLock makes a free lock.
func NewRLock() *RLock { return &RLock{} }

// Acquire takes the lock once more. The error is ErrNoOwner without a handle.
func (r *RLock) Acquire(t *Thread) error {
	_, err := r.acquire(t, forever)
	return err
}

// TryAcquire takes the lock if it is free or t has it.
func (r *RLock) TryAcquire(t *Thread) bool {
	acquired, _ := r.acquire(t, 0)
	return acquired
}

// AcquireTimeout waits for at most timeout and reports whether t has the lock. A negative
// timeout is ErrTimeoutNegative.
func (r *RLock) AcquireTimeout(t *Thread, timeout time.Duration) (bool, error) {
	if timeout < 0 {
		return false, ErrTimeoutNegative
	}
	return r.acquire(t, timeout)
}

func (r *RLock) acquire(t *Thread, timeout time.Duration) (bool, error) {
	if t == nil {
		return false, ErrNoOwner
	}
	if r.owner.Load() == t {
		r.count++
		t.Checkpoint()
		return true, nil
	}
	if !r.lock.acquire(t, timeout) {
		return false, nil
	}
	r.acquireRestored(t, 1)
	return true, nil
}

// Release takes one Acquire back. The error is ErrReleaseUnacquired if t does not own the
// lock.
func (r *RLock) Release(t *Thread) error {
	if !r.owned(t) {
		return ErrReleaseUnacquired
	}
	r.count--
	if r.count == 0 {
		r.owner.Store(nil)
		r.lock.open()
	}
	t.Checkpoint()
	return nil
}

func (r *RLock) acquireRestored(t *Thread, count int) {
	r.owner.Store(t)
	r.count = count
}

// The part of a [Locker] that a [Condition] uses. A wait releases the lock, however often
// it was taken.

func (r *RLock) owned(t *Thread) bool { return t != nil && r.owner.Load() == t }

func (r *RLock) releaseSave(t *Thread) (count int) {
	count = r.count
	r.owner.Store(nil)
	r.lock.unlock(t)
	return count
}

func (r *RLock) acquireRestore(t *Thread, count int) {
	r.lock.acquire(t, forever)
	r.acquireRestored(t, count)
}
