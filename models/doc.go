// Package models is the contract between a workload and the way its tasks are
// run. A workload is written once, against this package, and then runs under
// every model: a cooperative loop, operating-system threads under a global
// interpreter lock, goroutines, or one thing after another.
//
// # How to read it
//
// A [Model] runs a main function as its first [Task]. A task starts others and
// gets a [Handle] on each. Whatever may wait is either a method of the task
// that waits (Sleep, Yield, Block, Dial) or takes that task as its first
// argument (Lock.Acquire, Queue.Get, Handle.Join), so that every place where a
// task may lose the processor can be seen on the page, as await shows it in
// Python.
//
// A task, and all that belongs to it, is used by its own body only. The one
// exception is a primitive (Lock, Queue, ...), which is shared by passing it to
// the bodies that need it.
//
// # Cancelling
//
// [Handle.Cancel] is a request, delivered in the model's own idiom:
//
//   - coroutine: the wait in progress, or else the next one, returns
//     [ErrCancelled], once;
//   - goroutine: the task's done channel is closed, so the wait in progress and
//     all later ones that cannot go on at once return [ErrCancelled]; reads and
//     writes on connections are not interrupted;
//   - threads: a flag is set and no wait is interrupted: the body looks at
//     [Task.Cancelled] itself;
//   - serial: a started task has ended before anyone could cancel it.
//
// A loop that tests Cancelled and returns the error of each wait is therefore
// right under every model.
//
// # How a task ends
//
// A body ends when it returns, panics or calls [runtime.Goexit], as t.FailNow of
// package testing does. The outcome is the error that it returned, a
// [*PanicError] whatever the panic's value, or [ErrGoexit]. So it is with a
// function that [Task.Block] calls, except that a panic in it is Block's error. In
// each case deferred calls run, and may wait; what they do not let go of, such as a
// lock, stays held. Other tasks run on, and so does the caller of [Model.Run]. A
// task that ends with [ErrCancelled] has not failed; see [Failed].
//
// os.Exit and what Go calls a fatal error, such as two goroutines that write to
// one map, end the process under every model.
//
// # What it will not do
//
// It does not time, count or print anything, it has no timeouts, and it does
// not hide the differences that the benchmark exists to show: [Traits] names
// them. Abilities that only some models have are separate small interfaces
// ([Pinner], [Reducer]).
package models
