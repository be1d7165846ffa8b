package threads

import "concbench/models"

// A condition keeps its waiters until they are notified, and then moves them to
// the end of the lock's own queue without waking them: the notifier holds the
// lock, so all that they could do is to wait for it. Each is woken once, by the
// release that makes it the holder. CPython's Condition wakes them to contend
// for the lock, which costs more switches and lets newcomers overtake.
type condition struct {
	lock    *lock
	waiters waiters // guarded by lock.mu
}

func (c *condition) Wait(t models.Task) error {
	self := t.(*Task)
	c.lock.mu.lock()
	next, err := c.lock.handOver()
	if err == nil {
		c.waiters.push(self)
	}
	c.lock.mu.unlock()
	if err != nil {
		return err
	}
	if next != nil {
		self.rouse(next)
	}
	self.wait()
	return nil
}

func (c *condition) Notify(t models.Task, n int) error {
	return c.notify(t, func() bool { n--; return n >= 0 })
}

func (c *condition) NotifyAll(t models.Task) error {
	return c.notify(t, func() bool { return true })
}

// notify moves waiters to the lock's queue while more says so.
func (c *condition) notify(t models.Task, more func() bool) error {
	c.lock.mu.lock()
	if !c.lock.held {
		c.lock.mu.unlock()
		return models.ErrNotOwner
	}
	for !c.waiters.empty() && more() {
		c.lock.waiters.push(c.waiters.pop())
	}
	c.lock.mu.unlock()
	t.(*Task).Checkpoint()
	return nil
}
