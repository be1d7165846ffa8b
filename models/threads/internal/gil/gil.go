package gil

import (
	"fmt"
	"sync/atomic"
	"time"

	"concbench/models/threads/internal/futex"
	"concbench/models/threads/internal/kernel"
)

// A Lock is the global interpreter lock of CPython 3.2 to 3.11, after the algorithm
// of its ceval_gil:
//
//   - The lock is a boolean under a mutex. A thread that finds it set waits on a
//     condition, one interval at a time.
//   - When an interval has passed, the lock is still held, and it has not changed
//     hands meanwhile, the waiter sets the drop request. Any change of hands starts
//     the interval again.
//   - The holder looks at the request where a bytecode would end: Checkpoint. It
//     then lets the lock go, signals one waiter, and waits until another thread has
//     taken the lock, so that it cannot win it straight back.
//   - A holder that is about to block lets the lock go unasked. It then waits for
//     no other thread, unless it was asked meanwhile.
//
// There is no queue and no hand-off: a newcomer that finds the lock free takes it
// before a waiter that has been signalled and is still waking up. That makes the
// convoy of I/O threads behind a busy one.
//
// Conditions are signalled while their mutexes are held, as in CPython. That costs
// two switches of the kernel when the woken thread runs at once, and it decides
// races. By the time the waiter owns the mutex, the thread that dropped the GIL is
// usually asleep. It therefore often misses the next release.
//
// Two things are not CPython's. Threads that want the lock are counted, so that a
// yield can be sure to switch. And a thread that could do nothing but wait for the
// lock may be woken a little later: see wakeup.go.
//
// Under gil=ticks the lock is Python 2's, in ticks.go; under gil=off there is none.
type Lock struct {
	breaker  atomic.Uint32 // why a Checkpoint has to do something, CPython's eval_breaker
	ready    atomic.Int32  // threads that want the lock, also those still on their way to it
	kind     kind
	interval time.Duration
	timeline *Timeline // nil: nothing is recorded

	mu         futex.Mutex
	cond       futex.Cond // the lock was let go
	locked     bool
	lastHolder *ThreadState
	stats      Stats // Stats.Switches is the algorithm's switch_number

	// A thread that drops on request waits here until another takes the lock. Both
	// mutexes are held when lastHolder changes.
	switchMu   futex.Mutex
	switchCond futex.Cond

	late   lateWake // guarded by the lock itself
	ticker ticker

	finalizer atomic.Pointer[ThreadState] // the only thread that may still run, or nil
	entered   atomic.Int64                // threads that have ever entered
}

// Reasons in Lock.breaker.
const (
	breakRequest = 1 << iota // CPython's gil_drop_request
	breakWake                // a wake-up was put off
	breakTick                // always set under gil=ticks
	breakFinal               // an interpreter is finalised: its daemons have to end
)

// Init sets up a lock.
func (g *Lock) Init(o Options) {
	g.kind, g.interval = o.kind, o.interval
	if g.kind == ticks {
		g.ticker.every, g.ticker.left = o.ticks, o.ticks
		g.breaker.Store(breakTick)
	}
}

// take waits until t holds the lock.
func (g *Lock) take(t *ThreadState) {
	g.expect()
	g.takeReady(t)
}

// expect counts a thread as ready. That thread has to call takeReady.
func (g *Lock) expect() {
	if g.kind != off {
		g.ready.Add(1)
	}
}

// takeReady is take for a thread that is counted as ready.
func (g *Lock) takeReady(t *ThreadState) {
	switch g.kind {
	case off:
		return
	case ticks:
		g.takeTicks(t)
		return
	}
	g.mu.Lock()
	if g.locked {
		g.await(t)
	}
	g.ready.Add(-1)
	g.switchMu.Lock()
	g.becomeHolder(t)
	g.switchCond.Signal()
	g.switchMu.Unlock()
	g.breaker.And(^uint32(breakRequest))
	g.mu.Unlock()
}

// await waits until no thread holds the lock. g.mu is held.
func (g *Lock) await(t *ThreadState) {
	begin := g.beginWait(t)
	patience := g.interval - g.takeLateness()
	for g.locked {
		seen := g.stats.Switches
		if timedOut := g.cond.Wait(&g.mu, max(patience, 1)); timedOut {
			g.request(t, seen)
		}
		patience = g.interval
	}
	g.endWait(t, begin)
}

// request asks the holder for the lock after a whole interval. It does nothing if
// the lock is free or has changed hands since seen, the count of switches at the
// beginning of the interval. g.mu is held.
func (g *Lock) request(t *ThreadState, seen uint64) {
	if g.locked && g.stats.Switches == seen {
		g.stats.Requests++
		g.record(t, Requested)
		g.breaker.Or(breakRequest)
	}
}

// becomeHolder gives both kinds of lock to t. g.mu is held.
func (g *Lock) becomeHolder(t *ThreadState) {
	g.locked = true
	if g.lastHolder != t {
		g.lastHolder = t
		g.stats.Switches++
	}
	g.record(t, Taken)
}

// drop lets the lock go because t is about to block. If a waiter has asked for the
// lock meanwhile, the rule of forced switching applies here too.
func (g *Lock) drop(t *ThreadState) {
	if g.kind == off {
		return
	}
	g.lockAsHolder(t)
	g.stats.Voluntary++
	g.dropLocked(t, Dropped)
}

// check acts on the reasons that a Checkpoint has found.
func (g *Lock) check(t *ThreadState) {
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

// switchOnRequest lets the lock go because a waiter has asked for it, and takes it
// again after another thread.
func (g *Lock) switchOnRequest(t *ThreadState) {
	g.lockAsHolder(t)
	g.stats.Forced++
	g.switchLocked(t, Forced)
}

// yield switches to a thread that wants the lock, if there is one, as if that thread
// had asked for it. CPython's sleep(0) promises less: its thread may win the lock
// straight back. The contract in package models asks for the promise.
func (g *Lock) yield(t *ThreadState) (yielded bool) {
	if g.kind == off || g.ready.Load() == 0 {
		return false
	}
	if g.kind == ticks {
		return g.yieldTicks(t)
	}
	g.lockAsHolder(t)
	g.stats.Voluntary++
	g.breaker.Or(breakRequest)
	g.switchLocked(t, Dropped)
	return true
}

// yieldProcessor lets the lock go and gives the processor away. t counts as ready all the
// while, so that a yield of the thread that takes the lock next is sure to come back to t.
func (g *Lock) yieldProcessor(t *ThreadState) {
	g.expect()
	g.drop(t)
	kernel.Yield()
	g.takeReady(t)
}

// switchLocked is the common part of switchOnRequest and yield. g.mu is held, and let
// go. All the while t counts as ready.
func (g *Lock) switchLocked(t *ThreadState, how LockEventKind) {
	g.expect()
	g.dropLocked(t, how)
	g.takeReady(t)
}

// isHolder reports whether t holds the lock. g.mu is held.
func (g *Lock) isHolder(t *ThreadState) bool { return g.locked && g.lastHolder == t }

// lockAsHolder locks g.mu for t, which has to hold the interpreter lock. If it does
// not, some thread uses the task or connection of another. To go on would let two
// threads run, so it panics.
func (g *Lock) lockAsHolder(t *ThreadState) {
	g.mu.Lock()
	if !g.isHolder(t) {
		g.mu.Unlock()
		panic(fmt.Sprintf("threads: %q does not hold the interpreter lock: is its handle, "+
			"or a connection that belongs to it, used by another thread? See MoveTo", t.Name()))
	}
}

// dropLocked is the common part of all ways to let the lock go. g.mu is held, and
// let go.
func (g *Lock) dropLocked(t *ThreadState, how LockEventKind) {
	g.record(t, how)
	late := g.late.take(g)
	g.locked = false
	g.cond.Signal()
	g.mu.Unlock()
	if g.kind == ticks {
		g.ticker.lock.Unlock()
		return
	}
	if late != nil {
		futex.Wake(late, 1)
	}
	if g.breaker.Load()&breakRequest != 0 {
		g.awaitSwitch(t)
	}
}

// awaitSwitch is the rule of forced switching: it waits until a thread other than t
// has taken the lock. That thread signals.
func (g *Lock) awaitSwitch(t *ThreadState) {
	g.switchMu.Lock()
	if g.lastHolder == t {
		g.breaker.And(^uint32(breakRequest))
		g.switchCond.Wait(&g.switchMu, 0)
	}
	g.switchMu.Unlock()
}
