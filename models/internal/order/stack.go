package order

// A Stack is last in, first out. Its zero value is empty.
type Stack[T any] struct{ items []T }

// Push adds the newest.
func (s *Stack[T]) Push(v T) { s.items = append(s.items, v) }

// Pop removes the newest.
func (s *Stack[T]) Pop() T { return removeLast(&s.items) }

// Len counts what is in it.
func (s *Stack[T]) Len() int { return len(s.items) }

// removeLast lets go of what the last points to.
func removeLast[T any](items *[]T) (v T) {
	last := len(*items) - 1
	v, (*items)[last] = (*items)[last], v
	*items = (*items)[:last]
	return v
}
