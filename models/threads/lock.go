package threads

import (
	"concbench/models"
	"concbench/models/threads/internal/futex"
)

// waiters are the tasks that wait on one primitive, longest waiter first. A task waits
// in one place at a time, so the link is part of the task.
type waiters struct{ first, last *Task }

func (w *waiters) push(t *Task) {
	if w.first == nil {
		w.first = t
	} else {
		w.last.next = t
	}
	w.last = t
}

// pop takes out the longest waiter, or gives nil.
func (w *waiters) pop() *Task {
	t := w.first
	if t != nil {
		w.first, t.next = t.next, nil
	}
	return t
}

func (w *waiters) empty() bool { return w.first == nil }

// wakeAll wakes all, longest waiter first.
func (w *waiters) wakeAll() {
	for t := w.pop(); t != nil; t = w.pop() {
		t.state.Wake()
	}
}

// A lock is held by at most one task. Its release hands it over: the woken waiter
// already holds it, so no newcomer can overtake. Any task may release it, as with
// threading.Lock.
//
// Like every primitive here it has a futex mutex of its own for its few fields. Under
// the interpreter lock that mutex is never contended, since only the holder runs;
// without it, the mutex makes the primitive right.
type lock struct {
	mu      futex.Mutex
	held    bool
	waiters waiters
}

// Acquire takes a free lock without letting the interpreter lock go. For a held one it
// waits without the interpreter lock.
func (l *lock) Acquire(t models.Task) error {
	self := t.(*Task)
	l.mu.Lock()
	if !l.held {
		l.held = true
		l.mu.Unlock()
		self.Checkpoint()
		return nil
	}
	l.waiters.push(self)
	l.mu.Unlock()
	self.state.Wait()
	return nil
}

func (l *lock) Release(t models.Task) error {
	l.mu.Lock()
	next, err := l.handOver()
	l.mu.Unlock()
	self := t.(*Task)
	if next == nil {
		self.Checkpoint()
		return err
	}
	self.state.Rouse(&next.state)
	return nil
}

// handOver makes the next waiter the holder, or frees the lock if there is none. The
// caller wakes the waiter after it has unlocked l.mu.
func (l *lock) handOver() (next *Task, err error) {
	if !l.held {
		return nil, models.ErrNotOwner
	}
	next = l.waiters.pop()
	l.held = next != nil
	return next, nil
}

// A condition keeps its waiters until they are notified. Then it moves them to the end
// of the lock's own queue without waking them: the notifier holds the lock, so they
// could only wait for it. Each waiter is woken once, by the release that makes it the
// holder. CPython's Condition wakes them to contend for the lock, which costs more
// switches and lets newcomers overtake.
type condition struct {
	lock    *lock
	waiters waiters // guarded by lock.mu
}

func (c *condition) Wait(t models.Task) error {
	self := t.(*Task)
	c.lock.mu.Lock()
	next, err := c.lock.handOver()
	if err == nil {
		c.waiters.push(self)
	}
	c.lock.mu.Unlock()
	if err != nil {
		return err
	}
	if next != nil {
		self.state.Rouse(&next.state)
	}
	self.state.Wait()
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
	c.lock.mu.Lock()
	if !c.lock.held {
		c.lock.mu.Unlock()
		return models.ErrNotOwner
	}
	for !c.waiters.empty() && more() {
		c.lock.waiters.push(c.waiters.pop())
	}
	c.lock.mu.Unlock()
	t.(*Task).Checkpoint()
	return nil
}
