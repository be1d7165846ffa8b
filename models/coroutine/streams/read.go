package streams

import (
	"bytes"
	"errors"
	"io"
	"iter"

	"concbench/models/coroutine"
)

// Read returns what there is, at most n bytes, waiting if there is nothing. At
// the end of the stream it returns [io.EOF]. A negative n is ReadAll. If t is
// cancelled meanwhile nothing is lost.
func (r *StreamReader) Read(t *coroutine.Task, n int) ([]byte, error) {
	if n < 0 {
		return r.ReadAll(t)
	}
	if err := r.available(t, "Read", n); err != nil {
		return nil, err
	}
	return r.take(min(n, len(r.data()))), nil
}

// available returns once there is something to read; at once if nothing is
// asked for.
func (r *StreamReader) available(t *coroutine.Task, op string, n int) error {
	if err := r.check(t, op); err != nil || n == 0 {
		return err
	}
	for len(r.data()) == 0 {
		if r.eof {
			return io.EOF
		}
		if err := r.wait(t, op); err != nil {
			return err
		}
	}
	return nil
}

// ReadInto is Read into p, and returns how much it was. It copies less, and
// allocates nothing.
func (r *StreamReader) ReadInto(t *coroutine.Task, p []byte) (int, error) {
	if r.source == nil || len(r.data()) > 0 || len(p) < minRoom || r.eof || r.waiting {
		if err := r.available(t, "ReadInto", len(p)); err != nil {
			return 0, err
		}
		n := copy(p, r.data())
		r.drop(n)
		return n, nil
	}
	if err := r.check(t, "ReadInto"); err != nil {
		return 0, err
	}
	r.waiting = true
	n, err := r.source.Read(p)
	r.waiting = false
	if n > 0 {
		return n, nil
	}
	if err := r.outcome(err); err != nil {
		return 0, err
	}
	return r.ReadInto(t, p)
}

// ReadAll returns everything up to the end of the stream, which is no error. If
// t is cancelled meanwhile nothing is lost.
func (r *StreamReader) ReadAll(t *coroutine.Task) ([]byte, error) {
	if err := r.check(t, "ReadAll"); err != nil {
		return nil, err
	}
	for !r.eof {
		if err := r.wait(t, "ReadAll"); err != nil {
			return nil, err
		}
	}
	return r.take(len(r.data())), nil
}

// ReadExactly returns n bytes. If the stream ends before, it returns an
// [*IncompleteReadError] with what there was.
func (r *StreamReader) ReadExactly(t *coroutine.Task, n int) ([]byte, error) {
	if n < 0 {
		return nil, misuse("ReadExactly", ErrNegativeSize)
	}
	if err := r.check(t, "ReadExactly"); err != nil {
		return nil, err
	}
	for len(r.data()) < n {
		if r.eof {
			return nil, &IncompleteReadError{r.take(len(r.data())), n}
		}
		if err := r.wait(t, "ReadExactly"); err != nil {
			return nil, err
		}
	}
	return r.take(n), nil
}

// ReadUntil returns everything up to and with the separator. If the stream ends
// before, it returns an [*IncompleteReadError] with what there was; if the
// separator is further away than the limit, a [*LimitOverrunError], and the data
// stay.
func (r *StreamReader) ReadUntil(t *coroutine.Task, separator []byte) ([]byte, error) {
	if len(separator) == 0 {
		return nil, misuse("ReadUntil", ErrNoSeparator)
	}
	if err := r.check(t, "ReadUntil"); err != nil {
		return nil, err
	}
	return r.readUntil(t, "ReadUntil", separator)
}

func (r *StreamReader) readUntil(t *coroutine.Task, op string, separator []byte) ([]byte, error) {
	searched := 0 // no separator begins before
	for {
		data := r.data()
		if i := bytes.Index(data[searched:], separator); i >= 0 {
			if before := searched + i; before > r.limit {
				return nil, &LimitOverrunError{"Separator is found, but chunk is longer than limit", before}
			}
			return r.take(searched + i + len(separator)), nil
		}
		searched = max(searched, len(data)+1-len(separator))
		if searched > r.limit {
			return nil, &LimitOverrunError{"Separator is not found, and chunk exceed the limit", searched}
		}
		if r.eof {
			return nil, &IncompleteReadError{r.take(len(data)), -1}
		}
		if err := r.wait(t, op); err != nil {
			return nil, err
		}
	}
}

var newline = []byte("\n")

// ReadLine returns everything up to and with the next newline, or what is left
// at the end of the stream; after that [io.EOF]. If the line is longer than the
// limit, ReadLine throws it away, or what has come of it, and returns a
// [*LimitOverrunError].
func (r *StreamReader) ReadLine(t *coroutine.Task) ([]byte, error) {
	if err := r.check(t, "ReadLine"); err != nil {
		return nil, err
	}
	line, err := r.readUntil(t, "ReadLine", newline)
	if end, ok := errors.AsType[*IncompleteReadError](err); ok {
		if len(end.Partial) == 0 {
			return nil, io.EOF
		}
		return end.Partial, nil
	}
	if over, ok := errors.AsType[*LimitOverrunError](err); ok {
		if bytes.HasPrefix(r.data()[over.Consumed:], newline) {
			r.drop(over.Consumed + len(newline))
		} else {
			r.drop(len(r.data()))
		}
	}
	return line, err
}

// Lines is asyncio's async for: what ReadLine returns, up to the end of the
// stream. An error of ReadLine is the last thing that it gives.
func (r *StreamReader) Lines(t *coroutine.Task) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for {
			line, err := r.ReadLine(t)
			if err == io.EOF || !yield(line, err) || err != nil {
				return
			}
		}
	}
}
