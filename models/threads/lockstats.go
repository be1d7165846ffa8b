package threads

import "time"

// Stats count what happened to the global interpreter lock in one Run.
type Stats struct {
	Switches  uint64 // times a thread took it that had not held it last
	Forced    uint64 // times it was let go at a checkpoint: on request, or under gil=ticks when the ticks had run out
	Voluntary uint64 // times it was let go around something that may block
	Requests  uint64 // times a waiter asked for it after a whole interval

	Waits     Waits  // of all threads
	LongestBy string // the task that waited longest, the first of them
	Holder    string // the task that holds it now; empty if none does
}

// Waits are the times that a thread found the interpreter lock held when it
// wanted it.
type Waits struct {
	Count   uint64
	Total   time.Duration // a wait in progress is not in it
	Longest time.Duration
}

// add counts one wait and reports whether it is the longest yet.
func (w *Waits) add(d time.Duration) (longest bool) {
	longest = d > w.Longest
	w.Count++
	w.Total += d
	w.Longest = max(w.Longest, d)
	return longest
}

// beginWait notes that t has found the lock held. g.mu is held.
func (g *gil) beginWait(t *Task) (begin time.Time) {
	g.record(t, WaitBegun)
	return time.Now()
}

// endWait notes that t goes on. g.mu is held.
func (g *gil) endWait(t *Task, begin time.Time) {
	d := time.Since(begin)
	t.waits.add(d)
	if g.stats.Waits.add(d) {
		g.stats.LongestBy = t.name
	}
	g.record(t, WaitEnded)
}

// snapshot reads the counters.
func (g *gil) snapshot() Stats {
	g.mu.lock()
	defer g.mu.unlock()
	s := g.stats
	if g.locked {
		s.Holder = g.lastHolder.name
	}
	return s
}

// LockWaits are the task's own waits for the interpreter lock so far. Any task
// may ask.
func (t *Task) LockWaits() Waits {
	t.gil.mu.lock()
	defer t.gil.mu.unlock()
	return t.waits
}

// LockWaits are the waits of the task for the interpreter lock so far.
func (h handle) LockWaits() Waits { return h.task.LockWaits() }
