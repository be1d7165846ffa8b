package streams

import (
	"errors"
	"io"
	"net"
	"os"
	"time"

	"concbench/models"
	"concbench/models/coroutine"
)

// DefaultLimit is how far a separator may be away, in bytes.
const DefaultLimit = 64 << 10

// The room that a read from the connection is given, in bytes: more after a
// read that filled it.
const (
	minRoom = 4 << 10
	maxRoom = 256 << 10
)

// A StreamReader is the incoming half of a connection, or a buffer that is fed
// by hand. One task at a time may wait in it.
type StreamReader struct {
	source    source // nil if it is fed
	ahead     *ahead // what feeds it; nil if that is done by hand
	buffer    []byte // what has come and is not read yet, from start on
	start     int
	room      int
	limit     int
	eof       bool
	exception error

	waiting bool
	fed     bool             // by hand while a task waits for the source
	arrived *coroutine.Event // of something new, where there is no source
}

// A source is where a reader has its data from.
type source interface {
	Read(p []byte) (int, error)
	SetReadDeadline(at time.Time) error
	ended(err error) // err is nil at the end of the stream
}

// NewStreamReader makes a reader that is fed by hand.
func NewStreamReader(opts ...Option) (*StreamReader, error) {
	o, err := settings("NewStreamReader", opts)
	if err != nil {
		return nil, err
	}
	return newReader(nil, o.limit), nil
}

func newReader(s source, limit int) *StreamReader {
	return &StreamReader{source: s, limit: limit, room: minRoom, arrived: coroutine.NewEvent()}
}

// FeedData adds to what has come.
func (r *StreamReader) FeedData(p []byte) error {
	if r.eof {
		return misuse("FeedData", ErrFedAfterEOF)
	}
	r.buffer = append(r.buffer, p...)
	r.wake()
	return nil
}

// FeedEOF says that nothing more will come.
func (r *StreamReader) FeedEOF() {
	r.eof = true
	r.wake()
}

// SetException has all reads return err from now on, also one in progress.
func (r *StreamReader) SetException(err error) {
	r.exception = err
	r.wake()
}

// Exception is what SetException was called with, or the error of the
// connection; nil if there is none.
func (r *StreamReader) Exception() error { return r.exception }

// AtEOF reports whether everything has been read and the end been seen.
func (r *StreamReader) AtEOF() bool { return r.eof && len(r.data()) == 0 }

func (r *StreamReader) data() []byte { return r.buffer[r.start:] }

// wake has the waiting task look again.
func (r *StreamReader) wake() {
	switch {
	case !r.waiting:
	case r.source == nil:
		r.arrived.Set()
	default:
		r.fed = true
		r.source.SetReadDeadline(longAgo)
	}
}

var longAgo = time.Unix(1, 0)

// check is what every read begins with.
func (r *StreamReader) check(t *coroutine.Task, op string) error {
	if err := runs(t, op); err != nil {
		return err
	}
	return r.exception
}

// wait suspends t until there is something new: data, the end, an error.
func (r *StreamReader) wait(t *coroutine.Task, op string) error {
	if r.waiting {
		return misuse(op, ErrReading)
	}
	r.waiting = true
	defer func() { r.waiting = false }()
	if r.source == nil {
		if r.ahead != nil {
			r.ahead.resume() // who waits wants more than the limit
		}
		r.arrived.Clear()
		if err := r.arrived.Wait(t); err != nil {
			return err
		}
		return r.exception
	}
	r.makeRoom()
	n, err := r.source.Read(r.buffer[len(r.buffer):cap(r.buffer)])
	return r.received(n, err)
}

// received takes what was read into the buffer's room.
func (r *StreamReader) received(n int, err error) error {
	r.took(n)
	return r.outcome(err)
}

// took counts what was read into the buffer's room.
func (r *StreamReader) took(n int) {
	r.buffer = r.buffer[:len(r.buffer)+n]
	if n > 0 && len(r.buffer) == cap(r.buffer) {
		r.room = min(2*r.room, maxRoom)
	}
}

// outcome sorts the error of a read from the source.
func (r *StreamReader) outcome(err error) error {
	switch {
	case err == nil:
	case r.fed:
		r.fed = false
		r.source.SetReadDeadline(time.Time{})
	case err == io.EOF, errors.Is(err, net.ErrClosed):
		r.eof = true
		r.source.ended(nil)
	case errors.Is(err, models.ErrCancelled), errors.Is(err, models.ErrDeadlock), errors.Is(err, os.ErrDeadlineExceeded):
		return err // of this wait only
	default:
		r.exception = err
		r.source.ended(err)
	}
	return r.exception
}

// makeRoom sees to it that the buffer can take more.
func (r *StreamReader) makeRoom() {
	unread := len(r.data())
	if unread == 0 {
		r.buffer, r.start = r.buffer[:0], 0
	}
	if cap(r.buffer)-len(r.buffer) >= r.room {
		return
	}
	to := r.buffer[:0]
	if cap(r.buffer)-unread < r.room || r.start < unread {
		// Twice as much, so that to collect much is not to copy it again and again.
		to = make([]byte, 0, max(2*unread, unread+r.room))
	}
	r.buffer, r.start = append(to, r.data()...), 0
}

// take removes n bytes and returns a copy.
func (r *StreamReader) take(n int) []byte {
	p := append(make([]byte, 0, n), r.data()[:n]...)
	r.drop(n)
	return p
}

func (r *StreamReader) drop(n int) {
	r.start += n
	if r.start == len(r.buffer) {
		r.buffer, r.start = r.buffer[:0], 0
	}
	if r.ahead != nil && len(r.data()) <= r.limit {
		r.ahead.resume()
	}
}
