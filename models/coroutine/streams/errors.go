package streams

import (
	"errors"
	"fmt"
	"io"
	"syscall"

	"concbench/models/coroutine"
)

// Errors of misuse, within a [*coroutine.UsageError] that names the operation.
var (
	ErrReading       = errors.New("another task is already waiting for incoming data")
	ErrNegativeSize  = errors.New("size can not be less than zero")
	ErrNoSeparator   = errors.New("separator should be at least one byte")
	ErrLimit         = errors.New("limit cannot be <= 0")
	ErrWaterMarks    = errors.New("high must be >= low must be >= 0")
	ErrFedAfterEOF   = errors.New("data after the end of the stream")
	ErrWroteEOF      = errors.New("cannot write after WriteEOF")
	ErrUnread        = errors.New("there is data that was received before TLS and is not read yet")
	ErrOverTLS       = errors.New("the connection has TLS already")
	ErrServerClosed  = errors.New("server is closed")
	ErrNoHandler     = errors.New("a handler was expected, got nil")
	ErrNoTLS         = errors.New("a TLS configuration was expected, got nil")
	ErrNoConnection  = errors.New("a connection was expected, got nil")
	ErrServesForever = errors.New("server is already being awaited on ServeForever")
)

// ErrConnectionLost is returned by [StreamWriter.Drain] when the connection has
// ended. To [errors.Is] it is ECONNRESET too, as Python's ConnectionResetError.
var ErrConnectionLost error = connectionLost{}

type connectionLost struct{}

func (connectionLost) Error() string        { return "coroutine/streams: connection lost" }
func (connectionLost) Is(target error) bool { return target == syscall.ECONNRESET }

// An IncompleteReadError is the end of the stream before a read had what it was
// to have. To [errors.Is] it is [io.ErrUnexpectedEOF].
type IncompleteReadError struct {
	Partial  []byte // what there was
	Expected int    // bytes; -1 if a separator was looked for
}

func (e *IncompleteReadError) Error() string {
	if e.Expected < 0 {
		return fmt.Sprintf("%d bytes read on a total of undefined expected bytes", len(e.Partial))
	}
	return fmt.Sprintf("%d bytes read on a total of %d expected bytes", len(e.Partial), e.Expected)
}

// Unwrap gives [io.ErrUnexpectedEOF].
func (e *IncompleteReadError) Unwrap() error { return io.ErrUnexpectedEOF }

// A LimitOverrunError is a separator that is further away than the reader's
// limit. [StreamReader.ReadUntil] leaves the data where they are, so they can be
// read otherwise; [StreamReader.ReadLine] has thrown them away.
type LimitOverrunError struct {
	Message  string
	Consumed int // bytes before the separator, or known not to have one
}

func (e *LimitOverrunError) Error() string { return e.Message }

// runs refuses a task that does not run now.
func runs(t *coroutine.Task, op string) error {
	if !t.IsRunning() {
		return misuse(op, coroutine.ErrNotCurrent)
	}
	return nil
}

func misuse(op string, err error) error { return &coroutine.UsageError{Op: "streams." + op, Err: err} }
