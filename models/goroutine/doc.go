// Package goroutine runs the contract of package models on what a Go programmer
// would use: go statements, channels, timers and the net package.
//
// A task is a goroutine with a channel that is closed to cancel it. Each
// primitive is the channel idiom of its name (a lock is a channel of one
// place, a semaphore a channel of tokens, a queue a buffered channel), and a
// wait is a select between that channel and the task's own. The select is what
// makes every wait cancellable; it costs some tens of nanoseconds over a bare
// channel operation, as it does in programs that take a context.
//
// The scheduler's width is the option procs: procs=1 keeps all tasks on one
// processor, which is the row to hold against a loop or a lock.
//
// It does not use pools, pre-allocation or sync primitives to look faster than
// the code that people write.
package goroutine
