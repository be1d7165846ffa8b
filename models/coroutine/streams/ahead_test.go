package streams

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"syscall"
	"testing"

	"concbench/models/coroutine"
)

const aheadLimit = 1000

// reading runs main with a reader that reads ahead, the other end of its
// connection, and the number of calls of ended.
func reading(t *testing.T, main func(task *coroutine.Task, r *StreamReader, c *coroutine.Conn, ended *int) error) {
	t.Helper()
	run(t, func(task *coroutine.Task) error {
		c, d, err := task.Loop().Pipe()
		if err != nil {
			return err
		}
		defer d.Close()
		ended := new(int)
		r, err := ReadAhead(c, func() { *ended++ }, Limit(aheadLimit))
		if err != nil {
			return err
		}
		err = main(task, r, d, ended)
		c.Close()
		return err
	})
}

// fill writes until the other side takes no more.
func fill(task *coroutine.Task, c *coroutine.Conn) (written int, err error) {
	chunk := bytes.Repeat([]byte("x"), 1<<16)
	for full := 0; full < 3; full++ {
		n, err := c.TryWrite(chunk)
		if err != nil {
			return written, err
		}
		if written += n; n > 0 {
			full = 0
		}
		if err := task.Yield(); err != nil {
			return written, err
		}
	}
	return written, nil
}

// The loop reads what nobody has asked for, but not more than the limit allows.
func TestReadingAheadStops(t *testing.T) {
	reading(t, func(task *coroutine.Task, r *StreamReader, c *coroutine.Conn, ended *int) error {
		written, err := fill(task, c)
		if n := len(r.data()); n <= 2*aheadLimit || n > 2*aheadLimit+maxRoom || n == written {
			t.Errorf("of %d bytes %d were read ahead", written, n)
		}
		before := len(r.data())
		if p, err := r.ReadExactly(task, before-aheadLimit-1); err != nil || !r.ahead.paused {
			t.Errorf("more than the limit is left: read %d, %v, paused %v", len(p), err, r.ahead.paused)
		}
		if _, err := r.Read(task, 1); err != nil || r.ahead.paused {
			t.Errorf("no more than the limit is left: %v, paused %v", err, r.ahead.paused)
		}
		rest := written - before + aheadLimit
		c.Close()
		all, err2 := r.ReadAll(task)
		if len(all) != rest || *ended != 1 {
			t.Errorf("%d bytes at last, want %d; ended was called %d times", len(all), rest, *ended)
		}
		return errors.Join(err, err2)
	})
}

// Who waits for more than is read ahead gets it.
func TestReadingAheadGoesOnForWhoWaits(t *testing.T) {
	reading(t, func(task *coroutine.Task, r *StreamReader, c *coroutine.Conn, _ *int) error {
		written, err := fill(task, c)
		if err != nil {
			return err
		}
		p, err := r.ReadExactly(task, written)
		if len(p) != written {
			t.Errorf("read %d of %d bytes", len(p), written)
		}
		return err
	})
}

// Reads from what is fed by the loop mind one another and can be cancelled.
func TestReadingAheadAndItsReaders(t *testing.T) {
	reading(t, func(task *coroutine.Task, r *StreamReader, c *coroutine.Conn, _ *int) error {
		first := coroutine.CreateTask(task, r.ReadLine)
		task.Yield()
		if _, err := r.Read(task, 1); !errors.Is(err, ErrReading) {
			t.Errorf("a second read at once = %v", err)
		}
		c.TryWrite([]byte("half a "))
		for range 3 {
			task.Yield()
		}
		first.Cancel()
		if err := first.Join(task); !errors.Is(err, coroutine.ErrCancelled) {
			t.Errorf("the read that was cancelled = %v", err)
		}
		c.TryWrite([]byte("line\n"))
		line, err := r.ReadLine(task)
		if string(line) != "half a line\n" {
			t.Errorf("the line is %q", line)
		}
		return err
	})
}

func TestReadingAheadFails(t *testing.T) {
	reading(t, func(task *coroutine.Task, r *StreamReader, c *coroutine.Conn, ended *int) error {
		r.ahead.conn.TryWrite([]byte("unread"))
		c.Close() // with data that nobody has read: a reset
		if _, err := r.ReadAll(task); !errors.Is(err, syscall.ECONNRESET) || *ended != 1 {
			t.Errorf("ReadAll = %v; ended was called %d times", err, *ended)
		}
		if _, err := r.ahead.conn.TryRead(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
			t.Errorf("the connection after its end = %v", err)
		}
		if _, err := ReadAhead(c, nil); !errors.Is(err, net.ErrClosed) {
			t.Errorf("ReadAhead from a closed connection = %v", err)
		}
		if _, err := ReadAhead(c, nil, Limit(0)); !errors.Is(err, ErrLimit) {
			t.Errorf("ReadAhead with no limit = %v", err)
		}
		return nil
	})
}

// A pipe has no half that stays open after its end was written.
func TestEOFOfAPipe(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		from, to, err := pipe(task)
		if err != nil {
			return err
		}
		r, err := ReadAhead(from, nil)
		if err != nil {
			return err
		}
		_, w, err := NewConnection(to)
		if err != nil {
			return err
		}
		long := bytes.Repeat([]byte("x"), 1<<20) // more than the pipe holds
		w.Write(long)
		if err := w.WriteEOF(); err != nil {
			return err
		}
		all, err := r.ReadAll(task)
		if !bytes.Equal(all, long) || err != nil {
			t.Errorf("%d bytes came, %v", len(all), err)
		}
		if _, err := r.ReadLine(task); err != io.EOF {
			t.Errorf("after the end = %v", err)
		}
		return w.WaitClosed(task)
	})
}

func pipe(task *coroutine.Task) (from, to *coroutine.Conn, err error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	from, err = task.Loop().ConnectPipe(r)
	to, err2 := task.Loop().ConnectPipe(w)
	return from, to, errors.Join(err, err2)
}
