package threads

import (
	"time"

	"concbench/models"
)

// A Barrier is CPython's threading.Barrier: it holds threads until a given number
// has come, and lets all go at once. A wait that times out breaks it, for all.
// The zero Barrier is for nobody: what can fail does, with ErrParties.
type Barrier struct {
	cond    *Condition
	parties int
	action  func(t *Thread) error
	timeout time.Duration

	state barrierState
	count int // that are between coming and leaving
}

type barrierState int

const (
	barrierFilling barrierState = iota
	barrierDraining
	barrierResetting // those who wait leave with an error
	barrierBroken
)

// NewBarrier makes a barrier for parties threads. The last one to come runs
// action, unless that is nil, before all go on. Less than one party is ErrParties.
func NewBarrier(parties int, action func(t *Thread) error) (*Barrier, error) {
	if parties < 1 {
		return nil, ErrParties
	}
	return &Barrier{cond: NewCondition(NewLock()), parties: parties, action: action, timeout: forever}, nil
}

// Wait waits for all parties and gives the order of coming, from 0. The error is
// ErrBrokenBarrier, or for the last to come that of the action, which breaks the
// barrier.
func (b *Barrier) Wait(t *Thread) (int, error) { return b.wait(t, b.timeout) }

// WaitTimeout is Wait for at most timeout, after which the barrier is broken.
func (b *Barrier) WaitTimeout(t *Thread, timeout time.Duration) (int, error) {
	return b.wait(t, max(timeout, 0))
}

// SetTimeout gives every Wait a timeout, before the first one.
func (b *Barrier) SetTimeout(timeout time.Duration) { b.timeout = max(timeout, 0) }

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

// acquire takes the lock, which only the zero Barrier does not have.
func (b *Barrier) acquire(t *Thread) error {
	if b.cond == nil {
		return ErrParties
	}
	return b.cond.Acquire(t)
}

// enter waits while those of the round before are leaving.
func (b *Barrier) enter(t *Thread) error {
	err := b.cond.WaitFor(t, func() bool {
		return b.state != barrierDraining && b.state != barrierResetting
	})
	if err == nil && b.state == barrierBroken {
		return ErrBrokenBarrier
	}
	return err
}

func (b *Barrier) letGo(t *Thread) error {
	if b.action != nil {
		if err := models.Protect(func() error { return b.action(t) }); err != nil {
			b.breakUp(t)
			return err
		}
	}
	b.state = barrierDraining
	return b.cond.NotifyAll(t)
}

func (b *Barrier) stay(t *Thread, timeout time.Duration) error {
	gone, err := b.cond.waitFor(t, func() bool { return b.state != barrierFilling }, timeout)
	switch {
	case err != nil:
		return err
	case !gone:
		b.breakUp(t)
		return ErrBrokenBarrier
	case b.state != barrierDraining:
		return ErrBrokenBarrier
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

func (b *Barrier) breakUp(t *Thread) {
	b.state = barrierBroken
	b.notifyAll(t)
}

// notifyAll cannot fail: the lock is held.
func (b *Barrier) notifyAll(t *Thread) { _ = b.cond.NotifyAll(t) }

// Reset opens the barrier for a new round, also a broken one. Those who wait get
// ErrBrokenBarrier.
func (b *Barrier) Reset(t *Thread) error {
	return b.change(t, func() {
		switch {
		case b.count == 0:
			b.state = barrierFilling
		case b.state == barrierFilling || b.state == barrierBroken:
			b.state = barrierResetting
		}
	})
}

// Abort breaks the barrier: who waits, and who comes until a Reset, gets
// ErrBrokenBarrier.
func (b *Barrier) Abort(t *Thread) error {
	return b.change(t, func() { b.state = barrierBroken })
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

// Waiting is how many have come and wait for the rest.
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
