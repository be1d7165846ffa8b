package measure

import "errors"

// What a caller may want to tell apart, by errors.Is.
var (
	// ErrUsage: the user named something that does not exist, or gave a value that does not pass.
	ErrUsage = errors.New("wrong use")
	// ErrWorker: the worker program is missing, cannot be started or is of another build.
	ErrWorker = errors.New("no usable worker")
	// ErrInterrupted: the context ended before the plan did. What was measured is on disk.
	ErrInterrupted = errors.New("interrupted")
	// ErrRecord: a result could not be written. What was written before is on disk.
	ErrRecord = errors.New("cannot keep the results")
	// ErrOther: the run to resume was begun by another build or on another machine.
	ErrOther = errors.New("not the same run")
)
