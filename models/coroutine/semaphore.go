package coroutine

// A Semaphore is a number of permits. A permit that is released belongs at once
// to the first who waits, so nobody overtakes. The zero Semaphore has no permit
// and is ready for use.
type Semaphore struct {
	permits int // that nobody has and that no waiter was woken for
	bounded bool
	bound   int // of permits, if bounded
	waiting waiters
}

// NewSemaphore makes a semaphore. It returns [ErrInitialValue] if permits is
// negative.
func NewSemaphore(permits int) (*Semaphore, error) {
	if permits < 0 {
		return nil, misuse("NewSemaphore", ErrInitialValue)
	}
	return &Semaphore{permits: permits}, nil
}

// NewBoundedSemaphore makes asyncio's BoundedSemaphore, which never has more
// permits than at first. It returns [ErrInitialValue] as NewSemaphore does.
func NewBoundedSemaphore(permits int) (*Semaphore, error) {
	if permits < 0 {
		return nil, misuse("NewBoundedSemaphore", ErrInitialValue)
	}
	return &Semaphore{permits: permits, bounded: true, bound: permits}, nil
}

// Locked reports whether Acquire would suspend.
func (s *Semaphore) Locked() bool { return s.permits == 0 || s.waiting.waiting() }

// Acquire suspends t until there is a permit for it.
func (s *Semaphore) Acquire(t *Task) error {
	if s.take() {
		return nil
	}
	if err := s.waiting.bind("Semaphore.Acquire", t); err != nil {
		return err
	}
	if err := s.waiting.join(t); err != nil {
		return err
	}
	return s.waited(t, s.waiting.leave(t, t.yield(false)))
}

// take takes a permit if there is one and nobody waits.
func (s *Semaphore) take() bool {
	if s.Locked() {
		return false
	}
	s.permits--
	return true
}

// waited is what follows t's wait for a permit, which ended with err. It does
// not wait itself for the reason that [Loop.rounds] gives.
func (s *Semaphore) waited(t *Task, err error) error {
	if err != nil {
		if t.waiter.woken() {
			s.give() // the permit that t was woken for
		}
		return err
	}
	if s.permits > 0 {
		s.wakeNext()
	}
	return nil
}

// Release gives a permit to the first who waits, or keeps it. A bounded
// semaphore that has all its permits returns [ErrOverReleased]; any other
// returns nil.
func (s *Semaphore) Release() error {
	if s.bounded && s.permits >= s.bound {
		return misuse("Semaphore.Release", ErrOverReleased)
	}
	s.give()
	return nil
}

func (s *Semaphore) give() {
	s.permits++
	s.wakeNext()
}

func (s *Semaphore) wakeNext() {
	if w := s.waiting.firstAsleep(); w != nil {
		s.permits--
		w.wake()
	}
}

// With calls body while t has a permit; see [Lock.With].
func (s *Semaphore) With(t *Task, body func() error) error {
	return with("Semaphore.With", s, t, body)
}
