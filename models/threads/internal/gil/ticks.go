package gil

import "concbench/models/threads/internal/futex"

// A ticker is what the lock of Python 2 has in the place of requests. The holder
// counts its checkpoints. After a fixed number of them it lets the lock go and takes
// it again straight away, whether or not any thread wants it. The lock under it is a
// plain one: it wakes a waiter when it is let go, and belongs to whoever takes it
// first. On one processor the kernel often chooses the waiter. On two the waiter
// wakes to find the lock taken again, thousands of times a second. CPython 3.2 put an
// end to that.
//
// The count is the lock's and not the thread's, and a thread that blocks does not
// start it again.
type ticker struct {
	lock  futex.Mutex
	every int // checkpoints
	left  int // guarded by the lock
}

// tick counts a checkpoint.
func (g *Lock) tick(t *ThreadState) {
	g.ticker.left--
	if g.ticker.left >= 0 {
		return
	}
	g.ticker.left = g.ticker.every
	g.lockAsHolder(t)
	g.stats.Forced++
	g.switchLocked(t, Forced)
}

// takeTicks is takeReady for this lock.
func (g *Lock) takeTicks(t *ThreadState) {
	if !g.ticker.lock.TryLock() {
		g.mu.Lock()
		begin := g.beginWait(t)
		g.mu.Unlock()
		g.ticker.lock.Lock()
		g.mu.Lock()
		g.endWait(t, begin)
	} else {
		g.mu.Lock()
	}
	g.ready.Add(-1)
	g.becomeHolder(t)
	g.mu.Unlock()
}

// yieldTicks keeps the promise of yield with a lock that promises nothing: it lets go
// until another thread has had the lock, or none wants it any more.
func (g *Lock) yieldTicks(t *ThreadState) (yielded bool) {
	for seen := g.Stats().Switches; g.ready.Load() > 0; {
		g.yieldProcessor(t)
		if g.Stats().Switches != seen {
			return true
		}
	}
	return false
}
