package threads

import "sync/atomic"

// A parker is where one thread waits for one wake-up, which may come first.
type parker struct{ state atomic.Uint32 }

const (
	parkerEmpty = iota
	parkerWoken
	parkerAsleep // its thread is in the kernel, or about to be
)

// park returns when unpark has been called, and takes that call back.
func (p *parker) park() {
	if p.state.CompareAndSwap(parkerEmpty, parkerAsleep) {
		for p.state.Load() == parkerAsleep {
			futexWait(&p.state, parkerAsleep, 0)
		}
	}
	p.state.Store(parkerEmpty)
}

func (p *parker) unpark() {
	if p.state.Swap(parkerWoken) == parkerAsleep {
		futexWake(&p.state, 1)
	}
}
