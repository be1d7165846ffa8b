package threads

import "sync/atomic"

// A mutex is the three-state futex mutex of Ulrich Drepper's "Futexes Are
// Tricky" (mutex 2): one compare-and-swap to take it free, one swap to let it
// go, a system call only when threads meet. Who gets it next is not promised.
type mutex struct{ state atomic.Uint32 }

const (
	mutexFree = iota
	mutexHeld
	mutexContended // held, and somebody may be waiting in the kernel
)

func (m *mutex) lock() {
	if m.tryLock() {
		return
	}
	for m.state.Swap(mutexContended) != mutexFree {
		futexWait(&m.state, mutexContended, 0)
	}
}

// tryLock takes m if it is free.
func (m *mutex) tryLock() bool { return m.state.CompareAndSwap(mutexFree, mutexHeld) }

func (m *mutex) unlock() {
	if m.state.Swap(mutexFree) == mutexContended {
		futexWake(&m.state, 1)
	}
}
