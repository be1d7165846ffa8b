package coroutine

// A ring is a first-in first-out queue that grows as needed and never shrinks,
// so that a steady load does not allocate.
type ring[T any] struct {
	slots []T // the length is zero or a power of two
	head  int // index of the oldest, before masking
	size  int
}

const firstRingSlots = 16

func (r *ring[T]) push(v T) {
	if r.size == len(r.slots) {
		r.grow()
	}
	r.slots[(r.head+r.size)&(len(r.slots)-1)] = v
	r.size++
}

// pop removes the oldest. The ring must not be empty.
func (r *ring[T]) pop() T {
	var zero T
	i := r.head & (len(r.slots) - 1)
	v := r.slots[i]
	r.slots[i] = zero // let go of what it points to
	r.head = i + 1
	r.size--
	return v
}

func (r *ring[T]) grow() {
	slots := make([]T, max(firstRingSlots, 2*len(r.slots)))
	start := r.head & max(0, len(r.slots)-1)
	n := copy(slots, r.slots[start:])
	copy(slots[n:], r.slots[:start])
	r.slots, r.head = slots, 0
}

func (r *ring[T]) clear() { *r = ring[T]{} }
