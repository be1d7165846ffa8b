package threads

import (
	"sync/atomic"
	"time"
)

// A cond is a condition variable: a count of signals that its waiters watch as
// a futex. One mutex belongs to it and is held in every call but wake.
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

// signal lets one waiter go on and reports whether there is one, which the caller
// then has to wake with wake. That call into the kernel comes when the caller
// has let all its mutexes go: a waiter that runs at once must not find them held.
func (c *cond) signal() (waiting bool) {
	if c.waiters == 0 {
		return false
	}
	c.signals.Add(1)
	return true
}

// wake ends the sleep of a waiter. No mutex need be held.
func (c *cond) wake() { futexWake(&c.signals, 1) }
