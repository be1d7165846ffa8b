package order

// A Heap gives the smallest first. It moves its items exactly as Python's heapq
// does, so that those that compare as equal come out in the same order.
type Heap[T any] struct {
	items   []T
	compare func(a, b T) int
}

// NewHeap makes a heap by a comparison that is negative if a is smaller than b.
func NewHeap[T any](compare func(a, b T) int) *Heap[T] { return &Heap[T]{compare: compare} }

// Push adds v.
func (h *Heap[T]) Push(v T) {
	h.items = append(h.items, v)
	h.rise(len(h.items)-1, v)
}

// Pop removes the smallest.
func (h *Heap[T]) Pop() T {
	v := removeLast(&h.items)
	if len(h.items) == 0 {
		return v
	}
	smallest := h.items[0]
	h.rise(h.sink(), v)
	return smallest
}

// Len counts what is in it.
func (h *Heap[T]) Len() int { return len(h.items) }

// sink fills the gap at the top with the smaller child, the gap there in the
// same way, and so on, and returns where the last gap is. What comes there was
// last before, and is most likely large: not comparing it on the way down
// saves half of the comparisons.
func (h *Heap[T]) sink() (gap int) {
	for child := 1; child < len(h.items); child = 2*gap + 1 {
		if right := child + 1; right < len(h.items) && h.compare(h.items[child], h.items[right]) >= 0 {
			child = right
		}
		h.items[gap] = h.items[child]
		gap = child
	}
	return gap
}

// rise puts v where it belongs on the way from a gap to the top.
func (h *Heap[T]) rise(gap int, v T) {
	for gap > 0 {
		parent := (gap - 1) / 2
		if h.compare(v, h.items[parent]) >= 0 {
			break
		}
		h.items[gap] = h.items[parent]
		gap = parent
	}
	h.items[gap] = v
}
