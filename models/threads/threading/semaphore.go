package threading

import "time"

// A Semaphore is CPython's threading.Semaphore: a count that is never below zero. A
// newcomer may take the count that a waiter was woken for; that waiter then waits on. The
// zero Semaphore has a count of 0.
type Semaphore struct {
	lock    Lock
	waiting waitlist
	value   int
}

// NewSemaphore makes a semaphore. A negative value is ErrSemaphoreInitial.
func NewSemaphore(value int) (*Semaphore, error) {
	if value < 0 {
		return nil, ErrSemaphoreInitial
	}
	return &Semaphore{value: value}, nil
}

// Acquire lowers the count by one. It waits while the count is 0.
func (s *Semaphore) Acquire(t *Thread) error {
	_, err := s.acquire(t, forever)
	return err
}

// TryAcquire lowers the count if it is above 0.
func (s *Semaphore) TryAcquire(t *Thread) bool {
	acquired, _ := s.acquire(t, 0)
	return acquired
}

// AcquireTimeout waits for at most timeout, and reports whether it lowered the count. Zero
// or less does not wait.
func (s *Semaphore) AcquireTimeout(t *Thread, timeout time.Duration) (bool, error) {
	return s.acquire(t, max(timeout, 0))
}

func (s *Semaphore) acquire(t *Thread, timeout time.Duration) (bool, error) {
	if err := s.lock.Acquire(t); err != nil {
		return false, err
	}
	defer s.lock.Release(t)
	left := newCountdown(timeout)
	for s.value == 0 {
		if left.over() {
			return false, nil
		}
		if _, err := s.waiting.wait(&s.lock, t, left.left()); err != nil {
			return false, err
		}
	}
	s.value--
	return true, nil
}

// Release raises the count by one.
func (s *Semaphore) Release(t *Thread) error { return s.ReleaseN(t, 1) }

// ReleaseN raises the count by n and wakes as many waiters. An n below 1 is
// ErrReleaseCount.
func (s *Semaphore) ReleaseN(t *Thread, n int) error { return s.release(t, n, -1) }

// release refuses to raise the count above a bound, unless that is negative.
func (s *Semaphore) release(t *Thread, n, bound int) error {
	if n < 1 {
		return ErrReleaseCount
	}
	if err := s.lock.Acquire(t); err != nil {
		return err
	}
	defer s.lock.Release(t)
	if bound >= 0 && n > bound-s.value {
		return ErrReleasedTooManyTimes
	}
	s.value += n
	return s.waiting.notify(&s.lock, t, n)
}

// A BoundedSemaphore is CPython's: a Semaphore whose count never exceeds its initial value.
// The zero BoundedSemaphore has an initial value of 0.
type BoundedSemaphore struct {
	Semaphore
	initial int
}

// NewBoundedSemaphore makes a semaphore. A negative value is ErrSemaphoreInitial.
func NewBoundedSemaphore(value int) (*BoundedSemaphore, error) {
	if value < 0 {
		return nil, ErrSemaphoreInitial
	}
	return &BoundedSemaphore{Semaphore: Semaphore{value: value}, initial: value}, nil
}

// Release raises the count by one. The error is ErrReleasedTooManyTimes if the count has its
// initial value.
func (s *BoundedSemaphore) Release(t *Thread) error { return s.ReleaseN(t, 1) }

// ReleaseN raises the count by n. If that would exceed the initial value, the error is
// ErrReleasedTooManyTimes and the count stays.
func (s *BoundedSemaphore) ReleaseN(t *Thread, n int) error { return s.release(t, n, s.initial) }
