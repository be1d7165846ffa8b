package threading

import (
	"concbench/models/threads/internal/socket"
)

// A Conn is a stream connection on a blocking socket: a net.Conn whose reads and writes
// let the interpreter lock go, even if they would not block, as CPython's sockets do.
//
// It belongs to one thread, which alone reads and writes it: the thread whose Dial,
// Accept or SocketPair made it, or the last one that it was moved to. A call reads its
// deadline when it begins: to end a call in progress, close the connection. Any thread
// may do that.
type Conn struct{ *conn }

type conn = socket.Conn

// MoveTo gives the connection to t. The thread that owned it calls this, or t before its
// first use when the owner is done with it. Without a handle the error is ErrNoOwner.
func (c *Conn) MoveTo(t *Thread) error {
	if t == nil {
		return ErrNoOwner
	}
	socket.SetOwner(c.conn, &t.tstate)
	return nil
}

// A Listener is a listening socket.
type Listener struct{ *listener }

type listener = socket.Listener

// Accept waits for the next connection, which belongs to t. Without a handle the error is
// ErrNoOwner. A Close from another thread ends it with net.ErrClosed, on a kernel that
// wakes a blocked accept when its socket is shut down, as Linux does.
func (l *Listener) Accept(t *Thread) (*Conn, error) {
	if t == nil {
		return nil, ErrNoOwner
	}
	c, err := l.listener.Accept(&t.tstate)
	if err != nil {
		return nil, err
	}
	return &Conn{c}, nil
}

// Dial connects a blocking socket on "tcp" or "unix". Without a handle the error is
// ErrNoOwner.
func (t *Thread) Dial(network, address string) (*Conn, error) {
	if t == nil {
		return nil, ErrNoOwner
	}
	c, err := socket.Dial(&t.tstate, network, address)
	if err != nil {
		return nil, err
	}
	return &Conn{c}, nil
}

// Listen opens a listening socket on "tcp" or "unix". A TCP address without a host means
// all addresses of the machine. Without a handle the error is ErrNoOwner.
func (t *Thread) Listen(network, address string) (*Listener, error) {
	if t == nil {
		return nil, ErrNoOwner
	}
	l, err := socket.Listen(&t.tstate, network, address)
	if err != nil {
		return nil, err
	}
	return &Listener{l}, nil
}

// SocketPair is a connected pair of Unix stream sockets, both of which belong to t.
// Without a handle the error is ErrNoOwner.
func (t *Thread) SocketPair() (a, b *Conn, err error) {
	if t == nil {
		return nil, nil, ErrNoOwner
	}
	x, y, err := socket.Pair(&t.tstate)
	if err != nil {
		return nil, nil, err
	}
	return &Conn{x}, &Conn{y}, nil
}
