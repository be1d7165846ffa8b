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
// Two things are not CPython's. It signals its conditions while it holds their
// mutexes; here the mutexes are free by then, which saves two switches of the
// kernel when the woken thread runs at once. And threads that want the lock are
// counted, so that a yield can be sure to switch.
type gil struct {
	dropRequest atomic.Bool  // looked at in every Checkpoint
	off         bool         // free-threaded: take and drop do nothing
	ready       atomic.Int32 // threads that want the lock, also those still on their way to it
	interval    time.Duration

	mu     mutex
	cond   cond // the lock was let go
	locked bool
	stats  Stats // of which Switches is the algorithm's switch_number

	// A thread that drops on request waits here for somebody to take the lock.
	// Both mutexes are held when lastHolder changes.
	switchMu   mutex
	switchCond cond
	lastHolder *Task
}

// Stats count what happened to the global interpreter lock in one Run.
type Stats struct {
	Switches  uint64 // times a thread took it that had not held it last
	Forced    uint64 // times it was let go on request, at a checkpoint
	Voluntary uint64 // times it was let go around something that may block
	Requests  uint64 // times a waiter asked for it after a whole interval
	Waits     uint64 // times a thread found it held when it wanted it
}

// take waits until t holds the lock.
func (g *gil) take(t *Task) {
	g.expect()
	g.takeReady(t)
}

// expect counts a thread as ready, which then has to call takeReady.
func (g *gil) expect() {
	if !g.off {
		g.ready.Add(1)
	}
}

// takeReady is take for a thread that is counted as ready.
func (g *gil) takeReady(t *Task) {
	if g.off {
		return
	}
	g.mu.lock()
	if g.locked {
		g.stats.Waits++
	}
	for g.locked {
		seen := g.stats.Switches
		if timedOut := g.cond.wait(&g.mu, g.interval); timedOut {
			g.request(seen)
		}
	}
	g.ready.Add(-1)
	g.switchMu.lock()
	g.locked = true
	if g.lastHolder != t {
		g.lastHolder = t
		g.stats.Switches++
	}
	waiting := g.switchCond.signal()
	g.switchMu.unlock()
	g.dropRequest.Store(false)
	g.mu.unlock()
	if waiting {
		g.switchCond.wake()
	}
}

// request asks the holder for the lock after a whole interval, unless the lock is
// free or has changed hands since the count of switches was seen. g.mu is held.
func (g *gil) request(seen uint64) {
	if g.locked && g.stats.Switches == seen {
		g.stats.Requests++
		g.dropRequest.Store(true)
	}
}

// drop lets the lock go because t is about to block. If a waiter has asked for
// the lock meanwhile, the rule of forced switching holds here too.
func (g *gil) drop(t *Task) {
	if g.off {
		return
	}
	g.lockAsHolder(t)
	g.stats.Voluntary++
	g.dropLocked(t)
}

// switchOnRequest lets the lock go because a waiter has asked for it, and takes
// it again after another thread.
func (g *gil) switchOnRequest(t *Task) {
	g.lockAsHolder(t)
	g.stats.Forced++
	g.switchLocked(t)
}

// yield switches to a thread that wants the lock, if there is one, as if that
// thread had asked for it. CPython's own sleep(0) promises less: its thread may
// win the lock straight back. [models.Task] wants the promise.
func (g *gil) yield(t *Task) (yielded bool) {
	if g.off || g.ready.Load() == 0 {
		return false
	}
	g.lockAsHolder(t)
	g.stats.Voluntary++
	g.dropRequest.Store(true)
	g.switchLocked(t)
	return true
}

// switchLocked does the work of both, with g.mu held, and lets g.mu go. All the
// while t is ready to run.
func (g *gil) switchLocked(t *Task) {
	g.expect()
	g.dropLocked(t)
	g.takeReady(t)
}

// lockAsHolder locks g.mu. That t does not hold the interpreter lock means that a
// thread uses another's task or connection; to go on would let two threads run.
func (g *gil) lockAsHolder(t *Task) {
	g.mu.lock()
	if !g.locked || g.lastHolder != t {
		g.mu.unlock()
		panic(fmt.Sprintf("threads: task %q does not hold the interpreter lock: "+
			"is it, or a connection that belongs to it, used by another task? See MoveTo", t.name))
	}
}

// dropLocked does the work of drop, with g.mu held, and lets g.mu go.
func (g *gil) dropLocked(t *Task) {
	g.locked = false
	waiting := g.cond.signal()
	g.mu.unlock()
	if waiting {
		g.cond.wake()
	}
	if !g.dropRequest.Load() {
		return
	}
	g.switchMu.lock()
	if g.lastHolder == t {
		g.dropRequest.Store(false)
		g.switchCond.wait(&g.switchMu, 0)
	}
	g.switchMu.unlock()
}

// snapshot reads the counters.
func (g *gil) snapshot() Stats {
	g.mu.lock()
	defer g.mu.unlock()
	return g.stats
}
