package coroutine

import (
	"time"

	"concbench/models/internal/order"
)

// A Timer is a callback that the loop is to run at a time of its clock.
type Timer struct {
	Handle
	heap *timerHeap // nil once the timer has left it
	when time.Duration
}

// When is the time, on the clock of [Loop.Time], at which the timer is due.
func (t *Timer) When() time.Duration { return t.when }

// Cancel keeps the callback from running. The timer stays in the heap until
// it comes to the top or until most of the heap is cancelled: timeouts that
// hardly ever fire then cost one insertion and no removal.
func (t *Timer) Cancel() {
	if t.heap != nil && !t.cancelled {
		t.heap.cancelled++
	}
	t.Handle.Cancel()
}

// A timerHeap is a binary heap of timers, earliest first. Equal times come out
// in no particular order.
type timerHeap struct {
	entries   []timerEntry
	cancelled int // timers in entries that have been cancelled
}

// A timerEntry carries the time beside the pointer, so that sifting does not
// follow pointers.
type timerEntry struct {
	when  time.Duration
	timer *Timer
}

// asyncio's _MIN_SCHEDULED_TIMER_HANDLES: a smaller heap is not worth
// rebuilding.
const fewTimers = 100

func (h *timerHeap) push(t *Timer) {
	t.heap = h
	h.entries = append(h.entries, timerEntry{t.when, t})
	h.up(len(h.entries) - 1)
}

// pop removes the earliest. The heap must not be empty.
func (h *timerHeap) pop() *Timer {
	t := h.entries[0].timer
	last := len(h.entries) - 1
	h.entries[0] = h.entries[last]
	h.entries[last] = timerEntry{}
	h.entries = h.entries[:last]
	h.down(0)
	h.left(t)
	return t
}

func (h *timerHeap) left(t *Timer) {
	t.heap = nil
	if t.cancelled {
		h.cancelled--
	}
}

// dropCancelled takes cancelled timers from the top, or, when more than half
// of many are cancelled, rebuilds the heap without them.
func (h *timerHeap) dropCancelled() {
	if n := len(h.entries); n > fewTimers && 2*h.cancelled > n {
		h.rebuild()
		return
	}
	for len(h.entries) > 0 && h.entries[0].timer.cancelled {
		h.pop()
	}
}

func (h *timerHeap) rebuild() {
	live := h.entries[:0]
	for _, e := range h.entries {
		if e.timer.cancelled {
			h.left(e.timer)
		} else {
			live = append(live, e)
		}
	}
	clear(h.entries[len(live):])
	h.entries = live
	for i := len(live)/2 - 1; i >= 0; i-- {
		h.down(i)
	}
}

// due moves the timers whose time has come to ready, earliest first.
func (h *timerHeap) due(now time.Duration, ready *order.Ring[*Handle]) {
	for len(h.entries) > 0 && h.entries[0].when <= now {
		ready.Push(&h.pop().Handle)
	}
}

func (h *timerHeap) up(i int) {
	e := h.entries[i]
	for i > 0 {
		parent := (i - 1) / 2
		if h.entries[parent].when <= e.when {
			break
		}
		h.entries[i] = h.entries[parent]
		i = parent
	}
	h.entries[i] = e
}

func (h *timerHeap) down(i int) {
	n := len(h.entries)
	if i >= n {
		return
	}
	e := h.entries[i]
	for {
		child := 2*i + 1
		if child >= n {
			break
		}
		if child+1 < n && h.entries[child+1].when < h.entries[child].when {
			child++
		}
		if e.when <= h.entries[child].when {
			break
		}
		h.entries[i] = h.entries[child]
		i = child
	}
	h.entries[i] = e
}
