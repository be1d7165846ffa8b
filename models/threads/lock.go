package threads

import "concbench/models"

// A lock is held by at most one task, and handed over by its release: a waiter
// that has been woken already holds it, so nobody can overtake. Any task may
// release it, as with threading.Lock.
//
// Like every primitive here it has a futex mutex of its own for its few fields.
// Under the interpreter lock that mutex is never contended, since only the
// holder runs; without it, it is what makes the primitive right.
type lock struct {
	mu      mutex
	held    bool
	waiters waiters
}

// Acquire takes a free lock without letting the interpreter lock go, and waits
// for a held one without it.
func (l *lock) Acquire(t models.Task) error {
	self := t.(*Task)
	l.mu.lock()
	if !l.held {
		l.held = true
		l.mu.unlock()
		self.Checkpoint()
		return nil
	}
	l.waiters.push(self)
	l.mu.unlock()
	self.wait()
	return nil
}

func (l *lock) Release(t models.Task) error {
	l.mu.lock()
	next, err := l.handOver()
	l.mu.unlock()
	self := t.(*Task)
	if next == nil {
		self.Checkpoint()
		return err
	}
	self.rouse(next)
	return nil
}

// handOver makes the next waiter the holder, for the caller to wake when it has
// let l.mu go, or frees the lock if nobody waits.
func (l *lock) handOver() (next *Task, err error) {
	if !l.held {
		return nil, models.ErrNotOwner
	}
	next = l.waiters.pop()
	l.held = next != nil
	return next, nil
}
