package queue

import (
	"errors"

	"concbench/models/threads"
)

// What the exceptions Empty and Full are in CPython.
var (
	ErrEmpty = errors.New("queue: empty")
	ErrFull  = errors.New("queue: full")
)

// Misuse, in CPython's words where it has some.
const (
	ErrTimeoutNegative = threads.ValueError("'timeout' must be a non-negative number")
	ErrNoComparison    = threads.ValueError("a function that compares was expected, got nil")
	ErrTaskDone        = threads.ValueError("task_done() called too many times")
)
