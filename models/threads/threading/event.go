package threading

import (
	"sync/atomic"
	"time"
)

// An Event is CPython's threading.Event: a flag that threads wait for. The zero Event is
// not set.
type Event struct {
	lock    Lock
	waiting waitlist
	flag    atomic.Bool
}

// NewEvent makes an event that is not set.
func NewEvent() *Event { return &Event{} }

// IsSet reports whether the flag is set.
func (e *Event) IsSet() bool { return e.flag.Load() }

// Set raises the flag and wakes all waiters. The error is that of [Lock.Acquire].
func (e *Event) Set(t *Thread) error {
	if err := e.lock.Acquire(t); err != nil {
		return err
	}
	defer e.lock.Release(t)
	e.flag.Store(true)
	return e.waiting.notifyAll(&e.lock, t)
}

// Clear lowers the flag.
func (e *Event) Clear(t *Thread) error {
	if err := e.lock.Acquire(t); err != nil {
		return err
	}
	defer e.lock.Release(t)
	e.flag.Store(false)
	return nil
}

// Wait returns when the flag is set. A waiter that was woken by Set returns even if the
// flag has been cleared since.
func (e *Event) Wait(t *Thread) error {
	_, err := e.wait(t, forever)
	return err
}

// WaitTimeout is Wait for at most timeout, and reports whether the flag was set. Zero or
// less does not wait.
func (e *Event) WaitTimeout(t *Thread, timeout time.Duration) (bool, error) {
	return e.wait(t, max(timeout, 0))
}

func (e *Event) wait(t *Thread, timeout time.Duration) (bool, error) {
	if err := e.lock.Acquire(t); err != nil {
		return false, err
	}
	defer e.lock.Release(t)
	if e.flag.Load() {
		return true, nil
	}
	return e.waiting.wait(&e.lock, t, timeout)
}

// A Timer is CPython's threading.Timer: a thread that waits before it runs its function,
// and that can be told not to run it.
type Timer struct {
	*Thread
	finished Event
}

// NewTimer makes a timer that runs function interval after its Start. Without a function
// the excepthook gets ErrNoFunction then.
func (t *Thread) NewTimer(interval time.Duration, function Target, options ...ThreadOption) *Timer {
	timer := &Timer{Thread: t.NewThread(nil, options...)}
	timer.target = func(t *Thread) error {
		cancelled, err := timer.finished.WaitTimeout(t, interval)
		if err != nil || cancelled {
			return err
		}
		defer timer.finished.Set(t)
		if function == nil {
			return ErrNoFunction
		}
		return function(t)
	}
	return timer
}

// Cancel stops the timer if it still waits.
func (timer *Timer) Cancel(t *Thread) error { return timer.finished.Set(t) }
