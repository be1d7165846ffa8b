package streams

import (
	"io"

	"concbench/models/coroutine"
)

// readsAtOnce is how often a connection is read before other callbacks have
// their turn.
const readsAtOnce = 8

// An ahead reads a connection for a reader, whether or not anybody asks, as all
// of asyncio's transports do.
type ahead struct {
	conn   *coroutine.Conn
	reader *StreamReader
	paused bool // there is too much that nobody has asked for
	over   bool
	ended  func() // or nil
}

// ReadAhead makes a reader of a connection's incoming half, usually the end of a
// pipe. The connection is the reader's from now on. It is read by the loop, until
// more than twice the limit's bytes are there that nobody has read. So the other
// side can get rid of a little although nobody listens, and its end is known
// soon: the connection is closed then, and ended called if it is not nil.
func ReadAhead(c *coroutine.Conn, ended func(), opts ...Option) (*StreamReader, error) {
	o, err := settings("ReadAhead", opts)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, misuse("ReadAhead", ErrNoConnection)
	}
	a := &ahead{conn: c, reader: newReader(nil, o.limit), ended: ended}
	a.reader.ahead = a
	if err := c.OnClose(func() { a.end(io.EOF) }); err != nil {
		return nil, err
	}
	return a.reader, a.watch()
}

// watch reads what is there and what comes.
func (a *ahead) watch() error {
	if err := a.conn.OnReadable(a.read); err != nil {
		return err
	}
	_, err := a.conn.Loop().CallSoon(a.read)
	return err
}

// read is called when there may be something.
func (a *ahead) read() {
	for range readsAtOnce {
		if a.paused || a.over {
			return
		}
		r := a.reader
		r.makeRoom()
		n, err := a.conn.TryRead(r.buffer[len(r.buffer):cap(r.buffer)])
		if err == coroutine.ErrWouldBlock {
			return
		}
		if err != nil {
			a.end(err)
			return
		}
		r.took(n)
		r.wake()
		a.weigh()
	}
	a.conn.Loop().CallSoon(a.read) // a closed loop reads nothing
}

// weigh pauses when there is enough.
func (a *ahead) weigh() {
	if len(a.reader.data())-a.reader.limit > a.reader.limit {
		a.paused = true
		a.conn.OnReadable(nil)
	}
}

// resume goes on after a pause. It has no error to tell: a connection that has
// been closed since will not be read.
func (a *ahead) resume() {
	if a.paused && !a.over {
		a.paused = false
		a.watch()
	}
}

func (a *ahead) end(err error) {
	if a.over {
		return
	}
	a.over = true
	a.conn.OnClose(nil)
	a.conn.Close()
	if err == io.EOF {
		a.reader.FeedEOF()
	} else {
		a.reader.SetException(err)
	}
	if a.ended != nil {
		a.ended()
	}
}
