package threads

import "concbench/models"

// A semaphore gives the permit that is released straight to its next waiter.
type semaphore struct {
	mu      mutex
	permits int
	waiters waiters
}

func (s *semaphore) Acquire(t models.Task) error {
	self := t.(*Task)
	s.mu.lock()
	if s.permits > 0 {
		s.permits--
		s.mu.unlock()
		self.Checkpoint()
		return nil
	}
	s.waiters.push(self)
	s.mu.unlock()
	self.wait()
	return nil
}

func (s *semaphore) Release(t models.Task) {
	s.mu.lock()
	next := s.waiters.pop()
	if next == nil {
		s.permits++
	}
	s.mu.unlock()
	if self := t.(*Task); next != nil {
		self.rouse(next)
	} else {
		self.Checkpoint()
	}
}
