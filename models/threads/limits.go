package threads

import (
	"fmt"
	"runtime/debug"

	"concbench/models"
)

// A LimitError is the error of a task that was not started because the system
// would have refused its thread. The Go runtime ends the whole process when that
// happens, so the limits are read before there are many threads.
type LimitError struct {
	Task    string // that did not run
	Threads int    // that would have been alive with it
	Limit   string // in words
	Value   int64  // of the limit
	File    string // or call, where the limit is set
	Try     string // how to have more
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("threads: cannot start task %q as thread %d of this run: %s is %d (%s); %s",
		e.Task, e.Threads, e.Limit, e.Value, e.File, e.Try)
}

// Unwrap makes it a [models.ErrLimit].
func (e *LimitError) Unwrap() error { return models.ErrLimit }

// A ceiling is the largest number of threads, and the limit that sets it. When
// read, it is of new threads; a run adds those that it has.
type ceiling struct {
	threads int
	cause   LimitError
}

// check returns an error if n threads are too many; task is the one that would
// be the last of them.
func (c ceiling) check(n int, task string) error {
	if n <= c.threads {
		return nil
	}
	err := c.cause
	err.Task, err.Threads = task, n
	return &err
}

const maxThreadIDs = 1 << 22

// A headroom is what one limit leaves for new threads.
type headroom struct {
	threads int64
	cause   LimitError
}

// lowest turns headrooms into a ceiling, less a margin for the threads that the
// Go runtime starts of its own accord and for the other programs that grow meanwhile.
func lowest(rooms []headroom) ceiling {
	c := ceiling{threads: maxThreadIDs, cause: LimitError{
		Limit: "the largest number of threads that Linux can tell apart", Value: maxThreadIDs,
		File: "PID_MAX_LIMIT in the kernel's source", Try: "ask for fewer tasks",
	}}
	for _, room := range rooms {
		left := room.threads - min(16+room.threads/8, 128)
		if left < int64(c.threads) {
			c = ceiling{threads: int(max(left, 0)), cause: room.cause}
		}
	}
	return c
}

// raiseGoLimit lets the Go runtime have as many threads as the ceiling allows. It
// aborts the process at 10,000 by default. The limit is not lowered again after a
// Run, since threads that are still ending would break it.
func raiseGoLimit(c ceiling) {
	const beside = 1024 // for threads that are no tasks, or are still ending
	if before := debug.SetMaxThreads(max(c.threads+beside, 10_000)); before > c.threads+beside {
		debug.SetMaxThreads(before)
	}
}
