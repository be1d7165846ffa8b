package streams

import (
	"container/list"
	"crypto/tls"
	"errors"
	"net"
	"syscall"
	"time"

	"concbench/models/coroutine"
)

// The marks of asyncio's write buffer, in bytes.
const (
	defaultHighWater = 64 << 10
	defaultLowWater  = 16 << 10
)

// A connection is what a reader and a writer share: asyncio's transport.
type connection struct {
	loop   *coroutine.Loop
	conn   *coroutine.Conn
	tls    *tls.Conn     // nil if there is none
	server *Server       // nil on the side that has dialled
	place  *list.Element // among the server's clients
	reader *StreamReader

	unsent    []byte // what the kernel has not taken yet
	high, low int
	paused    bool // more was unsent than high, and is still more than low
	resumed   *coroutine.Event

	wroteEOF bool
	closing  bool // nothing more is taken
	lost     bool
	err      error // why it was lost; nil if it was closed
	closed   *coroutine.Event
}

func newConnection(c *coroutine.Conn, s *Server, limit int) (*StreamReader, *StreamWriter) {
	n := &connection{
		loop: c.Loop(), conn: c, server: s, high: defaultHighWater, low: defaultLowWater,
		resumed: coroutine.NewEvent(), closed: coroutine.NewEvent(),
	}
	n.reader = newReader(n, limit)
	if err := c.OnClose(n.gone); err != nil {
		n.disconnect(nil)
	}
	return n.reader, &StreamWriter{n}
}

// Read is the reader's source.
func (c *connection) Read(p []byte) (int, error) {
	if c.closing {
		return 0, net.ErrClosed
	}
	if c.tls != nil {
		return c.tls.Read(p)
	}
	return c.conn.Read(p)
}

func (c *connection) SetReadDeadline(at time.Time) error { return c.conn.SetReadDeadline(at) }

// ended is the reader's news. As in asyncio a connection whose other side has
// ended can still be written to, but not over TLS.
func (c *connection) ended(err error) {
	if err != nil {
		c.lose(err)
	} else if c.tls != nil {
		c.close()
	}
}

// send sends what the kernel takes, and keeps the rest for it.
func (c *connection) send(p []byte) error {
	if len(c.unsent) == 0 {
		n, err := c.conn.TryWrite(p)
		if err != nil {
			c.lose(err)
			return err
		}
		if n == len(p) {
			return nil
		}
		p = p[n:]
		if err := c.conn.OnWritable(c.flush); err != nil {
			return err
		}
	}
	c.unsent = append(c.unsent, p...)
	c.weigh()
	return nil
}

// flush is called when the kernel has room again.
func (c *connection) flush() {
	n, err := c.conn.TryWrite(c.unsent)
	if err != nil {
		c.lose(err)
		return
	}
	c.unsent = c.unsent[n:]
	c.weigh()
	if len(c.unsent) > 0 {
		return
	}
	c.unsent = nil
	c.conn.OnWritable(nil)
	if c.closing {
		c.disconnect(nil)
	} else if c.wroteEOF {
		c.shutDown()
	}
}

// weigh sees whether writers are to wait.
func (c *connection) weigh() {
	if !c.paused && len(c.unsent) > c.high {
		c.paused = true
		c.resumed.Clear()
	} else if c.paused && len(c.unsent) <= c.low {
		c.paused = false
		c.resumed.Set()
	}
}

// writeEOF ends the outgoing half once everything is sent.
func (c *connection) writeEOF() error {
	if c.closing || c.wroteEOF {
		return nil
	}
	c.wroteEOF = true
	if c.tls != nil {
		return c.tls.CloseWrite()
	}
	if len(c.unsent) == 0 {
		return c.shutDown()
	}
	return nil
}

func (c *connection) shutDown() error {
	if c.tls != nil {
		return nil // TLS has its own end, which has been sent
	}
	err := c.conn.CloseWrite()
	if errors.Is(err, syscall.ENOTSOCK) { // a pipe has no other half that would stay
		c.closing = true
		c.disconnect(nil)
		return nil
	}
	return err
}

// close ends the connection once everything is sent.
func (c *connection) close() {
	if c.closing {
		return
	}
	if c.tls != nil && !c.wroteEOF {
		c.tls.CloseWrite()
	}
	if c.closing {
		return // the end could not even be sent
	}
	c.closing = true
	if len(c.unsent) == 0 {
		c.disconnect(nil)
	}
}

// lose ends the connection at once; err is nil if that is what was asked for.
func (c *connection) lose(err error) {
	if c.closing && c.unsent == nil {
		return // that has been seen to
	}
	c.closing, c.unsent = true, nil
	c.conn.OnWritable(nil)
	c.disconnect(err)
}

// disconnect is queued, and so comes after whatever has come before it.
func (c *connection) disconnect(err error) {
	c.loop.CallSoon(func() { c.connectionLost(err) })
}

// gone is called when somebody has closed the connection itself, see
// [StreamWriter.Conn]: nothing more can be sent.
func (c *connection) gone() {
	c.closing, c.unsent = true, nil
	c.connectionLost(nil)
}

// connectionLost tells everybody, once.
func (c *connection) connectionLost(err error) {
	if c.lost {
		return
	}
	c.lost, c.err = true, err
	c.conn.OnClose(nil)
	if err != nil && c.reader.exception == nil {
		c.reader.exception = err
	}
	c.conn.Close() // a read in progress sees it
	c.resumed.Set()
	c.closed.Set()
	if c.server != nil {
		c.server.detach(c)
	}
}
