// Package gil is CPython's global interpreter lock, re-created: that of CPython 3.2 to
// 3.11, that of Python 2 (gil=ticks), or none (gil=off).
//
//   - A [Lock] is one interpreter's lock; gil.go tells its rules and holds nothing
//     else. ticks.go has the older lock, wakeup.go the one liberty that is taken.
//   - A [ThreadState] is one thread's side of it, CPython's PyThreadState. Only the
//     thread that holds the lock runs. It lets the lock go around whatever may block,
//     and at a checkpoint when another thread has asked for it.
//   - [Stats] and [Timeline] tell what happened to a lock.
//
// A thread is a goroutine that is locked to its kernel thread. The package does not
// start threads, knows no limit on them, and has no primitive but the lock itself:
// what waits is built on [ThreadState.Wait] and [ThreadState.Wake], or on futexes of
// its own between [ThreadState.Release] and [ThreadState.Retake].
package gil
