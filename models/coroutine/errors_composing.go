package coroutine

import "errors"

// Errors of misuse of what composes awaitables, in asyncio's words; see
// [UsageError].
var (
	ErrNotAwaitable = errors.New("a Future, a coroutine or an awaitable is required")
	ErrEmptySet     = errors.New("set of Tasks/Futures is empty")
	ErrReturnWhen   = errors.New("invalid return_when value")
	ErrOwnThread    = errors.New("waiting on the loop's own thread for what the loop has yet to run")
)

// Why a [Timeout] cannot be moved.
var (
	ErrTimeoutNotEntered = errors.New("Timeout has not been entered")
	ErrTimeoutExpiring   = errors.New("cannot change state of expiring Timeout")
	ErrTimeoutExpired    = errors.New("cannot change state of expired Timeout")
	ErrTimeoutFinished   = errors.New("cannot change state of finished Timeout")
)

// Why a [TaskGroup] takes no task.
var (
	ErrGroupNotEntered   = errors.New("TaskGroup has not been entered")
	ErrGroupFinished     = errors.New("TaskGroup is finished")
	ErrGroupShuttingDown = errors.New("TaskGroup is shutting down")
)
