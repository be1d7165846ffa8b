package threads

import (
	"fmt"

	"concbench/models"
)

// NewLock makes a free lock.
func (t *Task) NewLock() models.Lock { return &lock{} }

// NewSemaphore makes a semaphore. It panics if permits is negative.
func (t *Task) NewSemaphore(permits int) models.Semaphore {
	atLeast("a semaphore's permits", permits, 0)
	return &semaphore{permits: permits}
}

// NewEvent makes an event that is not set.
func (t *Task) NewEvent() models.Event { return &event{} }

// NewCondition makes a condition on a lock of this model. It panics if l is of another.
func (t *Task) NewCondition(l models.Lock) models.Condition {
	own, ok := l.(*lock)
	if !ok {
		panic(fmt.Sprintf("threads: NewCondition on a %T, want a lock from this model's NewLock", l))
	}
	return &condition{lock: own}
}

// NewBarrier makes a barrier. It panics if parties is below 1.
func (t *Task) NewBarrier(parties int) models.Barrier {
	atLeast("a barrier's parties", parties, 1)
	return &barrier{parties: parties}
}

// NewQueue makes an empty queue. It panics if capacity is below 1.
func (t *Task) NewQueue(capacity int) models.Queue {
	atLeast("a queue's capacity", capacity, 1)
	return &queue{capacity: capacity}
}

// atLeast panics in the task that makes an impossible primitive.
func atLeast(what string, n, low int) {
	if n < low {
		panic(fmt.Sprintf("threads: %s: got %d, want at least %d", what, n, low))
	}
}
