package threads

import (
	"sync/atomic"
	"time"
)

// A lateWake is a wake-up that was put off. A thread that is woken by the holder
// of the interpreter lock can do nothing but wait for that lock; if its waker
// blocks next, as in a ping-pong, the kernel has switched to it and back in vain.
// So the wake-up may wait for the waker's next checkpoint, or until it lets the
// lock go, whichever comes first.
//
// It is put off only while nobody else wants the lock, since two threads in the
// same state might otherwise overtake each other. And if the waker computes for
// long between two checkpoints, the first interval of the woken thread is shorter
// by that time, so that it asks for the lock when it would have asked anyway.
type lateWake struct {
	word     *atomic.Uint32 // the futex of the sleeper; guarded by the lock itself
	since    time.Time
	lateness atomic.Int64 // ns, of the last one that a checkpoint made up for
}

// rouse wakes other, which waits in its parker, at the end of a call that stands
// for a call of a C function, and is the checkpoint of that call. t holds the
// interpreter lock.
func (t *Task) rouse(other *Task) {
	wanted := t.gil.wanted()
	t.gil.expect()
	if other.setWoken() {
		t.wakeOrPutOff(&other.state, wanted)
	} else {
		t.Checkpoint()
	}
}

// wakeSoon does the same for the thread that has waited longest on a futex.
func (t *Task) wakeSoon(word *atomic.Uint32) { t.wakeOrPutOff(word, t.gil.wanted()) }

func (t *Task) wakeOrPutOff(word *atomic.Uint32, wanted bool) {
	g := t.gil
	switch {
	case g.kind != gilOn:
	case wanted:
		g.wakeLate()
	default:
		g.late.word, g.late.since = word, time.Now()
		g.breaker.Or(breakWake)
		return
	}
	futexWake(word, 1)
	t.Checkpoint()
}

// wanted reports whether a thread is waiting for the lock, or will be as soon as
// it has woken.
func (g *gil) wanted() bool { return g.ready.Load() > 0 || g.late.word != nil }

// wakeLate wakes the thread whose wake-up was put off, if there is one, while its
// waker keeps the lock.
func (g *gil) wakeLate() {
	if word := g.late.take(g); word != nil {
		g.late.lateness.Store(int64(time.Since(g.late.since)))
		futexWake(word, 1)
	}
}

// take empties w and returns the futex of the thread that still has to be woken,
// or nil.
func (w *lateWake) take(g *gil) *atomic.Uint32 {
	word := w.word
	if word != nil {
		w.word = nil
		g.breaker.And(^uint32(breakWake))
	}
	return word
}

// takeLateness is how long ago the thread that begins to wait now would have begun
// if its wake-up had not been put off. Since nobody else wanted the lock then,
// it is the first to come after that.
func (g *gil) takeLateness() time.Duration { return time.Duration(g.late.lateness.Swap(0)) }
