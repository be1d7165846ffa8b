// Package threads runs every task on an operating-system thread of its own,
// under the global interpreter lock of CPython 3.2 to 3.11, re-created, under that
// of Python 2 (gil=ticks), or without one (gil=off).
//
// # How it works
//
//   - A task is a goroutine locked to its thread. Whatever waits blocks that
//     thread in the kernel: futexes under the primitives, blocking sockets,
//     clock_nanosleep. No channel and no network poller of the Go runtime stands
//     on the way.
//   - Only the holder of the interpreter lock runs. It lets the lock go around
//     everything that may block, and at a checkpoint when somebody has asked for
//     it; gil.go tells the rules and holds nothing else.
//   - A thread serves one task and dies with it, as in CPython; nothing is
//     recycled. Start returns when the thread has begun, as threading.Thread.start
//     does.
//   - Calls that stand for a call of a C function (those of the primitives, and
//     Cancelled) end with a checkpoint, as the interpreter's loop has it.
//   - A cancel is a flag and ends no wait.
//   - Without the interpreter lock, what is locked is what free-threaded CPython
//     (3.13t) locks: every object by itself. Each primitive, connection and
//     handle has a futex mutex for its few fields, held for one operation and
//     never while its caller waits. What the tasks' own variables need is theirs
//     to see to.
//
// # Threads as Python has them
//
// Beside the benchmark's [Model], and on the same lock, there is what CPython calls
// threading, for programs of their own:
//
//	in, err := threads.NewInterpreter("")
//	err = in.Run(func(t *threads.Thread) error {
//		worker := t.NewThread(work)
//		if err := worker.Start(t); err != nil {
//			return err
//		}
//		return worker.Join(t)
//	})
//
// A [Thread] is also the handle that its own code holds, and every call that may
// block takes the handle of the thread that calls, first. nil stands for a
// goroutine that is no thread of the interpreter: it may use the primitives,
// queues and pools as well, and has no interpreter lock to let go. Code that runs
// on a thread passes its handle. Where it passes nil instead, a call that has to
// wait asks the kernel which thread it is, which only Linux tells; elsewhere it
// would wait with the lock, and whoever needs that for ever.
//
// Where Python raises, an error is returned, a [RuntimeError] or [ValueError] with
// CPython's words. What Python tells apart by an argument has calls of its own:
// Acquire waits for ever, TryAcquire not at all, AcquireTimeout for so long.
//
// There is one thing that a thread waits for another on, [Lock], a futex that is not
// fair. [RLock], [Condition], [Semaphore], [Event] and [Barrier] are made of it the
// way CPython makes them, and so cost and behave the same: a woken waiter may be
// overtaken. (The primitives of the benchmark's contract hand over in order and are
// others, in lock.go to queue.go.)
//
// Package queue has the queues, package futures the pool and its futures. What all
// of it does is compared with CPython 3.11.7 in package fidelity.
//
// # From the bottom up
//
// futex_*.go are waiting and waking by address; mutex.go, cond.go and parker.go
// are the three ways to use them; gil.go is the lock, ticks.go its older kind,
// wakeup.go the one liberty that it takes; lockstats.go, timeline.go and chrome.go
// tell what happened to it; task.go is a thread's life;
// lock.go to queue.go are the primitives, each a futex mutex around a queue of
// parked tasks; network.go, conn.go and descriptor.go are blocking sockets, file.go
// and tls.go are beside them and on them; interpreter.go, thread.go,
// here.go and threading_*.go are Python's threads, shutdown.go and finalize.go their end;
// limits*.go say how many threads this system has left; procs.go keeps the Go
// scheduler out of the way.
//
// # What it will not do
//
// It does not imitate the speed of an interpreter, only its lock. It does not
// hide what emulation costs: a thread that comes back from the kernel passes
// through the Go scheduler's bookkeeping, and collections of garbage run on
// threads of their own beside the holder. A thread does not inherit the
// processors that its starter was pinned to. Nothing detects a deadlock, except
// a task that joins itself. No thread can be stopped from outside: a flag, an event
// or the end of a queue asks it to. A daemon that is blocked in the kernel when its
// interpreter ends lives until the kernel lets it go; CPython ends the process.
// Signals interrupt no wait: let the main thread Block until one comes.
package threads
