package futex

import (
	"sync/atomic"
	"time"
)

// A Cond is a condition variable. It keeps the number of the last signal, which
// its waiters watch as a futex, and the count of signals that no waiter has used
// yet. One [Mutex] belongs to it; every caller holds that mutex.
//
// As in the C library, each signal releases one of the threads that were waiting
// when it was sent. That need not be the thread that the kernel wakes: a waiter
// that is not asleep yet is faster. Under the interpreter lock the faster one is
// often the thread whose interval has just passed and who has asked for the lock;
// the woken thread then goes back to sleep.
type Cond struct {
	number  atomic.Uint32 // of the last signal
	unused  atomic.Uint32
	waiters int // guarded by the mutex
}

// Wait unlocks m, waits for a signal sent after that, and locks m again. A
// timeout above 0 ends the wait too.
func (c *Cond) Wait(m *Mutex, timeout time.Duration) (timedOut bool) {
	seen := c.number.Load()
	c.waiters++
	m.Unlock()
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
		timedOut = Wait(&c.number, seen, timeout)
	}
	m.Lock()
	c.waiters--
	c.forget()
	return timedOut
}

// use consumes a signal, if there is one.
func (c *Cond) use() bool {
	for n := c.unused.Load(); n > 0; n = c.unused.Load() {
		if c.unused.CompareAndSwap(n, n-1) {
			return true
		}
	}
	return false
}

// forget drops signals until there are no more of them than waiters.
func (c *Cond) forget() {
	for n := c.unused.Load(); int(n) > c.waiters; n = c.unused.Load() {
		c.unused.CompareAndSwap(n, n-1)
	}
}

// Signal releases one waiter and reports whether there is one. It wakes the waiter
// while the mutex is held, as CPython's callers of pthread_cond_signal do; a
// waiter that runs at once goes back to sleep until the mutex is free.
//
// A waiter that has used its signal still counts until it owns the mutex. So there
// may be one signal too many, and every signal is announced all the same.
func (c *Cond) Signal() (waiting bool) {
	if c.waiters == 0 {
		return false
	}
	c.unused.Add(1)
	c.forget()
	c.number.Add(1)
	Wake(&c.number, 1)
	return true
}

// Waiting is the number of waiters.
func (c *Cond) Waiting() int { return c.waiters }
