// Package coroutine is asyncio in Go: its event loop, futures and tasks, and
// what is built on them. It is a library to use on its own, and the model of
// that name for package models.
//
//	sizes, err := coroutine.Run(ctx, func(t *coroutine.Task) ([]int, error) {
//		a := coroutine.CreateTask(t, fetch)
//		b := coroutine.CreateTask(t, fetch)
//		return coroutine.Gather(t, a, b).Await(t)
//	})
//
// docs/asyncio.md says for each name of asyncio what it is called here, with an
// example, and where the two differ.
//
// # How it works
//
// A [Loop] has a queue of callbacks that are ready, a heap of timers and a
// selector (epoll, kqueue). One round of it:
//
//  1. drop cancelled timers from the top of the heap;
//  2. ask the selector, waiting no longer than until the first timer, and not
//     at all if something is ready; queue the callbacks of ready descriptors;
//  3. queue the timers that are due;
//  4. run as many callbacks as are queued now. What they queue waits for the
//     next round.
//
// A [Future] is an outcome that comes later; to complete it queues its waiters.
// A [Task] is a body on a coroutine (iter.Pull) with one callback, its step,
// which runs the body to its next wait. A body waits by putting its step where
// it will be queued: in the ready queue itself (Yield), in the line of a
// future. So nothing is ever resumed from inside something else, and the order
// of everything follows from the order of one queue: a waiter runs one round
// after the completion, in its turn.
//
// Everything else is made of these: [Lock], [Event], [Condition], [Semaphore],
// [Barrier] and [Queue] are lines of futures; [Gather], [Wait], [WithTimeout] and
// [WithTaskGroup] are callbacks of futures; a [Conn] tries its system call and
// waits for the selector if it would block; blocking calls go to the threads of
// an executor, which send their results back through [Loop.CallSoonThreadsafe].
// Package streams has readers, writers and servers, package subprocess children,
// package generator the generators that need no loop.
//
// Tasks and callbacks all run on the loop's own thread, to which a goroutine is
// locked from before the first coroutine is made until after the last has
// ended. A switch between tasks is two transfers between coroutines and does
// not enter the Go scheduler. A wait allocates nothing, and the coroutine of a
// task that has ended serves the next.
//
// # How to read it
//
// loop.go is the round; ring.go, timers.go and selector_*.go are what it asks.
// promise.go is what futures and tasks share; task.go, stack.go, suspend.go and
// cancel.go are the life of a task. thread.go and run.go are how a loop is run,
// shutdown.go how it ends. The rest stands on these, one idea a file.
//
// # Where it differs from asyncio
//
//   - While callbacks are ready, the selector and the clock are not asked in
//     every round, but after at most 64 callbacks, fewer when they are slow (see pacing.go).
//   - The descriptors of connections are watched edge-triggered and for their
//     whole life, and a task that waits for one is queued by the selector itself,
//     a round sooner. [Loop.AddReader] is level-triggered, as in asyncio.
//   - Timers go by nanoseconds, not by the millisecond.
//   - [Queue] is fair: what a woken task was woken for is its own. In asyncio a
//     newcomer may take it, and who was woken goes to the end of the line.
//   - [Condition] passes on the notification of a waiter that was cancelled, which
//     would be lost otherwise, and its Wait keeps the message of the cancellation.
//   - The places of a [Barrier] are unique, as asyncio's documentation says but its
//     code forgets when a waiter was cancelled.
//   - All who wait for a cancelled task get the message of the cancellation, not
//     the first alone, and it passes through a [Shield].
//   - A [TaskGroup] cancels its tasks oldest first, and [Wait] tells its futures in
//     the order in which they were given; asyncio has sets there.
//   - The loop refers to its tasks, so none is collected while it waits. [Loop.Close]
//     stops those that are left, so that their deferred calls run.
//   - Under package models, a wait that nothing can end returns an error,
//     [Task.Join] leaves the joined task alone when the joiner is cancelled, and a
//     cancel before a task's first wait or after its last leaves its body alone.
//
// # What it will not do
//
// It does not interrupt a body that computes or blocks its thread: that stops
// all tasks, as it does in Python. A body waits on its own goroutine only, and not
// inside an iter.Pull or a generator. It must not call runtime.LockOSThread or
// UnlockOSThread. To use a loop, a primitive or a connection from another
// goroutine is a data race, of which debug mode finds the common cases.
package coroutine
