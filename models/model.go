package models

import (
	"errors"
	"net"
	"time"
)

// ErrCancelled is returned by a wait that was ended by [Handle.Cancel].
var ErrCancelled = errors.New("task cancelled")

// ErrDeadlock is returned by a wait that the model knows can never end: under
// serial, because nobody else can run while a task waits; under coroutine, when
// every task waits for another one.
var ErrDeadlock = errors.New("deadlock: no other task can end this wait")

// ErrGoexit is the error of a task whose body, or what it had [Task.Block] call,
// neither returned nor panicked: it called [runtime.Goexit], as t.FailNow does.
var ErrGoexit = errors.New("the task ended by runtime.Goexit")

// ErrLimit is wrapped by the error of a task that a limit of this machine does
// not let a model start.
var ErrLimit = errors.New("a limit of this machine")

// ErrNotOwner is returned on misuse of a primitive that says so: a lock
// released by nobody's holder, a condition used without its lock.
var ErrNotOwner = errors.New("lock is not held")

// A Model is one way of running many tasks.
type Model interface {
	// Name is the model's word in results: coroutine, threads, goroutine, serial.
	Name() string

	// Options are the settings that differ from the model's defaults, as
	// comma-separated key=value pairs in a fixed order; empty for the defaults.
	Options() string

	// Traits say what a workload may expect of this model.
	Traits() Traits

	// Run runs main as the first task and returns when main and every task
	// started from it, directly or not, have ended. The error is the one of the
	// task that failed first in time, as [Failed] tells. The others run on.
	//
	// Run may be called again after it has returned, not before.
	Run(main func(Task) error) error
}

// Traits are the differences between models that a workload must know.
type Traits struct {
	Concurrent  bool // a started task may wait while its starter goes on
	Parallel    bool // two tasks may compute at the same instant
	CancelWakes bool // Cancel ends a wait in progress
	OneThread   bool // all tasks share one operating-system thread
	ThreadEach  bool // every task is an operating-system thread of its own
}

// A Task is the running task's handle on its model.
type Task interface {
	// Start makes a new task that runs body, and returns at once, except under
	// serial, where body runs to its end inside Start. Tasks started by one task
	// begin in the order of their Start calls under coroutine; elsewhere the
	// order is the scheduler's. The name is for messages and traces.
	Start(name string, body func(Task) error) Handle

	// Sleep waits until at least d has passed. Zero or less is a Yield.
	Sleep(d time.Duration) error

	// Yield lets another task that is ready run first, if there is one.
	Yield() error

	// Checkpoint is a place where a global interpreter lock may change hands:
	// the boundary between two bytecodes. It does nothing in other models, and
	// it never waits for anything but that lock.
	Checkpoint()

	// Block runs f, which blocks its thread, in the way the model has for it: the
	// coroutine loop hands f to an executor thread and lets other tasks run, a
	// thread releases the interpreter lock around it, a goroutine calls it. It
	// returns f's error; a panic in f becomes a *PanicError, and a Goexit is the
	// task's. f must not use the task. When the wait is cancelled, f runs on and its error is dropped; Run
	// still waits for f to return.
	Block(f func() error) error

	// Cancelled reports whether this task has been asked to stop.
	Cancelled() bool

	Primitives
	Network
}

// A Handle is what the starter of a task holds on it.
type Handle interface {
	// Join makes t wait until the started task has ended, and returns that
	// task's error: ErrCancelled if that was it. When t itself is cancelled
	// while it waits, Join returns ErrCancelled and the started task runs on.
	Join(t Task) error

	// Cancel asks the task to stop, as the package text tells. It never waits,
	// and does nothing to a task that has ended.
	Cancel()
}

// Primitives make the means of synchronisation. Each wakes its waiters first
// in, first out, and none lets a newcomer overtake a waiter that it has woken.
type Primitives interface {
	NewLock() Lock
	NewSemaphore(permits int) Semaphore
	NewEvent() Event
	NewCondition(l Lock) Condition  // l comes from NewLock of the same Run
	NewBarrier(parties int) Barrier // parties is at least 1
	NewQueue(capacity int) Queue    // capacity is at least 1
}

// A Lock is held by at most one task.
type Lock interface {
	Acquire(t Task) error
	// Release hands the lock to the next waiter. It returns ErrNotOwner if the
	// lock is not held.
	Release(t Task) error
}

// A Semaphore is a count of permits that never falls below zero.
type Semaphore interface {
	Acquire(t Task) error
	Release(t Task)
}

// An Event is a flag that tasks can wait for.
type Event interface {
	Set(t Task)
	Clear(t Task)
	IsSet() bool
	// Wait returns at once if the flag is set, and else when Set is called, even
	// if it has been cleared again by the time the waiter runs.
	Wait(t Task) error
}

// A Condition lets tasks that hold a lock wait for news about what it guards.
type Condition interface {
	// Wait releases the lock, waits for a notification and acquires the lock
	// again, which it holds on return whatever the error, except ErrNotOwner if
	// t's lock was not held.
	Wait(t Task) error
	// Notify wakes the n waiters that have waited longest, or all if there are
	// fewer. It returns ErrNotOwner if the lock is not held.
	Notify(t Task, n int) error
	NotifyAll(t Task) error
}

// A Barrier holds tasks until a given number have arrived, then lets all go
// and is ready for the next round.
type Barrier interface {
	// Wait returns the order of arrival in this round, from 0. A wait that is
	// cancelled leaves its place to another.
	Wait(t Task) (int, error)
}

// A Queue passes values, in order, and holds at most its capacity.
type Queue interface {
	Put(t Task, v any) error
	Get(t Task) (any, error)
	Len() int
}

// Network opens connections through the model's own transport: non-blocking
// descriptors and the loop's poller, blocking descriptors with the interpreter
// lock released, or the Go runtime's poller.
type Network interface {
	// Dial connects to address on "tcp" or "unix". A host name is looked up
	// by Block. A wait for the network ends no later than the
	// connection's own deadline or the kernel's.
	Dial(network, address string) (Conn, error)
	// Listen accepts connections on "tcp" or "unix".
	Listen(network, address string) (Listener, error)
	// Pipe is a connected pair of stream sockets.
	Pipe() (Conn, Conn, error)
}

// A Conn belongs to one task: the one whose Dial, Accept or Pipe made it, or
// the last one it was moved to. Only that task reads and writes it, one call
// at a time. Errors are net.Error where the net package's would be.
type Conn interface {
	net.Conn
	// MoveTo gives the connection to another task. The task that owned it calls
	// it, or the new owner before its first use when the old one is done with it.
	MoveTo(t Task)
}

// A Listener takes connections.
type Listener interface {
	// Accept waits for the next connection, which belongs to t.
	Accept(t Task) (Conn, error)
	Close() error
	Addr() net.Addr
}

// A Pinner is a task that can be held to one processor. Threads can be; a
// goroutine can when it is locked to a thread first, which it then is for the rest of its life.
type Pinner interface {
	Pin(cpu int) error
}

// A Reducer is a model that can tell which of its options change nothing in this
// process. Two ways to write one model are no two models: what they are measured
// to differ by is the method's own.
type Reducer interface {
	// Reduced are the options without those. It is not called during Run.
	Reduced() string
}
