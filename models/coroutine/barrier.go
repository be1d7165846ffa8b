package coroutine

import (
	"errors"
	"fmt"
)

// ErrBrokenBarrier is returned by a wait at a barrier that is or was broken by
// Abort or Reset.
var ErrBrokenBarrier = errors.New("coroutine: barrier is broken")

// A Barrier holds tasks until a number of them have arrived, then lets all go.
type Barrier struct {
	parties int
	arrived int     // in this round, now waiting
	freed   []int   // places of those who left this round by being cancelled
	waiting waiters // of this round
	broken  bool
}

// NewBarrier makes a barrier. It panics if parties is less than 1.
func NewBarrier(parties int) *Barrier {
	if parties < 1 {
		panic(fmt.Sprintf("coroutine: barrier for %d parties; want at least 1", parties))
	}
	return &Barrier{parties: parties}
}

// Wait suspends t until all parties have arrived, and returns t's place in the
// order of arrival, from 0. The last to arrive is not suspended. Who is
// cancelled leaves its place to the next to come; in asyncio the last place
// would be given twice.
func (b *Barrier) Wait(t *Task) (int, error) {
	if b.broken {
		return 0, ErrBrokenBarrier
	}
	place := b.takePlace()
	if b.arrived == b.parties {
		b.startRound(nil)
		return place, nil
	}
	if err := b.waiting.wait(t); err != nil {
		if !t.waiter.woken() {
			b.arrived--
			b.freed = append(b.freed, place)
		}
		return 0, err
	}
	return place, t.waiter.err
}

func (b *Barrier) takePlace() int {
	b.arrived++
	if n := len(b.freed); n > 0 {
		place := b.freed[n-1]
		b.freed = b.freed[:n-1]
		return place
	}
	return b.arrived - 1
}

// startRound lets those who wait go, with err. Newcomers belong to the next
// round, even if they come before the woken have run.
func (b *Barrier) startRound(err error) {
	for w := b.waiting.first; w != nil; w = w.next {
		w.wakeWith(err)
	}
	b.arrived, b.freed = 0, b.freed[:0]
}

// Reset has those who wait return [ErrBrokenBarrier] and makes the barrier
// usable again.
func (b *Barrier) Reset() {
	b.startRound(ErrBrokenBarrier)
	b.broken = false
}

// Abort has those who wait, and all who come before the next Reset, return
// [ErrBrokenBarrier].
func (b *Barrier) Abort() {
	b.startRound(ErrBrokenBarrier)
	b.broken = true
}

// Waiting is the number of tasks that wait.
func (b *Barrier) Waiting() int { return b.arrived }
