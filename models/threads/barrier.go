package threads

import "concbench/models"

// A barrier collects parties; the last one of a round wakes the others and goes on.
type barrier struct {
	mu      mutex
	parties int
	arrived int // in this round
	waiters waiters
}

func (b *barrier) Wait(t models.Task) (int, error) {
	self := t.(*Task)
	b.mu.lock()
	order := b.arrived
	b.arrived++
	if b.arrived == b.parties {
		b.arrived = 0
		b.waiters.wakeAll()
		b.mu.unlock()
		self.Checkpoint()
		return order, nil
	}
	b.waiters.push(self)
	b.mu.unlock()
	self.wait()
	return order, nil
}
