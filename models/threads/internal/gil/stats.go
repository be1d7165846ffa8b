package gil

import (
	"fmt"
	"time"
)

// Stats count what happened to the interpreter lock in one run.
type Stats struct {
	Switches  uint64 // times a thread took it that had not held it last
	Forced    uint64 // times it was let go at a checkpoint: on request, or under gil=ticks when the ticks had run out
	Voluntary uint64 // times it was let go around something that may block
	Requests  uint64 // times a waiter asked for it after a whole interval

	Waits     Waits    // of all threads
	LongestBy Identity // the thread that waited longest, the first of them
	Holder    Identity // the thread that holds it now; zero if none does
}

// An Identity tells a thread from all others that use the same interpreter lock. The
// zero Identity is no thread's.
type Identity struct {
	Ident int64  // the number of the thread, from 1
	Name  string // which other threads may share
}

// String gives a name and a number, such as "worker (3)".
func (i Identity) String() string {
	if i == (Identity{}) {
		return "no thread"
	}
	return fmt.Sprintf("%s (%d)", i.Name, i.Ident)
}

func (t *ThreadState) identity() Identity { return Identity{t.Ident(), t.Name()} }

// Waits count the times that a thread found the interpreter lock held when it wanted
// it.
type Waits struct {
	Count   uint64
	Total   time.Duration // without a wait in progress
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
func (g *Lock) beginWait(t *ThreadState) (begin time.Time) {
	g.record(t, WaitBegun)
	return time.Now()
}

// endWait notes that t waits no more. g.mu is held.
func (g *Lock) endWait(t *ThreadState, begin time.Time) {
	d := time.Since(begin)
	t.waits.add(d)
	if g.stats.Waits.add(d) {
		g.stats.LongestBy = t.identity()
	}
	g.record(t, WaitEnded)
}

// Stats are the counts so far. Any goroutine may ask.
func (g *Lock) Stats() Stats {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.stats
	if g.locked {
		s.Holder = g.lastHolder.identity()
	}
	return s
}
