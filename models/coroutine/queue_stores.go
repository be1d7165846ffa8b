package coroutine

// A pile gives the newest first.
type pile[T any] struct{ items []T }

func (p *pile[T]) push(v T) { p.items = append(p.items, v) }

func (p *pile[T]) pop() T {
	last := len(p.items) - 1
	v := p.items[last]
	p.items = removeLast(p.items)
	return v
}

// removeLast lets go of what the last points to.
func removeLast[T any](items []T) []T {
	var zero T
	last := len(items) - 1
	items[last] = zero
	return items[:last]
}

// A heap gives the smallest first. It moves its items exactly as Python's heapq
// does, so that those that compare as equal come out in the same order.
type heap[T any] struct {
	items   []T
	compare func(a, b T) int
}

func (h *heap[T]) push(v T) {
	h.items = append(h.items, v)
	h.rise(len(h.items)-1, v)
}

func (h *heap[T]) pop() T {
	v := h.items[len(h.items)-1]
	h.items = removeLast(h.items)
	if len(h.items) == 0 {
		return v
	}
	smallest := h.items[0]
	h.rise(h.sink(), v)
	return smallest
}

// sink fills the gap at the top with the smaller child, the gap there in the
// same way, and so on, and returns where the last gap is. What comes there was
// last before, and is most likely large: not comparing it on the way down
// saves half of the comparisons.
func (h *heap[T]) sink() (gap int) {
	for {
		child := 2*gap + 1
		if child >= len(h.items) {
			return gap
		}
		if right := child + 1; right < len(h.items) && h.compare(h.items[child], h.items[right]) >= 0 {
			child = right
		}
		h.items[gap] = h.items[child]
		gap = child
	}
}

// rise puts v where it belongs on the way from a gap to the top.
func (h *heap[T]) rise(gap int, v T) {
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
