package coroutine

import "fmt"

// A Semaphore is a number of permits. A permit that is released belongs at once
// to the first who waits, so nobody overtakes.
type Semaphore struct {
	permits int // that nobody has and that no waiter was woken for
	waiting waiters
}

// NewSemaphore makes a semaphore. It panics if permits is negative.
func NewSemaphore(permits int) *Semaphore {
	if permits < 0 {
		panic(fmt.Sprintf("coroutine: semaphore with %d permits; want at least 0", permits))
	}
	return &Semaphore{permits: permits}
}

// Locked reports whether Acquire would suspend.
func (s *Semaphore) Locked() bool { return s.permits == 0 || s.waiting.waiting() }

// Acquire suspends t until there is a permit for it.
func (s *Semaphore) Acquire(t *Task) error {
	if !s.Locked() {
		s.permits--
		return nil
	}
	if err := s.waiting.wait(t); err != nil {
		if t.waiter.woken() {
			s.Release() // the permit that t was woken for
		}
		return err
	}
	if s.permits > 0 {
		s.wakeNext()
	}
	return nil
}

// Release gives a permit to the first who waits, or keeps it.
func (s *Semaphore) Release() {
	s.permits++
	s.wakeNext()
}

func (s *Semaphore) wakeNext() {
	if w := s.waiting.firstAsleep(); w != nil {
		s.permits--
		w.wake()
	}
}
