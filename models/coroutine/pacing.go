package coroutine

import "time"

// asyncio asks the selector and the clock in every round. That is nothing
// beside a step of Python; here a task that yields goes round in a hundred
// nanoseconds, and a system call would cost more than the round.
//
// So while handles are ready, the loop asks after at most maxHandlesUnasked of
// them, and more often when they are slow: a stretch that lasted longer than
// longStretch, or a wait for the kernel, is followed by a round that asks, from
// where the stretches double again. A handle that is much slower than those before it can
// so delay timers and descriptors by maxHandlesUnasked times its length, once.
// A new timer, a new wait for a descriptor or a call from another thread is
// looked at in the very next round.
const (
	maxHandlesUnasked = 64
	longStretch       = 50 * time.Microsecond
)

// pacing is when to ask next.
type pacing struct {
	left    int           // handles to run before; zero or less: ask now
	stretch int           // handles in this stretch
	since   time.Duration // time of the last question
}

// now has the next round ask.
func (p *pacing) now() { p.left = 0 }

// idle notes that the loop has waited for the kernel.
func (p *pacing) idle() { p.stretch = 0 }

// asked notes that the loop has asked, and plans the next time.
func (p *pacing) asked(now time.Duration) {
	if now-p.since > longStretch {
		p.stretch = 0
	}
	p.since = now
	p.stretch = min(max(1, 2*p.stretch), maxHandlesUnasked)
	p.left = p.stretch
}

// rest notes that there is nothing to ask for.
func (p *pacing) rest() { p.left = maxHandlesUnasked }
