// Package queue is CPython's queue module for the threads of package threading: queues
// whose Get waits while they are empty and whose Put waits while they are full.
// docs/threading.md lists it name by name.
//
//	q := queue.NewQueue[string](10)
//	err := q.Put(t, "a job")
//	job, err := q.Get(t)
//	err = q.TaskDone(t)
//
// The first argument is the caller's handle, or nil for a goroutine that is no thread of
// an interpreter.
//
// # How it works
//
// [Queue] is a [threading.Lock] with three conditions on it, as in CPython. A woken getter
// looks again whether there is an item: another may have been faster. [SimpleQueue] is
// CPython's in C: a Put neither waits nor lets the interpreter lock go, and it does not
// count tasks.
//
// # What it will not do
//
// There is no shutdown, which CPython has had since 3.13. A call that does not block is a
// method of its own, so it cannot be given a timeout.
package queue
