package threading

import (
	"context"
	"errors"
	"os"
	"time"

	"concbench/models"
)

// A Barrier is CPython's threading.Barrier: it holds threads until a given number of them
// has come, and lets them all go at once. A wait that times out breaks it for all. The zero
// Barrier has no parties: every call that can fail does, with ErrParties.
type Barrier struct {
	cond    *Condition
	parties int
	action  func(t *Thread) error
	timeout time.Duration

	state barrierState
	count int   // threads between coming and leaving
	cause error // why the barrier is broken
}

// ErrBrokenBarrier is CPython's BrokenBarrierError, a RuntimeError: the barrier was broken
// before the wait or during it. The error of a wait is ErrBrokenBarrier to [errors.Is]; it
// is also os.ErrDeadlineExceeded and context.DeadlineExceeded after a timeout, and the
// error of an action that has failed. CPython's exception has neither text nor cause.
const ErrBrokenBarrier = RuntimeError("the barrier is broken")

// A brokenBarrierError keeps the cause.
type brokenBarrierError struct{ cause error }

func (e *brokenBarrierError) Error() string {
	return ErrBrokenBarrier.Error() + ": " + e.cause.Error()
}

func (e *brokenBarrierError) Unwrap() []error { return []error{ErrBrokenBarrier, e.cause} }

// Causes of a broken barrier, beside an action that has failed.
var (
	errAborted        = errors.New("aborted")
	errReset          = errors.New("reset")
	errTimedOut error = timeoutError{}
)

type timeoutError struct{}

func (timeoutError) Error() string { return "timed out" }
func (timeoutError) Timeout() bool { return true }
func (timeoutError) Is(target error) bool {
	return target == os.ErrDeadlineExceeded || target == context.DeadlineExceeded
}

type barrierState int

const (
	barrierFilling barrierState = iota
	barrierDraining
	barrierResetting // the waiters leave with an error
	barrierBroken
)

// NewBarrier makes a barrier for parties threads. The last one to come runs action, unless
// that is nil, before all go on. Less than one party is ErrParties.
func NewBarrier(parties int, action func(t *Thread) error) (*Barrier, error) {
	return newBarrier(parties, action, forever)
}

// NewBarrierTimeout is NewBarrier with a timeout for every Wait.
func NewBarrierTimeout(parties int, action func(t *Thread) error, timeout time.Duration) (*Barrier, error) {
	return newBarrier(parties, action, max(timeout, 0))
}

func newBarrier(parties int, action func(t *Thread) error, timeout time.Duration) (*Barrier, error) {
	if parties < 1 {
		return nil, ErrParties
	}
	return &Barrier{cond: NewCondition(NewLock()), parties: parties, action: action, timeout: timeout}, nil
}

// Wait waits for all parties and gives the order of coming, from 0. The error is
// ErrBrokenBarrier. For the last to come it is that of the action, which breaks the
// barrier.
func (b *Barrier) Wait(t *Thread) (int, error) { return b.wait(t, b.timeout) }

// WaitTimeout is Wait for at most timeout, after which the barrier is broken.
func (b *Barrier) WaitTimeout(t *Thread, timeout time.Duration) (int, error) {
	return b.wait(t, max(timeout, 0))
}

func (b *Barrier) wait(t *Thread, timeout time.Duration) (int, error) {
	if err := b.acquire(t); err != nil {
		return 0, err
	}
	defer b.cond.Release(t)
	if err := b.enter(t); err != nil {
		return 0, err
	}
	index := b.count
	b.count++
	defer b.exit(t)
	if index+1 == b.parties {
		return index, b.letGo(t)
	}
	return index, b.stay(t, timeout)
}

// acquire takes the lock. The zero Barrier has none.
func (b *Barrier) acquire(t *Thread) error {
	if b.cond == nil {
		return ErrParties
	}
	return b.cond.Acquire(t)
}

// enter waits while the threads of the round before are leaving.
func (b *Barrier) enter(t *Thread) error {
	err := b.cond.WaitFor(t, func() bool {
		return b.state != barrierDraining && b.state != barrierResetting
	})
	if err == nil && b.state == barrierBroken {
		return &brokenBarrierError{b.cause}
	}
	return err
}

func (b *Barrier) letGo(t *Thread) error {
	if b.action != nil {
		if err := b.act(t); err != nil {
			return err
		}
	}
	b.state = barrierDraining
	return b.cond.NotifyAll(t)
}

// act runs the action. It breaks the barrier if the action fails, be it by runtime.Goexit.
func (b *Barrier) act(t *Thread) (err error) {
	err = errGoexit
	defer func() {
		if err != nil {
			b.breakUp(t, err)
		}
	}()
	err = models.Protect(func() error { return b.action(t) })
	return err
}

func (b *Barrier) stay(t *Thread, timeout time.Duration) error {
	gone, err := b.cond.waitFor(t, func() bool { return b.state != barrierFilling }, timeout)
	switch {
	case err != nil:
		return err
	case !gone:
		b.breakUp(t, errTimedOut)
		return &brokenBarrierError{b.cause}
	case b.state != barrierDraining:
		return &brokenBarrierError{b.cause}
	}
	return nil
}

// exit opens the barrier again when the last has left.
func (b *Barrier) exit(t *Thread) {
	b.count--
	if b.count == 0 && (b.state == barrierDraining || b.state == barrierResetting) {
		b.state = barrierFilling
		b.notifyAll(t)
	}
}

func (b *Barrier) breakUp(t *Thread, cause error) {
	b.state, b.cause = barrierBroken, cause
	b.notifyAll(t)
}

// notifyAll cannot fail: the lock is held.
func (b *Barrier) notifyAll(t *Thread) { _ = b.cond.NotifyAll(t) }

// Reset opens the barrier for a new round, even if it is broken. Its waiters get
// ErrBrokenBarrier.
func (b *Barrier) Reset(t *Thread) error {
	return b.change(t, func() {
		switch {
		case b.count == 0:
			b.state = barrierFilling
		case b.state == barrierFilling || b.state == barrierBroken:
			b.state, b.cause = barrierResetting, errReset
		}
	})
}

// Abort breaks the barrier: its waiters, and all who come until a Reset, get
// ErrBrokenBarrier.
func (b *Barrier) Abort(t *Thread) error {
	return b.change(t, func() { b.state, b.cause = barrierBroken, errAborted })
}

func (b *Barrier) change(t *Thread, f func()) error {
	if err := b.acquire(t); err != nil {
		return err
	}
	defer b.cond.Release(t)
	f()
	return b.cond.NotifyAll(t)
}

// Parties is how many threads the barrier waits for.
func (b *Barrier) Parties() int { return b.parties }

// Waiting is how many threads have come and wait for the rest.
func (b *Barrier) Waiting(t *Thread) (n int) {
	_ = b.look(t, func() {
		if b.state == barrierFilling {
			n = b.count
		}
	})
	return n
}

// Broken reports whether the barrier is broken.
func (b *Barrier) Broken(t *Thread) (broken bool) {
	_ = b.look(t, func() { broken = b.state == barrierBroken })
	return broken
}

func (b *Barrier) look(t *Thread, f func()) error {
	if err := b.acquire(t); err != nil {
		return err
	}
	defer b.cond.Release(t)
	f()
	return nil
}
