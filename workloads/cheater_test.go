package workloads

import (
	"fmt"
	"sync/atomic"
	"time"

	"concbench/models"
)

// A cheat says how a cheater departs from the contract.
type cheat struct {
	all         bool // what else befalls every second task befalls all
	skipStarts  bool // every second task never runs
	runTwice    bool // every second task runs twice
	loose       bool // every second task runs in Block, where nothing excludes it
	limited     bool // every second task cannot be started; this is no cheat, but what a full machine does
	earlyJoins  bool // Join does not wait
	wakeEarly   bool // sleeps last half their time
	emptyYields bool // yields return at once
	skipBlocks  bool // blocking calls are not made
	blockTwice  bool // or made twice
	lateBlocks  bool // or not waited for
	freePermits bool // semaphores never wait
	openEvents  bool // waits for events return at once, for all but the first task
	openDoors   bool // a barrier holds up only the first task
	noPins      bool // a task that is pinned is where it was
	spoilBytes  bool // the last byte of a large read is wrong
	cachedPages bool // pages come from a copy and not from the server

	claims *models.Traits // what the model says of itself
}

// A cheater is a model that cheats.
type cheater struct {
	models.Model
	cheat  cheat
	starts atomic.Int64
}

func (c *cheater) Traits() models.Traits {
	if c.cheat.claims != nil {
		return *c.cheat.claims
	}
	return c.Model.Traits()
}

func (c *cheater) Run(main func(models.Task) error) error {
	return c.Model.Run(func(t models.Task) error { return main(cheatingTask{t, c, true}) })
}

type cheatingTask struct {
	models.Task
	*cheater
	main bool
}

// honest is the model's own task, which its primitives need.
func honest(t models.Task) models.Task { return t.(cheatingTask).Task }

func (t cheatingTask) Start(name string, body func(models.Task) error) models.Handle {
	chosen := t.cheat.all || t.starts.Add(1)%2 == 0
	h := &cheatingHandle{cheat: &t.cheat}
	h.Handle = t.Task.Start(name, func(inner models.Task) error {
		task := cheatingTask{inner, t.cheater, false}
		switch {
		case !chosen:
		case t.cheat.skipStarts:
			return nil
		case t.cheat.limited:
			return fmt.Errorf("no thread left: %w", models.ErrLimit)
		case t.cheat.loose:
			return inner.Block(func() error { return body(looseTask{task, &h.cancelled}) })
		case t.cheat.runTwice:
			if err := body(task); err != nil {
				return err
			}
		}
		return body(task)
	})
	return h
}

func (t cheatingTask) Sleep(d time.Duration) error {
	if t.cheat.wakeEarly {
		d /= 2
	}
	return t.Task.Sleep(d)
}

func (t cheatingTask) Yield() error {
	if t.cheat.emptyYields {
		return nil
	}
	return t.Task.Yield()
}

func (t cheatingTask) Block(f func() error) error {
	switch {
	case t.cheat.skipBlocks:
		return nil
	case t.cheat.blockTwice:
		if err := t.Task.Block(f); err != nil {
			return err
		}
	case t.cheat.lateBlocks:
		t.Task.Start("late", func(t models.Task) error { return t.Block(f) })
		return nil
	}
	return t.Task.Block(f)
}

func (t cheatingTask) Pin(cpu int) error {
	p, ok := t.Task.(models.Pinner)
	if !ok || t.cheat.noPins {
		return nil
	}
	return p.Pin(cpu)
}

// A looseTask is one whose body runs in a blocking call, where it may not use the
// task's own methods.
type looseTask struct {
	cheatingTask
	cancelled *atomic.Bool
}

func (t looseTask) Yield() error    { return nil }
func (t looseTask) Checkpoint()     {}
func (t looseTask) Cancelled() bool { return t.cancelled.Load() }

func (t looseTask) Sleep(d time.Duration) error {
	time.Sleep(d)
	return nil
}

type cheatingHandle struct {
	models.Handle
	cheat     *cheat
	cancelled atomic.Bool
}

func (h *cheatingHandle) Join(t models.Task) error {
	if h.cheat.earlyJoins {
		return nil
	}
	return h.Handle.Join(honest(t))
}

func (h *cheatingHandle) Cancel() {
	h.cancelled.Store(true)
	if !h.cheat.loose {
		h.Handle.Cancel()
	}
}
