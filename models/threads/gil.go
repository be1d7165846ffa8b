package threads

import (
	"fmt"
	"sync/atomic"
	"time"
)

// A gil is the global interpreter lock of CPython 3.2 to 3.11, after the
// algorithm of its ceval_gil:
//
//   - The lock is a boolean under a mutex. A thread that finds it set waits on a
//     condition, one interval at a time.
//   - When an interval has passed, the lock is still held, and it has not
//     changed hands meanwhile, the waiter sets the drop request. Any change of
//     hands starts the interval again.
//   - The holder looks at the request where a bytecode would end: Checkpoint. It
//     then lets the lock go, signals one waiter, and waits until another thread
//     has taken the lock, so that it cannot win it straight back.
//   - A holder that is about to block lets the lock go unasked, and then waits for
//     nobody, unless it was asked meanwhile.
//
// There is no queue and no hand-off: a newcomer that finds the lock free takes
// it before a waiter that has been signalled and is still waking up. That is
// what makes the convoy of I/O threads behind a busy one.
//
// Conditions are signalled while their mutexes are held, as CPython does. That
// costs two switches of the kernel when the woken thread runs at once, and it
// decides races: a thread that drops on request is mostly asleep by the time that
// the waiter has got the mutex, and so more often too late for the moment in which
// the waiter's next call lets the lock go.
//
// Two things are not CPython's. Threads that want the lock are counted, so that
// a yield can be sure to switch. And a thread that could do nothing but wait for
// the lock may be woken a little later: see wakeup.go.
//
// Under gil=ticks the lock is Python 2's, in ticks.go; under gil=off there is none.
type gil struct {
	breaker  atomic.Uint32 // why a Checkpoint has to do something, CPython's eval_breaker
	ready    atomic.Int32  // threads that want the lock, also those still on their way to it
	kind     gilKind
	interval time.Duration
	timeline *Timeline // nil: nobody has asked for one

	mu         mutex
	cond       cond // the lock was let go
	locked     bool
	lastHolder *Task
	stats      Stats // of which Switches is the algorithm's switch_number

	// A thread that drops on request waits here for somebody to take the lock.
	// Both mutexes are held when lastHolder changes.
	switchMu   mutex
	switchCond cond

	late   lateWake // guarded by the lock itself
	ticker ticker
}

// Reasons in gil.breaker.
const (
	breakRequest = 1 << iota // CPython's gil_drop_request
	breakWake                // a wake-up was put off
	breakTick                // under gil=ticks, always
	breakFinal               // an interpreter is finalised: its daemons have to end
)

func (g *gil) init(o options, timeline *Timeline) {
	g.kind, g.interval, g.timeline = o.gil, o.interval, timeline
	if g.kind == gilTicks {
		g.ticker.every, g.ticker.left = o.ticks, o.ticks
		g.breaker.Store(breakTick)
	}
}

// take waits until t holds the lock.
func (g *gil) take(t *Task) {
	g.expect()
	g.takeReady(t)
}

// expect counts a thread as ready, which then has to call takeReady.
func (g *gil) expect() {
	if g.kind != gilOff {
		g.ready.Add(1)
	}
}

// takeReady is take for a thread that is counted as ready.
func (g *gil) takeReady(t *Task) {
	switch g.kind {
	case gilOff:
		return
	case gilTicks:
		g.takeTicks(t)
		return
	}
	g.mu.lock()
	if g.locked {
		g.await(t)
	}
	g.ready.Add(-1)
	g.switchMu.lock()
	g.becomeHolder(t)
	g.switchCond.signal()
	g.switchMu.unlock()
	g.breaker.And(^uint32(breakRequest))
	g.mu.unlock()
}

// await waits until nobody holds the lock. g.mu is held.
func (g *gil) await(t *Task) {
	begin := g.beginWait(t)
	patience := g.interval - g.takeLateness()
	for g.locked {
		seen := g.stats.Switches
		if timedOut := g.cond.wait(&g.mu, max(patience, 1)); timedOut {
			g.request(t, seen)
		}
		patience = g.interval
	}
	g.endWait(t, begin)
}

// request asks the holder for the lock after a whole interval, unless the lock is
// free or has changed hands since the count of switches was seen. g.mu is held.
func (g *gil) request(t *Task, seen uint64) {
	if g.locked && g.stats.Switches == seen {
		g.stats.Requests++
		g.record(t, Requested)
		g.breaker.Or(breakRequest)
	}
}

// becomeHolder is what both kinds of lock do when t has got it. g.mu is held.
func (g *gil) becomeHolder(t *Task) {
	g.locked = true
	if g.lastHolder != t {
		g.lastHolder = t
		g.stats.Switches++
	}
	g.record(t, Taken)
}

// drop lets the lock go because t is about to block. If a waiter has asked for
// the lock meanwhile, the rule of forced switching holds here too.
func (g *gil) drop(t *Task) {
	if g.kind == gilOff {
		return
	}
	g.lockAsHolder(t)
	g.stats.Voluntary++
	g.dropLocked(t, Dropped)
}

// check does what a Checkpoint has found a reason for.
func (g *gil) check(t *Task) {
	reasons := g.breaker.Load()
	if reasons&breakWake != 0 {
		g.wakeLate()
	}
	if reasons&breakTick != 0 {
		g.tick(t)
	}
	if reasons&breakRequest != 0 {
		g.switchOnRequest(t)
	}
}

// switchOnRequest lets the lock go because a waiter has asked for it, and takes
// it again after another thread.
func (g *gil) switchOnRequest(t *Task) {
	g.lockAsHolder(t)
	g.stats.Forced++
	g.switchLocked(t, Forced)
}

// yield switches to a thread that wants the lock, if there is one, as if that
// thread had asked for it. CPython's own sleep(0) promises less: its thread may
// win the lock straight back. [models.Task] wants the promise.
func (g *gil) yield(t *Task) (yielded bool) {
	if g.kind == gilOff || g.ready.Load() == 0 {
		return false
	}
	if g.kind == gilTicks {
		return g.yieldTicks(t)
	}
	g.lockAsHolder(t)
	g.stats.Voluntary++
	g.breaker.Or(breakRequest)
	g.switchLocked(t, Dropped)
	return true
}

// switchLocked does the work of both, with g.mu held, and lets g.mu go. All the
// while t is ready to run.
func (g *gil) switchLocked(t *Task, how LockEventKind) {
	g.expect()
	g.dropLocked(t, how)
	g.takeReady(t)
}

// heldBy reports whether t holds the lock; without one nobody does.
func (g *gil) heldBy(t *Task) bool {
	if g.kind == gilOff {
		return false
	}
	g.mu.lock()
	defer g.mu.unlock()
	return g.isHolder(t)
}

// isHolder is heldBy with g.mu held.
func (g *gil) isHolder(t *Task) bool { return g.locked && g.lastHolder == t }

// lockAsHolder locks g.mu. That t does not hold the interpreter lock means that a
// thread uses another's task or connection; to go on would let two threads run.
func (g *gil) lockAsHolder(t *Task) {
	g.mu.lock()
	if !g.isHolder(t) {
		g.mu.unlock()
		panic(fmt.Sprintf("threads: task %q does not hold the interpreter lock: "+
			"is it, or a connection that belongs to it, used by another task? See MoveTo", t.name))
	}
}

// dropLocked does the work of drop, with g.mu held, and lets g.mu go.
func (g *gil) dropLocked(t *Task, how LockEventKind) {
	g.record(t, how)
	late := g.late.take(g)
	g.locked = false
	g.cond.signal()
	g.mu.unlock()
	if g.kind == gilTicks {
		g.ticker.lock.unlock()
		return
	}
	if late != nil {
		futexWake(late, 1)
	}
	if g.breaker.Load()&breakRequest != 0 {
		g.awaitSwitch(t)
	}
}

// awaitSwitch waits until another thread than t has taken the lock: the rule of
// forced switching. Whoever takes it signals.
func (g *gil) awaitSwitch(t *Task) {
	g.switchMu.lock()
	if g.lastHolder == t {
		g.breaker.And(^uint32(breakRequest))
		g.switchCond.wait(&g.switchMu, 0)
	}
	g.switchMu.unlock()
}
