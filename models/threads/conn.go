package threads

import (
	"io"
	"net"
	"time"

	"concbench/models"
)

// A conn is a connection on a blocking descriptor. Every read and write lets its
// owner's interpreter lock go, even if the call would not block, as CPython's
// sockets do. Deadlines are read when a call begins: to end a call in progress,
// close the connection.
type conn struct {
	descriptor
	owner         *Task
	network       string
	local, remote net.Addr
	readDeadline  time.Time
	writeDeadline time.Time
}

func newConn(fd int, network string, owner *Task) *conn {
	return &conn{
		descriptor: descriptor{fd: fd}, owner: owner, network: network,
		local: localAddr(fd, network), remote: remoteAddr(fd, network),
	}
}

// Read returns io.EOF when the other side has closed.
func (c *conn) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	t := c.owner
	t.release()
	n, err := c.receive(p)
	t.retake()
	return n, err
}

// Write sends all of p unless it returns an error.
func (c *conn) Write(p []byte) (int, error) {
	t := c.owner
	t.release()
	n, err := c.send(p)
	t.retake()
	return n, err
}

// receive is Read while the interpreter lock is let go.
func (c *conn) receive(p []byte) (int, error) {
	n, err := c.during(func() (int, error) { return c.read(p, c.readDeadline) })
	if err != nil {
		return max(n, 0), c.opError("read", err)
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// send is Write while the interpreter lock is let go.
func (c *conn) send(p []byte) (int, error) {
	n, err := c.during(func() (int, error) { return c.write(p, c.writeDeadline) })
	if err != nil {
		return max(n, 0), c.opError("write", err)
	}
	return n, nil
}

// Close may be called from any task. A read or write in progress elsewhere ends
// with net.ErrClosed.
func (c *conn) Close() error {
	if err := c.close(); err != nil {
		return c.opError("close", err)
	}
	return nil
}

func (c *conn) MoveTo(t models.Task) { c.owner = t.(*Task) }

func (c *conn) LocalAddr() net.Addr  { return c.local }
func (c *conn) RemoteAddr() net.Addr { return c.remote }

func (c *conn) SetDeadline(t time.Time) error {
	return c.setDeadlines(t, &c.readDeadline, &c.writeDeadline)
}

func (c *conn) SetReadDeadline(t time.Time) error  { return c.setDeadlines(t, &c.readDeadline) }
func (c *conn) SetWriteDeadline(t time.Time) error { return c.setDeadlines(t, &c.writeDeadline) }

func (c *conn) setDeadlines(t time.Time, deadlines ...*time.Time) error {
	_, err := c.during(func() (int, error) {
		for _, d := range deadlines {
			*d = t
		}
		return 0, nil
	})
	if err != nil {
		return c.opError("set", err)
	}
	return nil
}

func (c *conn) opError(op string, err error) error {
	return &net.OpError{Op: op, Net: c.network, Source: c.local, Addr: c.remote, Err: err}
}
