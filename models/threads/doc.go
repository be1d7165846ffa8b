// Package threads runs every task of a workload on an operating-system thread of its own,
// under the global interpreter lock of CPython 3.2 to 3.11, re-created, under that of
// Python 2 (gil=ticks), or without one (gil=off).
//
// # How it works
//
//   - A task is a goroutine locked to its thread. Whatever waits blocks that thread in the
//     kernel: futexes under the primitives, blocking sockets, clock_nanosleep. Neither a
//     channel nor the network poller of the Go runtime stands in between.
//   - Only the holder of the interpreter lock runs. It lets the lock go around everything
//     that may block, and at a checkpoint when another thread has asked for it.
//   - A thread serves one task and dies with it, as in CPython. Start returns when the
//     thread has begun, as threading.Thread.start does.
//   - A call that stands for a call of a C function (those of the primitives, and
//     Cancelled) ends with a checkpoint, as the interpreter's loop has it.
//   - A cancel is a flag and ends no wait.
//   - Without the interpreter lock, what is locked is what free-threaded CPython (3.13t)
//     locks: every object by itself. Each primitive, connection and handle has a futex
//     mutex for its few fields, held for one operation and never while its caller waits.
//     The tasks' own variables are for the tasks to guard.
//
// # The street
//
// Each package uses only those above it in this list:
//
//   - internal/futex: waiting and waking by address; mutex, condition, parker.
//   - internal/kernel: sleeping, yielding, pinning and the id of a kernel thread.
//   - limits: how many threads this system has left, and which limit says so.
//   - internal/gil: the interpreter lock, its counts and its timeline.
//   - internal/crew: the threads that share a lock; the Go scheduler kept out of the way.
//   - internal/socket: networking on blocking descriptors.
//   - threading, then queue and futures: CPython's modules of these names, for programs of
//     your own. Their primitives are unfair: a woken waiter may be overtaken.
//   - threads itself: the [Model]. The contract asks for fair primitives, which hand over in
//     order; they live here.
//   - fidelity: tests that compare threading, queue and futures with CPython 3.11.
//
// # From the bottom up, in this package
//
// model.go is a Run, task.go a thread's life; primitives.go makes the primitives of lock.go,
// gates.go and queue.go, each a futex mutex around a queue of parked tasks; network.go
// fits package socket to the contract; climb.go counts how many threads there can be.
//
// # What it will not do
//
// It does not imitate the speed of an interpreter, only its lock. It does not hide the cost
// of emulation: a thread that comes back from the kernel passes through the Go scheduler's
// bookkeeping, and garbage is collected on other threads beside the holder. A thread does
// not inherit the processor that its starter was pinned to. Nothing detects a deadlock,
// except a task that joins itself. No thread can be stopped from outside: a flag, an event
// or the end of a queue asks it to.
package threads
