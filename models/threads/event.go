package threads

import "concbench/models"

// An event is a flag with the tasks that wait for it to be set.
type event struct {
	mu      mutex
	set     bool
	waiters waiters
}

func (e *event) Set(t models.Task) {
	e.mu.lock()
	e.set = true
	e.waiters.wakeAll()
	e.mu.unlock()
	t.(*Task).Checkpoint()
}

func (e *event) Clear(t models.Task) {
	e.mu.lock()
	e.set = false
	e.mu.unlock()
	t.(*Task).Checkpoint()
}

func (e *event) IsSet() bool {
	e.mu.lock()
	defer e.mu.unlock()
	return e.set
}

func (e *event) Wait(t models.Task) error {
	self := t.(*Task)
	e.mu.lock()
	if e.set {
		e.mu.unlock()
		self.Checkpoint()
		return nil
	}
	e.waiters.push(self)
	e.mu.unlock()
	self.wait()
	return nil
}
