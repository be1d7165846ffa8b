// Package limits says how many more threads this system lets the process have, and
// which limit forbids one more.
//
// The Go runtime ends the whole process when the kernel refuses it a thread. So the
// models ask [System] before they start many threads, and a thread too many is an
// [Error] that names the limit, its value, the file that sets it, and the way to
// raise it.
//
// On Linux, [System] reads kernel.threads-max, kernel.pid_max, RLIMIT_NPROC,
// vm.max_map_count, the memory that is available, and the pids and memory of every
// control group above the process, in both of their versions. A limit that cannot be
// read counts as absent. Other systems tell nothing, so there a thread too many
// still ends the process.
package limits

import (
	"fmt"

	"concbench/models"
)

// An Error says that a thread was not started because the system would have
// refused it. It is a [models.ErrLimit].
type Error struct {
	Task    string // the task that did not run
	Threads int    // how many threads of the run it would have made
	Limit   string // in words
	Value   int64  // of the limit
	File    string // or command, where the limit is set
	Try     string // how to have more
}

func (e *Error) Error() string {
	return fmt.Sprintf("threads: cannot start task %q as thread %d of this run: %s is %d (%s); %s",
		e.Task, e.Threads, e.Limit, e.Value, e.File, e.Try)
}

// Unwrap makes it a [models.ErrLimit].
func (e *Error) Unwrap() error { return models.ErrLimit }

// A Ceiling is the largest number of threads that may be started, and the limit that
// sets it.
type Ceiling struct {
	Threads int
	Cause   Error
}

// Check returns an [*Error] if n threads are too many. task is the name of the one
// that would be the last of them.
func (c Ceiling) Check(n int, task string) error {
	if n <= c.Threads {
		return nil
	}
	err := c.Cause
	err.Task, err.Threads = task, n
	return &err
}

const maxThreadIDs = 1 << 22

// A headroom is the number of new threads that one limit leaves.
type headroom struct {
	threads int64
	cause   Error
}

// lowest turns headrooms into a ceiling. It leaves a margin for the threads that the
// Go runtime starts of its own accord and for other programs that grow meanwhile.
func lowest(rooms []headroom) Ceiling {
	c := Ceiling{Threads: maxThreadIDs, Cause: Error{
		Limit: "the largest number of threads that Linux can tell apart", Value: maxThreadIDs,
		File: "PID_MAX_LIMIT in the kernel's source", Try: "ask for fewer tasks",
	}}
	for _, room := range rooms {
		left := room.threads - min(16+room.threads/8, 128)
		if left < int64(c.Threads) {
			c = Ceiling{Threads: int(max(left, 0)), Cause: room.cause}
		}
	}
	return c
}
