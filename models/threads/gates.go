package threads

import (
	"concbench/models"
	"concbench/models/threads/internal/futex"
)

// An event is a flag, with the tasks that wait until it is set.
type event struct {
	mu      futex.Mutex
	set     bool
	waiters waiters
}

func (e *event) Set(t models.Task) {
	e.mu.Lock()
	e.set = true
	e.waiters.wakeAll()
	e.mu.Unlock()
	t.(*Task).Checkpoint()
}

func (e *event) Clear(t models.Task) {
	e.mu.Lock()
	e.set = false
	e.mu.Unlock()
	t.(*Task).Checkpoint()
}

func (e *event) IsSet() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.set
}

func (e *event) Wait(t models.Task) error {
	self := t.(*Task)
	e.mu.Lock()
	if e.set {
		e.mu.Unlock()
		self.Checkpoint()
		return nil
	}
	e.waiters.push(self)
	e.mu.Unlock()
	self.state.Wait()
	return nil
}

// A semaphore gives a released permit straight to its longest waiter.
type semaphore struct {
	mu      futex.Mutex
	permits int
	waiters waiters
}

func (s *semaphore) Acquire(t models.Task) error {
	self := t.(*Task)
	s.mu.Lock()
	if s.permits > 0 {
		s.permits--
		s.mu.Unlock()
		self.Checkpoint()
		return nil
	}
	s.waiters.push(self)
	s.mu.Unlock()
	self.state.Wait()
	return nil
}

func (s *semaphore) Release(t models.Task) {
	s.mu.Lock()
	next := s.waiters.pop()
	if next == nil {
		s.permits++
	}
	s.mu.Unlock()
	if self := t.(*Task); next != nil {
		self.state.Rouse(&next.state)
	} else {
		self.Checkpoint()
	}
}

// A barrier collects parties. The last party of a round wakes the others and goes on.
type barrier struct {
	mu      futex.Mutex
	parties int
	arrived int // in this round
	waiters waiters
}

func (b *barrier) Wait(t models.Task) (int, error) {
	self := t.(*Task)
	b.mu.Lock()
	order := b.arrived
	b.arrived++
	if b.arrived == b.parties {
		b.arrived = 0
		b.waiters.wakeAll()
		b.mu.Unlock()
		self.Checkpoint()
		return order, nil
	}
	b.waiters.push(self)
	b.mu.Unlock()
	self.state.Wait()
	return order, nil
}
