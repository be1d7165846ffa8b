package threads

import (
	"concbench/models"
	"concbench/models/threads/internal/socket"
)

// Dial connects a blocking socket. A host name is looked up without the interpreter lock.
// Its addresses are tried in the resolver's order; if none answers the error is that of
// the first.
func (t *Task) Dial(network, address string) (models.Conn, error) {
	c, err := socket.Dial(&t.state, network, address)
	if err != nil {
		return nil, err
	}
	return conn{c}, nil
}

// Listen opens a listening socket. A TCP address without a host means all addresses of the
// machine.
func (t *Task) Listen(network, address string) (models.Listener, error) {
	l, err := socket.Listen(&t.state, network, address)
	if err != nil {
		return nil, err
	}
	return listener{l}, nil
}

// Pipe is a connected pair of Unix stream sockets, both of which belong to t.
func (t *Task) Pipe() (models.Conn, models.Conn, error) {
	a, b, err := socket.Pair(&t.state)
	if err != nil {
		return nil, nil, err
	}
	return conn{a}, conn{b}, nil
}

// A conn is a connection of the contract.
type conn struct{ *socket.Conn }

func (c conn) MoveTo(t models.Task) { socket.SetOwner(c.Conn, &t.(*Task).state) }

// A listener is a listener of the contract.
type listener struct{ *socket.Listener }

func (l listener) Accept(t models.Task) (models.Conn, error) {
	c, err := l.Listener.Accept(&t.(*Task).state)
	if err != nil {
		return nil, err
	}
	return conn{c}, nil
}
