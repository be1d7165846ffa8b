package threads

import (
	"sync/atomic"
	"time"
)

// A cond is a condition variable: a number of the last signal, that its waiters
// watch as a futex, and how many signals nobody has used yet. One mutex belongs to
// it and is held in every call but wake.
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

// signal lets one waiter go on and reports whether there is one, which the caller
// then has to wake with wake. That call into the kernel comes when the caller
// has let all its mutexes go: a waiter that runs at once must not find them held.
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
	return true
}

// wake ends the sleep of a waiter. No mutex need be held.
func (c *cond) wake() { futexWake(&c.number, 1) }
