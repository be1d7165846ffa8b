package threads

import (
	"sync/atomic"
	"time"
)

// A cond is a condition variable: a count of signals that its waiters watch as
// a futex. One mutex belongs to it and is held in every call.
type cond struct {
	signals atomic.Uint32
	waiters int // guarded by the mutex
}

// wait lets m go, waits for a signal sent after that, or for timeout unless it
// is 0, and takes m again. A waiter that is not signalled may wake as well when
// another one is.
func (c *cond) wait(m *mutex, timeout time.Duration) (timedOut bool) {
	seen := c.signals.Load()
	c.waiters++
	m.unlock()
	for c.signals.Load() == seen && !timedOut {
		timedOut = futexWait(&c.signals, seen, timeout)
	}
	m.lock()
	c.waiters--
	return timedOut
}

// signalUnlock wakes one waiter, if there is one, and lets m go. The system call
// comes after the mutex is free: a waiter that preempts its waker on the same
// processor must not find the mutex held.
func (c *cond) signalUnlock(m *mutex) {
	waiting := c.waiters > 0
	if waiting {
		c.signals.Add(1)
	}
	m.unlock()
	if waiting {
		futexWake(&c.signals, 1)
	}
}
