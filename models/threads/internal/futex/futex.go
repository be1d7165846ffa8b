// Package futex blocks and wakes kernel threads by the address of a 32-bit word.
//
// [Wait] and [Wake] are futex(2) on Linux and a table of queues elsewhere. Three
// types use them: [Mutex], [Cond] and [Parker]. A waiter blocks its whole kernel
// thread; the Go scheduler only learns that a system call is in progress. The
// package knows nothing of tasks and of the interpreter lock.
package futex

import "sync/atomic"

// A Mutex is the three-state mutex of Ulrich Drepper's "Futexes Are Tricky"
// (mutex 2). Locking a free mutex is one compare-and-swap, unlocking is one swap,
// and a system call is needed only under contention. The order of the waiters is
// not promised. Its zero value is free.
type Mutex struct{ state atomic.Uint32 }

const (
	mutexFree = iota
	mutexHeld
	mutexContended // held, and a waiter may be blocked in the kernel
)

// Lock takes m, and waits while another thread holds it.
func (m *Mutex) Lock() {
	if m.TryLock() {
		return
	}
	for m.state.Swap(mutexContended) != mutexFree {
		Wait(&m.state, mutexContended, 0)
	}
}

// TryLock takes m if it is free.
func (m *Mutex) TryLock() bool { return m.state.CompareAndSwap(mutexFree, mutexHeld) }

// Unlock frees m and wakes one waiter.
func (m *Mutex) Unlock() {
	if m.state.Swap(mutexFree) == mutexContended {
		Wake(&m.state, 1)
	}
}

// A Parker lets one thread wait for one wake-up. The wake-up may come first.
type Parker struct{ state atomic.Uint32 }

const (
	parkerEmpty = iota
	parkerWoken
	parkerAsleep // its thread is blocked in the kernel, or about to be
)

// Park waits for an Unpark and consumes it.
func (p *Parker) Park() {
	if p.state.CompareAndSwap(parkerEmpty, parkerAsleep) {
		for p.state.Load() == parkerAsleep {
			Wait(&p.state, parkerAsleep, 0)
		}
	}
	p.state.Store(parkerEmpty)
}

// Unpark ends the Park in progress, or else the next one.
func (p *Parker) Unpark() {
	if p.SetWoken() {
		Wake(&p.state, 1)
	}
}

// SetWoken is Unpark without its system call, and reports whether a [Wake] of
// [Parker.Word] is still needed. The Wake may come later: it does no harm to a
// thread that has meanwhile woken for another reason.
func (p *Parker) SetWoken() (asleep bool) { return p.state.Swap(parkerWoken) == parkerAsleep }

// Word is the futex that a parked thread waits on.
func (p *Parker) Word() *atomic.Uint32 { return &p.state }

// Parked reports whether the thread is parked, or about to be.
func (p *Parker) Parked() bool { return p.state.Load() == parkerAsleep }
