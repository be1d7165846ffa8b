package coroutine

import (
	"errors"

	"concbench/models"
)

// Errors of misuse of the primitives, in asyncio's words where it has some;
// see [UsageError].
var (
	ErrBoundElsewhere = errors.New("bound to a different event loop")
	ErrInitialValue   = errors.New("semaphore initial value must be >= 0")
	ErrOverReleased   = errors.New("BoundedSemaphore released too many times")
	ErrNoParties      = errors.New("parties must be > 0")
	ErrTasksDone      = errors.New("task_done() called too many times")
	ErrNoComparison   = errors.New("a function that compares was expected, got nil")
)

// Misuse of a lock that nobody holds, which is also [models.ErrNotOwner].
var (
	ErrNotAcquired  error = notOwner("Lock is not acquired.")
	ErrWaitUnheld   error = notOwner("cannot wait on un-acquired lock")
	ErrNotifyUnheld error = notOwner("cannot notify on un-acquired lock")
)

type notOwner string

func (e notOwner) Error() string        { return string(e) }
func (e notOwner) Is(target error) bool { return target == models.ErrNotOwner }

// ErrBrokenBarrier is what those get who wait at a barrier as it is aborted or
// reset, and who come to one that has been aborted.
var ErrBrokenBarrier = errors.New("coroutine: barrier is broken")

// ErrQueueEmpty is the error of [Queue.GetNowait]: there is no item, or none
// that is not promised to a task that waited for it.
var ErrQueueEmpty = errors.New("coroutine: queue is empty")

// ErrQueueFull is the error of [Queue.PutNowait]: there is no free place, or
// none that is not promised to a task that waited for it.
var ErrQueueFull = errors.New("coroutine: queue is full")
