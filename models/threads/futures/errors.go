package futures

import (
	"context"
	"errors"
	"fmt"
	"os"

	"concbench/models/threads/threading"
)

// ErrCancelled is CPython's CancelledError: the result of a future that was cancelled.
var ErrCancelled = errors.New("futures: the future was cancelled")

// Misuse, in CPython's words.
const (
	ErrMaxWorkers          = threading.ValueError("max_workers must be greater than 0")
	ErrPoolShutdown        = threading.RuntimeError("cannot schedule new futures after shutdown")
	ErrInterpreterShutdown = threading.RuntimeError("cannot schedule new futures after interpreter shutdown")
	ErrUnexpectedState     = threading.RuntimeError("Future in unexpected state")
)

// Misuse that has no counterpart in CPython.
const (
	ErrNoInterpreter = threading.ValueError("a pool is made for an interpreter, got nil")
	ErrNoFuture      = threading.ValueError("a future of Submit or NewFuture was expected, got none")
	ErrNilError      = threading.ValueError("an error was expected, got nil")
)

// ErrBrokenExecutor is CPython's BrokenExecutor: the pool is not usable any more. An error
// that is ErrBrokenThreadPool is also ErrBrokenExecutor to [errors.Is].
const ErrBrokenExecutor = threading.RuntimeError("the executor is not usable anymore")

// ErrBrokenThreadPool is CPython's BrokenThreadPool: a worker's initializer has failed. The
// errors of jobs and of submissions are ErrBrokenThreadPool to [errors.Is], and also the
// error of the initializer, which CPython only logs.
const ErrBrokenThreadPool = threading.RuntimeError(
	"A thread initializer failed, the thread pool is not usable anymore")

// A brokenPoolError keeps the cause, but has CPython's text: the cause is on Stderr.
type brokenPoolError struct{ cause error }

func (e *brokenPoolError) Error() string { return ErrBrokenThreadPool.Error() }

func (e *brokenPoolError) Unwrap() []error {
	return []error{ErrBrokenThreadPool, ErrBrokenExecutor, e.cause}
}

// A TimeoutError is the error of a wait that took too long. CPython's has a text only in
// as_completed.
type TimeoutError string

// ErrTimeout is every TimeoutError to [errors.Is].
const ErrTimeout = TimeoutError("")

func (e TimeoutError) Error() string {
	if e == "" {
		return "futures: the future did not complete in time"
	}
	return string(e)
}

// Is makes every TimeoutError ErrTimeout, and also os.ErrDeadlineExceeded and
// context.DeadlineExceeded.
func (e TimeoutError) Is(target error) bool {
	_, ok := target.(TimeoutError)
	return ok || target == os.ErrDeadlineExceeded || target == context.DeadlineExceeded
}

// Timeout is true: the method is that of net.Error.
func (e TimeoutError) Timeout() bool { return true }

// ErrInvalidState is every [*InvalidStateError] to [errors.Is].
var ErrInvalidState = errors.New("invalid state")

// An InvalidStateError is the error of completing a future that is completed or cancelled.
type InvalidStateError struct{ State State }

func (e *InvalidStateError) Error() string {
	return fmt.Sprintf("%v: the future is done already", e.State)
}

// Is reports whether target is [ErrInvalidState].
func (e *InvalidStateError) Is(target error) bool { return target == ErrInvalidState }
