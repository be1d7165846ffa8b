package threads

import "concbench/models"

// A handle is the starter's side of a task.
type handle struct{ task *Task }

// Join waits until the task has ended. A task that joins itself gets
// [models.ErrDeadlock], where CPython raises RuntimeError.
func (h handle) Join(t models.Task) error {
	self := t.(*Task)
	if h.task == self {
		return models.ErrDeadlock
	}
	h.task.mu.lock()
	if h.task.ended {
		h.task.mu.unlock()
		self.Checkpoint()
		return h.task.err
	}
	h.task.joiners.push(self)
	h.task.mu.unlock()
	self.wait()
	return h.task.err
}

// Cancel sets the flag that [Task.Cancelled] shows.
func (h handle) Cancel() { h.task.cancelled.Store(true) }
