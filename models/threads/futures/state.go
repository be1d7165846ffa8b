package futures

import (
	"fmt"
	"slices"
	"sync/atomic"

	"concbench/models"
	"concbench/models/threads/threading"
)

// A State is a part of a future's life.
type State int

const (
	Pending State = iota
	Running
	Cancelled            // the pool has not told Wait and AsCompleted yet
	CancelledAndNotified // the pool has told them
	Finished
)

// String is CPython's name of the state.
func (s State) String() string {
	names := []string{"PENDING", "RUNNING", "CANCELLED", "CANCELLED_AND_NOTIFIED", "FINISHED"}
	if s >= 0 && int(s) < len(names) {
		return names[s]
	}
	return fmt.Sprintf("State(%d)", int(s))
}

// A core is a future without its result.
type core struct {
	serial uint64 // the order in which several futures are locked
	cond   *threading.Condition

	// cond's lock guards what follows.
	state     State
	err       error
	waiters   []*waiter
	callbacks []func(t *threading.Thread)
}

var serials atomic.Uint64

func newCore() core {
	return core{serial: serials.Add(1), cond: threading.NewCondition(threading.NewLock())}
}

// A Waitable is a [*Future] with any type of result. A []Waitable holds futures of several
// types for Wait and AsCompleted.
type Waitable interface {
	Cancel(t *threading.Thread) bool
	Cancelled(t *threading.Thread) bool
	Running(t *threading.Thread) bool
	Done(t *threading.Thread) bool

	base() *core // nil for a future that is nil or zero
}

// with calls f with the lock held. The zero Future has no lock.
func (c *core) with(t *threading.Thread, f func() error) error {
	if c.cond == nil {
		return ErrNoFuture
	}
	if err := c.cond.Acquire(t); err != nil {
		return err
	}
	defer c.cond.Release(t)
	return f()
}

// notified is the state that Wait takes for done.
func (c *core) notified() bool { return c.state == CancelledAndNotified || c.state == Finished }

func (c *core) complete() bool { return c.state >= Cancelled }

// outcome is the error of a completed future.
func (c *core) outcome() error {
	if c.state == Finished {
		return c.err
	}
	return ErrCancelled
}

// Cancel cancels the future unless it runs or has finished, and reports whether it is
// cancelled.
func (c *core) Cancel(t *threading.Thread) bool {
	first, cancelled := false, false
	_ = c.with(t, func() error {
		if c.state == Pending {
			c.state, first = Cancelled, true
			c.notifyAll(t)
		}
		cancelled = c.state == Cancelled || c.state == CancelledAndNotified
		return nil
	})
	if first {
		c.invokeCallbacks(t)
	}
	return cancelled
}

// notifyAll cannot fail: the lock is held.
func (c *core) notifyAll(t *threading.Thread) { _ = c.cond.NotifyAll(t) }

// State is the state at this moment.
func (c *core) State(t *threading.Thread) (s State) {
	_ = c.with(t, func() error { s = c.state; return nil })
	return s
}

// Cancelled reports whether the future was cancelled.
func (c *core) Cancelled(t *threading.Thread) bool {
	s := c.State(t)
	return s == Cancelled || s == CancelledAndNotified
}

// Running reports whether the future's call runs.
func (c *core) Running(t *threading.Thread) bool { return c.State(t) == Running }

// Done reports whether the future was cancelled or has finished.
func (c *core) Done(t *threading.Thread) bool { return c.State(t) >= Cancelled }

// SetRunningOrNotifyCancel is for executors. They call it before the future's call, and
// skip that call if it reports false. The error is ErrUnexpectedState if the future runs
// or has finished.
func (c *core) SetRunningOrNotifyCancel(t *threading.Thread) (run bool, err error) {
	err = c.with(t, func() error {
		switch c.state {
		case Cancelled:
			c.tellCancelled(t)
		case Pending:
			c.state, run = Running, true
		default:
			return ErrUnexpectedState
		}
		return nil
	})
	return run, err
}

// notifyCancel is SetRunningOrNotifyCancel for a future that will not run.
func (c *core) notifyCancel(t *threading.Thread) {
	_ = c.with(t, func() error {
		if c.state == Cancelled {
			c.tellCancelled(t)
		}
		return nil
	})
}

// tellCancelled is called with the lock held.
func (c *core) tellCancelled(t *threading.Thread) {
	c.state = CancelledAndNotified
	c.tellWaiters(t)
}

// finish completes the future; set stores its result.
func (c *core) finish(t *threading.Thread, err error, set func()) error {
	failed := c.with(t, func() error {
		if c.complete() {
			return &InvalidStateError{c.state}
		}
		set()
		c.state, c.err = Finished, err
		c.tellWaiters(t)
		c.notifyAll(t)
		return nil
	})
	if failed == nil {
		c.invokeCallbacks(t)
	}
	return failed
}

// SetException completes the future with an error. An err that is nil is ErrNilError.
func (c *core) SetException(t *threading.Thread, err error) error {
	if err == nil {
		return ErrNilError
	}
	return c.finish(t, err, func() {})
}

func (c *core) tellWaiters(t *threading.Thread) {
	for _, w := range c.waiters {
		w.add(t, c)
	}
}

func (c *core) removeWaiter(t *threading.Thread, w *waiter) {
	_ = c.with(t, func() error {
		if i := slices.Index(c.waiters, w); i >= 0 {
			c.waiters = slices.Delete(c.waiters, i, i+1)
		}
		return nil
	})
}

// addCallback calls f at once if the future is done.
func (c *core) addCallback(t *threading.Thread, f func(t *threading.Thread)) {
	now := false
	_ = c.with(t, func() error {
		now = c.complete()
		if !now {
			c.callbacks = append(c.callbacks, f)
		}
		return nil
	})
	if now {
		invoke(t, f)
	}
}

// invokeCallbacks is for the thread that has completed the future: no other touches the
// callbacks any more.
func (c *core) invokeCallbacks(t *threading.Thread) {
	defer func() {
		if len(c.callbacks) > 0 { // the last one has called runtime.Goexit
			c.invokeCallbacks(t)
		}
	}()
	for len(c.callbacks) > 0 {
		f := c.callbacks[0]
		c.callbacks = c.callbacks[1:]
		invoke(t, f)
	}
}

func invoke(t *threading.Thread, f func(t *threading.Thread)) {
	if err := models.Protect(func() error { f(t); return nil }); err != nil {
		report(t, "exception calling callback for a future", err)
	}
}
