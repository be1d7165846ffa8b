package coroutine

// A Barrier holds tasks until a number of them have arrived, then lets all go.
type Barrier struct {
	parties int
	state   barrierState
	inside  int   // tasks that have arrived and not yet left Wait
	freed   []int // places of those who were cancelled while it filled
	waiting waiters
}

// A barrier fills, is drained once all have arrived, and fills again. Who comes
// while those before are still leaving waits until they have left, so that two
// rounds never mix.
type barrierState uint8

const (
	filling barrierState = iota
	draining
	resetting
	broken
)

// NewBarrier makes a barrier. It returns [ErrNoParties] if parties is less
// than 1.
func NewBarrier(parties int) (*Barrier, error) {
	if parties < 1 {
		return nil, misuse("NewBarrier", ErrNoParties)
	}
	return &Barrier{parties: parties}, nil
}

// Wait suspends t until all parties have arrived, and returns t's place in the
// order of arrival, from 0. The last to arrive is not suspended. Who is
// cancelled leaves its place to the next to come; in asyncio the last place
// would be given twice. It returns [ErrBrokenBarrier] if the barrier is broken,
// or is aborted or reset before t leaves.
func (b *Barrier) Wait(t *Task) (int, error) {
	if err := b.waitWhile(t, draining, resetting); err != nil {
		return 0, err
	}
	if b.state == broken {
		return 0, ErrBrokenBarrier
	}
	place := b.arrive()
	err := b.waitWhile(t, filling, filling)
	switch {
	case err != nil && b.state == filling:
		b.freed = append(b.freed, place)
	case err == nil && b.state != draining:
		err = ErrBrokenBarrier
	}
	b.leave()
	if err != nil {
		return 0, err
	}
	return place, nil
}

// waitWhile suspends t as long as the state is one of two.
func (b *Barrier) waitWhile(t *Task, one, other barrierState) error {
	for b.state == one || b.state == other {
		if err := b.waiting.bind("Barrier.Wait", t); err != nil {
			return err
		}
		if err := b.waiting.wait(t); err != nil {
			return err
		}
	}
	return nil
}

// arrive takes a place, and begins to drain the barrier if it was the last.
func (b *Barrier) arrive() (place int) {
	place = b.inside
	if n := len(b.freed); n > 0 {
		place = b.freed[n-1]
		b.freed = b.freed[:n-1]
	}
	b.inside++
	if b.inside == b.parties {
		b.become(draining)
	}
	return place
}

// leave lets the next round in after the last of this one.
func (b *Barrier) leave() {
	b.inside--
	if b.inside > 0 {
		return
	}
	b.freed = b.freed[:0]
	if b.state != broken {
		b.become(filling)
	}
}

func (b *Barrier) become(s barrierState) {
	b.state = s
	b.waiting.wakeAll()
}

// Reset makes the barrier usable again. Those who wait, or have not left yet,
// return [ErrBrokenBarrier].
func (b *Barrier) Reset() {
	if b.inside > 0 {
		b.become(resetting)
	} else {
		b.become(filling)
	}
}

// Abort has those who wait, and all who come before the next Reset, return
// [ErrBrokenBarrier].
func (b *Barrier) Abort() { b.become(broken) }

// Parties is the number of tasks that the barrier waits for.
func (b *Barrier) Parties() int { return b.parties }

// Waiting is asyncio's n_waiting: the number of tasks that wait for the others
// to arrive.
func (b *Barrier) Waiting() int {
	if b.state == filling {
		return b.inside
	}
	return 0
}

// Broken reports whether the barrier was aborted after the last Reset.
func (b *Barrier) Broken() bool { return b.state == broken }
