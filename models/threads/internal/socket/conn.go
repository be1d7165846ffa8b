package socket

import (
	"io"
	"net"
	"time"

	"concbench/models/threads/internal/gil"
)

// A Conn is a connection on a blocking descriptor. Every read and write lets its owner's
// interpreter lock go, even if the call would not block, as CPython's sockets do. A call
// reads its deadline when it begins: to end a call in progress, close the connection.
type Conn struct {
	descriptor    *Descriptor
	owner         *gil.ThreadState
	network       string
	local, remote net.Addr
	readDeadline  time.Time
	writeDeadline time.Time
}

func newConn(fd int, network string, owner *gil.ThreadState) *Conn {
	return &Conn{
		descriptor: NewDescriptor(fd), owner: owner, network: network,
		local: localAddr(fd, network), remote: remoteAddr(fd, network),
	}
}

// Owner is the thread whose interpreter lock c lets go. It and the next two are functions
// because the public types that embed a Conn would offer methods to everybody.
func Owner(c *Conn) *gil.ThreadState { return c.owner }

// SetOwner gives c to another thread.
func SetOwner(c *Conn, t *gil.ThreadState) { c.owner = t }

// Released is c for calls that its owner makes while the interpreter lock is already let
// go.
func Released(c *Conn) net.Conn { return released{c} }

type released struct{ *Conn }

func (c released) Read(p []byte) (int, error)  { return c.receive(p) }
func (c released) Write(p []byte) (int, error) { return c.send(p) }

// InUse reports whether a call is in progress.
func (c *Conn) InUse() bool { return c.descriptor.InUse() }

// Read returns io.EOF when the other side has closed.
func (c *Conn) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	t := c.owner
	t.Release()
	n, err := c.receive(p)
	t.Retake()
	return n, err
}

// Write sends all of p unless it returns an error.
func (c *Conn) Write(p []byte) (int, error) {
	t := c.owner
	t.Release()
	n, err := c.send(p)
	t.Retake()
	return n, err
}

// receive is Read without the interpreter lock.
func (c *Conn) receive(p []byte) (int, error) {
	n, err := c.descriptor.During(func(int) (int, error) { return c.descriptor.read(p, c.readDeadline) })
	if err != nil {
		return max(n, 0), c.opError("read", err)
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// send is Write without the interpreter lock.
func (c *Conn) send(p []byte) (int, error) {
	n, err := c.descriptor.During(func(int) (int, error) { return c.descriptor.write(p, c.writeDeadline) })
	if err != nil {
		return max(n, 0), c.opError("write", err)
	}
	return n, nil
}

// Close may be called from any thread. A read or write in progress elsewhere ends with
// net.ErrClosed.
func (c *Conn) Close() error {
	if err := c.descriptor.Close(); err != nil {
		return c.opError("close", err)
	}
	return nil
}

// LocalAddr is the address of this side.
func (c *Conn) LocalAddr() net.Addr { return c.local }

// RemoteAddr is the address of the other side.
func (c *Conn) RemoteAddr() net.Addr { return c.remote }

// SetDeadline sets the deadline of the reads and writes that begin from now on. The zero
// time is none.
func (c *Conn) SetDeadline(t time.Time) error {
	return c.setDeadlines(t, &c.readDeadline, &c.writeDeadline)
}

// SetReadDeadline is SetDeadline for reads.
func (c *Conn) SetReadDeadline(t time.Time) error { return c.setDeadlines(t, &c.readDeadline) }

// SetWriteDeadline is SetDeadline for writes.
func (c *Conn) SetWriteDeadline(t time.Time) error { return c.setDeadlines(t, &c.writeDeadline) }

func (c *Conn) setDeadlines(t time.Time, deadlines ...*time.Time) error {
	_, err := c.descriptor.During(func(int) (int, error) {
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

func (c *Conn) opError(op string, err error) error {
	return &net.OpError{Op: op, Net: c.network, Source: c.local, Addr: c.remote, Err: err}
}
