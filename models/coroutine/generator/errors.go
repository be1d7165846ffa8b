package generator

import (
	"errors"
	"fmt"

	"concbench/models/coroutine/internal/loopthread"
)

// The misuse that Python knows, in its words.
var (
	// ErrJustStarted is the answer to a Send to a generator that waits at no
	// yield yet. Start it with Next. (Python: TypeError.)
	ErrJustStarted = errors.New("can't send non-None value to a just-started generator")
	// ErrAlreadyExecuting is the answer to whoever resumes or closes a running
	// generator: its own body, or another goroutine. (Python: ValueError.)
	ErrAlreadyExecuting = errors.New("generator already executing")
	// ErrIgnoredGeneratorExit is the answer to a Close to which the body has
	// yielded. The generator is still suspended. (Python: RuntimeError.)
	ErrIgnoredGeneratorExit = errors.New("generator ignored GeneratorExit")
	// ErrNoSend is what [FromSeq] returns when a value is sent while it delegates
	// to a sequence, which can take none. (Python: AttributeError.)
	ErrNoSend = errors.New("sequence has no method to send to")
	// ErrThrowNil is the answer to a Throw of no error. (Python: TypeError.)
	ErrThrowNil = errors.New("nothing to throw: the error is nil")
	// ErrNoBody is how a generator ends that was made of no body.
	ErrNoBody = errors.New("generator has no body: a function was expected, got nil")
	// ErrYieldOutside is the answer to a Yield while the body does not run: after
	// its end, or from elsewhere while it waits.
	ErrYieldOutside = errors.New("yield outside the running body of the generator")
)

// ErrGeneratorExit is what a body's Yield returns when the generator is closed.
// The body should clean up and return, this error or nil.
var ErrGeneratorExit = errors.New("GeneratorExit")

// isExit tells whether err is [ErrGeneratorExit], wrapped perhaps. Joined with
// another error it is not, lest that be lost.
func isExit(err error) bool {
	for ; err != nil; err = errors.Unwrap(err) {
		if err == ErrGeneratorExit {
			return true
		}
	}
	return false
}

// ErrStopIteration is what every [StopIteration] is, whatever the type of its
// value: errors.Is(err, ErrStopIteration) tells the end from an error.
var ErrStopIteration = errors.New("StopIteration")

// A StopIteration is the end of a generator.
type StopIteration[R any] struct {
	Value R // what the body returned; the zero value once that has been told
}

func (s *StopIteration[R]) Error() string { return ErrStopIteration.Error() }

// Is says that it is [ErrStopIteration].
func (s *StopIteration[R]) Is(target error) bool { return target == ErrStopIteration }

// A RaisedStopIterationError takes the place of a StopIteration, of another
// generator say, that a body has returned as its error, also when wrapped. It does
// not unwrap to it, so that nobody takes it for the end. (Python: RuntimeError.)
type RaisedStopIterationError struct {
	Cause error // what the body returned
}

func (e *RaisedStopIterationError) Error() string { return "generator raised StopIteration" }

// A ThreadError is the answer to whoever resumes or closes a generator under
// another thread lock than that of its first Next, for which the runtime would
// end the process. The generator is as it was.
type ThreadError struct {
	Made, Here string // where the first Next ran, and where this call does
}

func (e *ThreadError) Error() string {
	return fmt.Sprintf("generator was started %s and cannot go on %s: use it where it was started, or start it here", e.Made, e.Here)
}

func newThreadError(made, here loopthread.Place) error {
	return &ThreadError{Made: made.String(), Here: here.String()}
}
