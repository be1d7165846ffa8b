// Package crew keeps count of the threads that share one interpreter lock: the tasks of
// one Model.Run, or the threads of one Interpreter.
//
// A [Crew] has the lock, and says whether there may be one thread more. A thread is
// admitted by its starter, and leaves the crew at its end. procs.go meanwhile keeps the
// Go scheduler out of the way.
package crew

import (
	"concbench/models/threads/internal/futex"
	"concbench/models/threads/internal/gil"
	"concbench/models/threads/limits"
)

// A Crew is the threads that share one interpreter lock.
type Crew struct {
	Lock gil.Lock

	gone  chan struct{} // closed when no thread is left
	probe func() limits.Ceiling

	mu      futex.Mutex
	live    int // threads admitted and not left
	ceiling limits.Ceiling
	probeAt int // live threads at which the limits are read next
}

// unprobed is how many threads a crew may have before the limits are read, which takes
// about half a millisecond. The Go runtime starts as many for itself without asking.
const unprobed = 16

// probeEvery is how many more threads there may be until the limits are read again:
// other programs, and the Go runtime itself, start threads meanwhile.
const probeEvery = 1000

// New makes a crew without threads. probe tells how many threads may be started; nil
// means [limits.System].
func New(o gil.Options, probe func() limits.Ceiling) *Crew {
	if probe == nil {
		probe = limits.System
	}
	c := &Crew{gone: make(chan struct{}), probe: probe, probeAt: unprobed}
	c.Lock.Init(o)
	return c
}

// Admit counts one more live thread. The error is a [*limits.Error] that names it, if
// there can be no more.
func (c *Crew) Admit(name string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.live >= unprobed {
		if err := c.checkCeiling(name); err != nil {
			return err
		}
	}
	c.live++
	procsGrow(c.live)
	return nil
}

func (c *Crew) checkCeiling(name string) error {
	if c.live >= c.probeAt {
		c.ceiling = c.probe()
		c.ceiling.Threads += c.live // the live threads are not new ones
		c.probeAt = c.live + probeEvery
		raiseGoLimit(c.ceiling.Threads)
	}
	return c.ceiling.Check(c.live+1, name)
}

// Leave counts one live thread less. The thread has let the lock go.
func (c *Crew) Leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.live--
	if c.live == 0 {
		close(c.gone)
	}
}

// Wait returns when no thread is left.
func (c *Crew) Wait() { <-c.gone }
