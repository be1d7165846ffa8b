package futures

import (
	"errors"
	"fmt"

	"concbench/models/threads/threading"
)

// ErrCancelled is CPython's CancelledError: the result of a future that was
// cancelled.
var ErrCancelled = errors.New("futures: the future was cancelled")

// Misuse, in CPython's words where it has some.
const (
	ErrNoInterpreter       = threading.ValueError("a pool is made for an interpreter, got nil")
	ErrNoFuture            = threading.ValueError("a future of Submit or NewFuture was expected, got none")
	ErrMaxWorkers          = threading.ValueError("max_workers must be greater than 0")
	ErrShutdown            = threading.RuntimeError("cannot schedule new futures after shutdown")
	ErrInterpreterShutdown = threading.RuntimeError("cannot schedule new futures after interpreter shutdown")
	ErrUnexpectedState     = threading.RuntimeError("Future in unexpected state")
)

// ErrBrokenThreadPool is CPython's BrokenThreadPool: a worker's initializer failed.
const ErrBrokenThreadPool = threading.RuntimeError(
	"A thread initializer failed, the thread pool is not usable anymore")

// A TimeoutError is the error of a wait that took too long. CPython's has a text
// only in AsCompleted.
type TimeoutError string

// ErrTimeout is any TimeoutError to errors.Is.
const ErrTimeout = TimeoutError("")

func (e TimeoutError) Error() string {
	if e == "" {
		return "futures: the future did not complete in time"
	}
	return string(e)
}

// Is makes all of them one.
func (e TimeoutError) Is(target error) bool {
	_, ok := target.(TimeoutError)
	return ok
}

// Timeout is what net.Error has.
func (e TimeoutError) Timeout() bool { return true }

// An InvalidStateError is the error of completing a future that is completed, or
// cancelled.
type InvalidStateError struct{ State State }

func (e *InvalidStateError) Error() string {
	return fmt.Sprintf("%v: the future has its outcome", e.State)
}
