package coroutine

import (
	"sync"
	"sync/atomic"

	"concbench/models/internal/order"
)

// An inbox takes callbacks from other threads. It wakes the loop from the
// selector only if it is there, so a busy loop costs the sender no system call.
type inbox struct {
	filled atomic.Bool // read by the loop in every round

	mu      sync.Mutex
	handles []*Handle
	asleep  bool // the loop is in the selector, or about to be
	closed  bool

	// wakeMu keeps the descriptor of the wake-up open while it is written to. It
	// is not mu, which the woken loop needs at once.
	wakeMu sync.Mutex
	wake   func() error
}

// CallSoonThreadsafe queues fn for the next round. It may be called from any
// goroutine, and returns [ErrClosed] once the loop is closed, and [ErrNoFunction]
// without a function. On the loop's own thread it is [Loop.CallSoon].
func (l *Loop) CallSoonThreadsafe(fn func()) error {
	if fn == nil {
		return misuse("CallSoonThreadsafe", ErrNoFunction)
	}
	if id := threadID(); id != 0 && int64(id) == l.thread.id.Load() {
		_, err := l.CallSoon(fn)
		return err
	}
	return l.inbox.send(&Handle{call: fn})
}

func (b *inbox) send(h *Handle) error {
	b.mu.Lock()
	if b.closed {
		b.mu.Unlock()
		return ErrClosed
	}
	b.handles = append(b.handles, h)
	b.filled.Store(true)
	wake := b.asleep
	b.asleep = false // one wake-up is enough
	b.mu.Unlock()
	if !wake {
		return nil
	}
	b.wakeMu.Lock()
	defer b.wakeMu.Unlock()
	if b.wake == nil {
		return ErrClosed
	}
	return b.wake()
}

// fallAsleep announces that the loop is about to wait. It reports false if
// there is something to do instead.
func (b *inbox) fallAsleep() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asleep = len(b.handles) == 0
	return b.asleep
}

// awake takes the announcement back.
func (b *inbox) awake() {
	b.mu.Lock()
	b.asleep = false
	b.mu.Unlock()
}

func (b *inbox) moveTo(ready *order.Ring[*Handle]) {
	if !b.filled.Load() {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, h := range b.handles {
		ready.Push(h)
		b.handles[i] = nil
	}
	b.handles = b.handles[:0]
	b.filled.Store(false)
}

func (b *inbox) close() {
	b.mu.Lock()
	b.closed, b.handles = true, nil
	b.mu.Unlock()
	b.wakeMu.Lock()
	b.wake = nil
	b.wakeMu.Unlock()
}
