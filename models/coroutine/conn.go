package coroutine

import (
	"io"
	"net"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// A Conn is a stream connection over a non-blocking descriptor. A call that
// cannot go on suspends the task that makes it. It may be used by any task of
// its loop, and by nobody else.
type Conn struct {
	d             *descriptor
	local, remote net.Addr
	// A read that does not fill its buffer has emptied a TCP connection and a
	// pair of sockets. Another local socket may stop short at a descriptor that is sent along.
	shortReadsEmpty bool
	onClose         func() // nil if nobody has asked
}

var _ net.Conn = (*Conn)(nil)

// newConn takes over fd, which it closes if that fails.
func (l *Loop) newConn(fd int, remote net.Addr) (*Conn, error) {
	d, err := l.watch(fd)
	if err != nil {
		return nil, err
	}
	return &Conn{d: d, local: localAddr(fd), remote: remote, shortReadsEmpty: remote.Network() == "tcp"}, nil
}

// Pipe is a connected pair of stream sockets.
func (l *Loop) Pipe() (*Conn, *Conn, error) {
	fds, err := socketPair()
	if err != nil {
		return nil, nil, opError("pipe", "unix", nil, nil, err)
	}
	a, err := l.newConn(fds[0], unnamed)
	if err != nil {
		unix.Close(fds[1])
		return nil, nil, opError("pipe", "unix", nil, nil, err)
	}
	b, err := l.newConn(fds[1], unnamed)
	if err != nil {
		a.Close()
		return nil, nil, opError("pipe", "unix", nil, nil, err)
	}
	a.shortReadsEmpty, b.shortReadsEmpty = true, true
	return a, b, nil
}

// Read implements [net.Conn]. Cancelling the task ends it with
// [concbench/models.ErrCancelled]; nothing that has arrived is lost by that.
func (c *Conn) Read(p []byte) (n int, err error) {
	if len(p) == 0 {
		return 0, nil
	}
	s := &c.d.reading
	err = s.attempt("read", func(fd int) (err error) {
		n, err = read(fd, p)
		return err
	})
	if err != nil {
		return 0, c.opError("read", err)
	}
	return c.received(n, len(p))
}

// received is what a read of n bytes tells, where there was room for more.
func (c *Conn) received(n, room int) (int, error) {
	s := &c.d.reading
	if n == 0 {
		s.ended = true
		return 0, io.EOF
	}
	s.exhausted = n < room && c.shortReadsEmpty && !s.ended
	return n, nil
}

// TryRead reads what there is, without waiting. If that is nothing, it returns
// [ErrWouldBlock]. It needs no task.
func (c *Conn) TryRead(p []byte) (n int, err error) {
	if len(p) == 0 {
		return 0, nil
	}
	s := &c.d.reading
	if err := s.check(); err != nil {
		return 0, c.opError("read", err)
	}
	err = s.try("read", func(fd int) (err error) {
		n, err = read(fd, p)
		return err
	})
	if err == ErrWouldBlock {
		return 0, err
	}
	if err != nil {
		return 0, c.opError("read", err)
	}
	return c.received(n, len(p))
}

// OnReadable has fn called, by the loop, whenever the connection may have become
// readable after a TryRead that found nothing; until it is called with nil, or
// the connection is closed.
func (c *Conn) OnReadable(fn func()) error { return c.onReady("read", &c.d.reading, fn) }

// Write implements [net.Conn]. After an error, which may be a cancellation, n
// is how much was sent.
func (c *Conn) Write(p []byte) (n int, err error) {
	for n < len(p) {
		sent := 0
		err = c.d.writing.attempt("write", func(fd int) (err error) {
			sent, err = write(fd, p[n:])
			return err
		})
		if err != nil {
			return n, c.opError("write", err)
		}
		n += sent
	}
	return n, nil
}

// TryWrite writes as much of p as can be written without waiting, which may be
// nothing. It needs no task.
func (c *Conn) TryWrite(p []byte) (n int, err error) {
	s := &c.d.writing
	for n < len(p) {
		if err := s.check(); err != nil {
			return n, c.opError("write", err)
		}
		sent := 0
		err := s.try("write", func(fd int) (err error) {
			sent, err = write(fd, p[n:])
			return err
		})
		if err == ErrWouldBlock {
			return n, nil
		}
		if err != nil {
			return n, c.opError("write", err)
		}
		n += sent
	}
	return n, nil
}

// OnWritable has fn called, by the loop, whenever the connection may have
// become writable after a TryWrite that did not write all; until it is called
// with nil, or the connection is closed.
func (c *Conn) OnWritable(fn func()) error { return c.onReady("write", &c.d.writing, fn) }

func (c *Conn) onReady(op string, s *side, fn func()) error {
	if c.d.fd < 0 {
		return c.opError(op, net.ErrClosed)
	}
	s.setCallback(fn)
	return nil
}

// CloseWrite tells the other side that it has got everything.
func (c *Conn) CloseWrite() error {
	if c.d.fd < 0 {
		return c.opError("close", net.ErrClosed)
	}
	return c.opError("close", os.NewSyscallError("shutdown", unix.Shutdown(c.d.fd, unix.SHUT_WR)))
}

// Loop is the loop of the connection.
func (c *Conn) Loop() *Loop { return c.d.loop }

// Close ends the waits in progress with [net.ErrClosed].
func (c *Conn) Close() error {
	err := c.d.close()
	if fn := c.onClose; fn != nil {
		c.onClose = nil
		c.d.loop.CallSoon(fn) // a closed loop calls nobody
	}
	return c.opError("close", err)
}

// OnClose has fn called, by the loop, once after [Conn.Close], whoever calls that;
// until it is called with nil. On a connection that is closed it returns
// [net.ErrClosed].
func (c *Conn) OnClose(fn func()) error {
	if c.d.fd < 0 {
		return c.opError("close", net.ErrClosed)
	}
	c.onClose = fn
	return nil
}

// LocalAddr is this side's address.
func (c *Conn) LocalAddr() net.Addr { return c.local }

// RemoteAddr is the other side's address.
func (c *Conn) RemoteAddr() net.Addr { return c.remote }

// SetDeadline sets both deadlines. The zero time is none.
func (c *Conn) SetDeadline(at time.Time) error {
	if err := c.SetReadDeadline(at); err != nil {
		return err
	}
	return c.SetWriteDeadline(at)
}

// SetReadDeadline sets the time after which reads, also one in progress, fail
// with [os.ErrDeadlineExceeded].
func (c *Conn) SetReadDeadline(at time.Time) error {
	return c.opError("set", c.d.reading.setDeadline(at))
}

// SetWriteDeadline is SetReadDeadline for writes.
func (c *Conn) SetWriteDeadline(at time.Time) error {
	return c.opError("set", c.d.writing.setDeadline(at))
}

func (c *Conn) opError(op string, err error) error {
	return opError(op, c.remote.Network(), c.local, c.remote, err)
}
