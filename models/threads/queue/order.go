package queue

// fifo is a ring that grows.
type fifo[T any] struct {
	ring   []T
	first  int
	length int
}

func (f *fifo[T]) len() int { return f.length }

func (f *fifo[T]) put(item T) {
	if f.length == len(f.ring) {
		ring := make([]T, max(2*len(f.ring), 8))
		n := copy(ring, f.ring[f.first:])
		copy(ring[n:], f.ring[:f.first])
		f.ring, f.first = ring, 0
	}
	f.ring[(f.first+f.length)%len(f.ring)] = item
	f.length++
}

func (f *fifo[T]) get() T {
	item := clearAt(f.ring, f.first)
	f.first = (f.first + 1) % len(f.ring)
	f.length--
	return item
}

// clearAt takes an item out, so that the collector may have what it refers to.
func clearAt[T any](items []T, i int) (item T) {
	item, items[i] = items[i], item
	return item
}

type lifo[T any] struct{ stack []T }

func (l *lifo[T]) len() int   { return len(l.stack) }
func (l *lifo[T]) put(item T) { l.stack = append(l.stack, item) }

func (l *lifo[T]) get() T {
	last := len(l.stack) - 1
	item := clearAt(l.stack, last)
	l.stack = l.stack[:last]
	return item
}

// heap is a binary heap in the manner of CPython's heapq, so that items of which
// neither is less come out in the same order too: the hole that the smallest
// leaves goes down to a leaf along the smaller children, and the last item rises
// from there.
type heap[T any] struct {
	items []T
	less  func(a, b T) bool
}

func (h *heap[T]) len() int { return len(h.items) }

func (h *heap[T]) put(item T) {
	h.items = append(h.items, item)
	h.rise(len(h.items)-1, item)
}

func (h *heap[T]) get() T {
	last := len(h.items) - 1
	moved := clearAt(h.items, last)
	h.items = h.items[:last]
	if last == 0 {
		return moved
	}
	smallest := h.items[0]
	h.rise(h.sinkHole(), moved)
	return smallest
}

// sinkHole moves the hole from the root to a leaf and gives its place.
func (h *heap[T]) sinkHole() int {
	hole := 0
	for child := 1; child < len(h.items); child = 2*hole + 1 {
		if right := child + 1; right < len(h.items) && !h.less(h.items[child], h.items[right]) {
			child = right
		}
		h.items[hole] = h.items[child]
		hole = child
	}
	return hole
}

// rise puts item where it belongs between a place and the root.
func (h *heap[T]) rise(place int, item T) {
	for place > 0 {
		parent := (place - 1) / 2
		if !h.less(item, h.items[parent]) {
			break
		}
		h.items[place] = h.items[parent]
		place = parent
	}
	h.items[place] = item
}
