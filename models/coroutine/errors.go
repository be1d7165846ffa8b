package coroutine

import (
	"context"
	"errors"
	"os"

	"concbench/models"
)

// Errors of misuse. Their texts are asyncio's; what is returned names the
// operation as well, so compare with [errors.Is].
var (
	ErrRunning           = errors.New("this event loop is already running")
	ErrOtherLoop         = errors.New("cannot run the event loop while another loop is running")
	ErrCloseRunning      = errors.New("cannot close a running event loop")
	ErrClosed            = errors.New("event loop is closed")
	ErrNoLoop            = errors.New("no running event loop")
	ErrStopped           = errors.New("event loop stopped before Future completed")
	ErrInvalidState      = errors.New("invalid state")
	ErrAwaitsItself      = errors.New("task cannot await on itself")
	ErrForeignFuture     = errors.New("future belongs to a different loop than the task")
	ErrNotCurrent        = errors.New("task is not the one that runs: it waits only in its own body, on the loop's thread")
	ErrReused            = errors.New("cannot reuse already awaited coroutine")
	ErrNotThreadSafe     = errors.New("non-thread-safe operation invoked on an event loop other than the current one")
	ErrExecutorShutdown  = errors.New("executor shutdown has been called")
	ErrPoolShutdown      = errors.New("cannot schedule new futures after shutdown")
	ErrJoinsItself       = errors.New("cannot join current thread")
	ErrNested            = errors.New("cannot be called from a running event loop")
	ErrRunnerClosed      = errors.New("runner is closed")
	ErrNoRunner          = errors.New("a runner of NewRunner was expected")
	ErrNoMain            = errors.New("a coroutine was expected, got nil")
	ErrNoFunction        = errors.New("a function was expected, got nil")
	ErrNoAddress         = errors.New("an address was expected, got nil")
	ErrNilError          = errors.New("an error was expected, got nil")
	ErrSignalNumber      = errors.New("invalid signal number")
	ErrSignalUncatchable = errors.New("the signal cannot be caught")
	ErrNegativeNumber    = errors.New("the number must not be negative")
)

// ErrCancelled is asyncio's CancelledError. A cancellation with a message is a
// [*CancelledError], which is ErrCancelled to [errors.Is].
var ErrCancelled = models.ErrCancelled

// ErrInterrupted is Python's KeyboardInterrupt, as it comes out of [Run].
var ErrInterrupted = errors.New("coroutine: interrupted from the keyboard")

// A CancelledError is a cancellation with a message.
type CancelledError struct{ Message string }

func (e *CancelledError) Error() string { return ErrCancelled.Error() + ": " + e.Message }

// Is reports whether target is [ErrCancelled].
func (e *CancelledError) Is(target error) bool { return target == ErrCancelled }

// ErrTimeout is Python's TimeoutError. It is also [os.ErrDeadlineExceeded] and
// [context.DeadlineExceeded] to [errors.Is], and a timeout to package net.
var ErrTimeout error = timeoutError{}

type timeoutError struct{}

func (timeoutError) Error() string   { return "timed out" }
func (timeoutError) Timeout() bool   { return true }
func (timeoutError) Temporary() bool { return true }
func (timeoutError) Is(target error) bool {
	return target == os.ErrDeadlineExceeded || target == context.DeadlineExceeded
}

// A UsageError is a misuse: what was called and what is wrong with that. Err is
// one of this package's errors.
type UsageError struct {
	Op  string
	Err error
}

func (e *UsageError) Error() string { return "coroutine: " + e.Op + ": " + e.Err.Error() }

// Unwrap gives what is wrong.
func (e *UsageError) Unwrap() error { return e.Err }

func misuse(op string, err error) error { return &UsageError{op, err} }
