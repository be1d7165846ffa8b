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
	if p.setWoken() {
		futexWake(&p.state, 1)
	}
}

// setWoken is unpark but for the call into the kernel, and reports whether that
// is needed. It may come later: a thread that has woken meanwhile for another
// reason is not harmed by it.
func (p *parker) setWoken() (asleep bool) { return p.state.Swap(parkerWoken) == parkerAsleep }
