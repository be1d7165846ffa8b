package subprocess

import (
	"bytes"

	"concbench/models/coroutine"
)

// A Reader is what a program writes to one of its outputs. The loop reads ahead,
// until there are more than twice the limit's bytes that nobody has asked for. It
// is for the tasks of its loop, one at a time.
type Reader struct {
	loop   *coroutine.Loop
	name   string // of the program
	conn   *coroutine.Conn
	limit  int
	buffer bytes.Buffer
	err    error                             // after what is in the buffer: io.EOF, or why reading ended early
	data   *coroutine.Future[coroutine.None] // whoever waits for some; nil if nobody does
	room   *coroutine.Future[coroutine.None] // the reading ahead, waiting for some; nil if it does not
}

// read has the output read ahead. It is nil if there is none.
func (p *Process) read(t *coroutine.Task, name string, c *coroutine.Conn, limit int) *Reader {
	if c == nil {
		return nil
	}
	p.open++
	r := &Reader{loop: p.loop, name: p.name, conn: c, limit: limit}
	p.loop.Start("read "+name, func(t *coroutine.Task) error {
		r.err = r.ahead(t)
		c.Close()
		wake(&r.data)
		p.disconnected()
		return nil
	})
	return r
}

// aheadBytes is how much is read at once.
const aheadBytes = 32 << 10

// ahead reads until the output's end.
func (r *Reader) ahead(t *coroutine.Task) error {
	chunk := make([]byte, aheadBytes)
	for {
		n, err := r.conn.Read(chunk)
		if err != nil {
			return err
		}
		r.buffer.Write(chunk[:n])
		wake(&r.data)
		if r.buffer.Len()-r.limit > r.limit {
			if err := r.wait(t, &r.room); err != nil {
				return err
			}
		}
	}
}

// Read is that of io.Reader for the task that runs, which waits until there
// is something. The end is io.EOF. A read that is cancelled has taken nothing.
func (r *Reader) Read(b []byte) (int, error) {
	for r.buffer.Len() == 0 && len(b) > 0 {
		if r.err != nil {
			return 0, r.err
		}
		t := r.loop.CurrentTask()
		if t == nil {
			return 0, &Error{"Read", r.name, ErrNoTask}
		}
		if r.data != nil && !r.data.Done() {
			return 0, &Error{"Read", r.name, ErrBusy}
		}
		if err := r.wait(t, &r.data); err != nil {
			return 0, err
		}
	}
	n, _ := r.buffer.Read(b)
	if r.buffer.Len() <= r.limit {
		wake(&r.room)
	}
	return n, nil
}

// wait makes t wait at a place for one.
func (r *Reader) wait(t *coroutine.Task, place **coroutine.Future[coroutine.None]) error {
	f := coroutine.NewFuture[coroutine.None](r.loop)
	*place = f
	_, err := f.Await(t)
	return err
}

func wake(place **coroutine.Future[coroutine.None]) {
	if *place != nil {
		(*place).SetResult(coroutine.None{}) // one that was cancelled refuses it
		*place = nil
	}
}

// Close gives up what is still to come. The program gets SIGPIPE if it writes
// more.
func (r *Reader) Close() error { return r.conn.Close() }
