package threads

import (
	"sync/atomic"
	"time"
)

// A cond is a condition variable: a number of the last signal, that its waiters
// watch as a futex, and how many signals nobody has used yet. One mutex belongs to
// it and is held in every call.
//
// As in the C library's, each signal lets one waiter go on, of those that waited
// when it was sent. It need not be the one that the kernel wakes: a waiter that has
// not got to sleep yet is faster. Under the interpreter lock that is often the
// thread that has asked for it, whose interval has just passed, and the one that
// is woken sleeps again.
type cond struct {
	number  atomic.Uint32 // of the last signal
	unused  atomic.Uint32
	waiters int // guarded by the mutex
}

// wait lets m go, waits for a signal sent after that, or for timeout unless it
// is 0, and takes m again.
func (c *cond) wait(m *mutex, timeout time.Duration) (timedOut bool) {
	seen := c.number.Load()
	c.waiters++
	m.unlock()
	for deadline := time.Now().Add(timeout); !timedOut; {
		if now := c.number.Load(); now != seen {
			if c.use() {
				break
			}
			seen = now
		}
		if timeout > 0 {
			timeout = max(time.Until(deadline), 1)
		}
		timedOut = futexWait(&c.number, seen, timeout)
	}
	m.lock()
	c.waiters--
	c.forget()
	return timedOut
}

// use uses up a signal, if there is one.
func (c *cond) use() bool {
	for n := c.unused.Load(); n > 0; n = c.unused.Load() {
		if c.unused.CompareAndSwap(n, n-1) {
			return true
		}
	}
	return false
}

// forget takes back signals that are more than there are waiters.
func (c *cond) forget() {
	for n := c.unused.Load(); int(n) > c.waiters; n = c.unused.Load() {
		c.unused.CompareAndSwap(n, n-1)
	}
}

// signal lets one waiter go on and reports whether there is one. It wakes the
// waiter under the mutex, as CPython's callers of pthread_cond_signal do, so that
// one that runs at once sleeps again until the mutex is free.
//
// A waiter that has used its signal and has not got the mutex yet is still counted,
// so there may be a signal too many: every one is announced all the same.
func (c *cond) signal() (waiting bool) {
	if c.waiters == 0 {
		return false
	}
	c.unused.Add(1)
	c.forget()
	c.number.Add(1)
	futexWake(&c.number, 1)
	return true
}
