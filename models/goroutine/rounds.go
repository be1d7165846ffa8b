package goroutine

import (
	"slices"
	"sync"

	"concbench/models"
)

// NewCondition implements [models.Primitives].
func (t *Task) NewCondition(l models.Lock) models.Condition { return &condition{lock: l.(lock)} }

// A condition is a line of waiters, each with a channel to be closed.
// sync.Cond would not do: its Wait cannot be cancelled.
type condition struct {
	lock    lock
	mu      sync.Mutex
	waiters []chan struct{}
}

func (c *condition) Wait(t models.Task) error {
	woken := make(chan struct{})
	c.mu.Lock()
	c.waiters = append(c.waiters, woken)
	c.mu.Unlock()
	if err := c.lock.Release(t); err != nil {
		c.leave(woken)
		return err
	}
	_, err := receive(t, woken)
	if err != nil && !c.leave(woken) {
		err = nil // notified at the same moment: the notification counts
	}
	c.lock <- struct{}{}
	return err
}

// leave takes a waiter out of the line, and reports false if it was notified.
func (c *condition) leave(woken chan struct{}) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.Index(c.waiters, woken)
	if i < 0 {
		return false
	}
	c.waiters = slices.Delete(c.waiters, i, i+1)
	return true
}

func (c *condition) Notify(_ models.Task, n int) error {
	if len(c.lock) == 0 {
		return models.ErrNotOwner
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	n = max(0, min(n, len(c.waiters)))
	for _, woken := range c.waiters[:n] {
		close(woken)
	}
	c.waiters = slices.Delete(c.waiters, 0, n)
	return nil
}

func (c *condition) NotifyAll(t models.Task) error { return c.Notify(t, int(^uint(0)>>1)) }

// NewBarrier implements [models.Primitives].
func (t *Task) NewBarrier(parties int) models.Barrier {
	return &barrier{parties: parties, round: make(chan struct{})}
}

// A barrier counts arrivals and closes the round's channel at the last.
type barrier struct {
	parties int
	mu      sync.Mutex
	arrived int
	round   chan struct{}
}

func (b *barrier) Wait(t models.Task) (int, error) {
	b.mu.Lock()
	index, round := b.arrived, b.round
	b.arrived++
	if b.arrived == b.parties {
		b.arrived = 0
		b.round = make(chan struct{})
		close(round)
	}
	b.mu.Unlock()
	_, err := receive(t, round)
	if err != nil && !b.leave(round) {
		err = nil // the round was completed at the same moment
	}
	return index, err
}

// leave takes a waiter out of its round, and reports false if that is over.
func (b *barrier) leave(round chan struct{}) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.round != round {
		return false
	}
	b.arrived--
	return true
}
