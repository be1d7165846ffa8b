package gil

import (
	"sync/atomic"
	"time"

	"concbench/models/threads/internal/futex"
)

// A lateWake is a wake-up that has been put off. A thread woken by the holder of the
// interpreter lock can do nothing but wait for that lock. If its waker blocks next, as
// in a ping-pong, the kernel has switched to the woken thread and back in vain. So the
// wake-up may wait for the waker's next checkpoint, or until the waker lets the lock
// go, whichever comes first.
//
// A wake-up is put off only while no other thread wants the lock: two threads in the
// same state might otherwise overtake each other. If the waker computes for long
// between two checkpoints, the first interval of the woken thread is shorter by that
// time. So it asks for the lock when it would have asked anyway.
type lateWake struct {
	word     *atomic.Uint32 // the futex of the sleeper; guarded by the lock itself
	since    time.Time
	lateness atomic.Int64 // ns, of the last wake-up that a checkpoint has made up for
}

// Rouse wakes other, which is in a Wait. It ends a call that stands for a call of a C
// function, and is the checkpoint of that call. t holds the interpreter lock.
func (t *ThreadState) Rouse(other *ThreadState) {
	wanted := t.lock.wanted()
	t.lock.expect()
	if other.parker.SetWoken() {
		t.wakeOrPutOff(other.parker.Word(), wanted)
	} else {
		t.Checkpoint()
	}
}

// WakeSoon does the same for the thread that has waited longest on a futex.
func (t *ThreadState) WakeSoon(word *atomic.Uint32) { t.wakeOrPutOff(word, t.lock.wanted()) }

func (t *ThreadState) wakeOrPutOff(word *atomic.Uint32, wanted bool) {
	g := t.lock
	switch {
	case g.kind != on:
	case wanted:
		g.wakeLate()
	default:
		g.late.word, g.late.since = word, time.Now()
		g.breaker.Or(breakWake)
		return
	}
	futex.Wake(word, 1)
	t.Checkpoint()
}

// wanted reports whether a thread waits for the lock, or will as soon as it has woken.
func (g *Lock) wanted() bool { return g.ready.Load() > 0 || g.late.word != nil }

// wakeLate makes up for the wake-up that was put off, if there is one. The waker keeps
// the lock.
func (g *Lock) wakeLate() {
	if word := g.late.take(g); word != nil {
		g.late.lateness.Store(int64(time.Since(g.late.since)))
		futex.Wake(word, 1)
	}
}

// take empties w. It returns the futex of the thread that has still to be woken, or
// nil.
func (w *lateWake) take(g *Lock) *atomic.Uint32 {
	word := w.word
	if word != nil {
		w.word = nil
		g.breaker.And(^uint32(breakWake))
	}
	return word
}

// takeLateness is how much earlier the thread that begins to wait now would have begun
// if its wake-up had not been put off. No other thread wanted the lock then, so it is
// the first to wait since.
func (g *Lock) takeLateness() time.Duration { return time.Duration(g.late.lateness.Swap(0)) }
