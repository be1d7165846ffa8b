package coroutine

import "time"

// asyncio asks the selector and the clock in every round. That is nothing
// beside a step of Python; here a task that yields goes round in a hundred
// nanoseconds, and a system call would cost more than the round.
//
// So while handles are ready, the loop asks after at most maxHandlesUnasked of
// them, and more often when they are slow: a stretch that took longer than
// longStretch, or that the loop spent waiting, is followed by one of a single
// handle, from where stretches double again. So when handles suddenly become
// slow, timers and descriptors are late by at most maxHandlesUnasked of these
// handles, once. A new timer, a new wait for a descriptor and a call from
// another thread have the very next round ask.
const (
	maxHandlesUnasked = 64
	longStretch       = 50 * time.Microsecond
)

// pacing is when to ask next.
type pacing struct {
	left    int           // handles to run before; zero or less: ask now
	stretch int           // handles in this stretch
	since   time.Duration // time of the last question
	again   bool          // a level-triggered descriptor is ready: ask in the next round too
}

// now has the next round ask.
func (p *pacing) now() { p.left = 0 }

// asked notes that the loop has asked, and plans the next time.
func (p *pacing) asked(now time.Duration) {
	if now-p.since > longStretch {
		p.stretch = 0
	}
	p.since = now
	p.stretch = min(max(1, 2*p.stretch), maxHandlesUnasked)
	p.left = p.stretch
	if p.again {
		p.left, p.again = 0, false
	}
}

// rest notes that there is nothing to ask for.
func (p *pacing) rest() { p.left = maxHandlesUnasked }
