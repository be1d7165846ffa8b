package threads

import "concbench/models"

// Connections of a thread are those of the benchmark's contract: they belong to
// the thread that made them until MoveTo gives them to another one's Task. They
// need a handle: ErrNoOwner without one.

// Dial connects a blocking socket on "tcp" or "unix".
func (t *Thread) Dial(network, address string) (models.Conn, error) {
	if t == nil {
		return nil, ErrNoOwner
	}
	return t.task.Dial(network, address)
}

// Listen opens a listening socket; Accept takes the [Thread.Task] of the thread
// that will own the connection.
func (t *Thread) Listen(network, address string) (models.Listener, error) {
	if t == nil {
		return nil, ErrNoOwner
	}
	return t.task.Listen(network, address)
}

// SocketPair is a connected pair of Unix stream sockets.
func (t *Thread) SocketPair() (models.Conn, models.Conn, error) {
	if t == nil {
		return nil, nil, ErrNoOwner
	}
	return t.task.Pipe()
}
