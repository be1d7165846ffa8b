package threads

// A ticker is what the lock of Python 2 has instead of requests: the holder
// counts its checkpoints, and after so many lets the lock go and takes it again
// straight away, whether or not anybody wants it. The lock under it is a plain
// one, which wakes a waiter when it is let go and lets whoever comes first have
// it. On one processor the waiter is often chosen by the kernel; on two it wakes
// to find the lock taken again, thousands of times a second. That is the
// behaviour that CPython 3.2 put an end to.
//
// The count is the lock's and not the thread's, and a thread that blocks does not
// start it again.
type ticker struct {
	lock  mutex
	every int // checkpoints
	left  int // guarded by the lock
}

// tick counts a checkpoint.
func (g *gil) tick(t *Task) {
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
func (g *gil) takeTicks(t *Task) {
	if !g.ticker.lock.tryLock() {
		g.mu.lock()
		begin := g.beginWait(t)
		g.mu.unlock()
		g.ticker.lock.lock()
		g.mu.lock()
		g.endWait(t, begin)
	} else {
		g.mu.lock()
	}
	g.ready.Add(-1)
	g.becomeHolder(t)
	g.mu.unlock()
}

// yieldTicks keeps the promise of yield with a lock that promises nothing: it
// lets go until another thread has had it, or none wants it any more.
func (g *gil) yieldTicks(t *Task) (yielded bool) {
	for seen := g.snapshot().Switches; g.ready.Load() > 0; {
		g.drop(t)
		threadYield()
		g.take(t)
		if g.snapshot().Switches != seen {
			return true
		}
	}
	return false
}
