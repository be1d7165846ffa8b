// Package order is what the models keep waiting things in, by which of them comes
// out next: the oldest ([Ring]), the newest ([Stack]) or the smallest ([Heap]).
//
// All three grow as needed and never shrink, so that a steady load does not
// allocate, and let go of what has been taken out. None is safe for use by several
// threads at once: whoever has one has a loop or a lock around it.
package order

// An Order gives back what was pushed. Pop is for one that is not empty.
type Order[T any] interface {
	Push(v T)
	Pop() T
	Len() int
}
