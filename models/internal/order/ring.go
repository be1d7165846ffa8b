package order

// A Ring is first in, first out. Its zero value is empty.
type Ring[T any] struct {
	slots []T // the length is zero or a power of two
	head  int // index of the oldest, before masking
	size  int
}

const firstRingSlots = 16

// Push adds the newest.
func (r *Ring[T]) Push(v T) {
	if r.size == len(r.slots) {
		r.grow()
	}
	r.slots[(r.head+r.size)&(len(r.slots)-1)] = v
	r.size++
}

// Pop removes the oldest.
func (r *Ring[T]) Pop() T {
	var zero T
	i := r.head & (len(r.slots) - 1)
	v := r.slots[i]
	r.slots[i] = zero // let go of what it points to
	r.head = i + 1
	r.size--
	return v
}

func (r *Ring[T]) grow() {
	slots := make([]T, max(firstRingSlots, 2*len(r.slots)))
	start := r.head & max(0, len(r.slots)-1)
	n := copy(slots, r.slots[start:])
	copy(slots[n:], r.slots[:start])
	r.slots, r.head = slots, 0
}

// Len counts what is in it.
func (r *Ring[T]) Len() int { return r.size }

// Clear empties it and lets go of its memory.
func (r *Ring[T]) Clear() { *r = Ring[T]{} }
