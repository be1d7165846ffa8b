package socket

import (
	"errors"
	"net"
	"os"

	"golang.org/x/sys/unix"

	"concbench/models/threads/internal/gil"
)

// backlog is how many connections may wait to be accepted. The kernel lowers it to its
// own maximum (net.core.somaxconn), as it does for the net package.
const backlog = 4096

// A Listener is a listening socket whose accept blocks.
type Listener struct {
	descriptor *Descriptor
	network    string
	addr       net.Addr
	unlink     string // path of a Unix socket, removed on Close
}

// Accept waits for the next connection without the interpreter lock. The connection
// belongs to t.
func (l *Listener) Accept(t *gil.ThreadState) (*Conn, error) {
	t.Release()
	fd, err := l.descriptor.During(acceptRetry)
	t.TakeBack()
	if err != nil {
		if fd >= 0 {
			unix.Close(fd) // accepted while the listener was being closed
		}
		return nil, l.opError("accept", err)
	}
	setNoDelay(fd, l.network)
	return newConn(fd, l.network, t), nil
}

// acceptRetry returns a descriptor of -1 with an error. A client that gave up while it
// was in the queue is not an error of the listener.
func acceptRetry(fd int) (int, error) {
	for {
		nfd, err := acceptSocket(fd)
		switch err {
		case nil:
			return nfd, nil
		case unix.EINTR, unix.ECONNABORTED:
		default:
			return -1, os.NewSyscallError("accept", err)
		}
	}
}

// Close ends an Accept in progress with net.ErrClosed. This needs a kernel that
// wakes a blocked accept when its socket is shut down, as Linux does.
func (l *Listener) Close() error {
	if err := l.descriptor.Close(); err != nil {
		return l.opError("close", err)
	}
	if l.unlink == "" {
		return nil
	}
	if err := os.Remove(l.unlink); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// InUse reports whether an Accept is in progress.
func (l *Listener) InUse() bool { return l.descriptor.InUse() }

// Addr is the address that is listened on.
func (l *Listener) Addr() net.Addr { return l.addr }

func (l *Listener) opError(op string, err error) error {
	return &net.OpError{Op: op, Net: l.network, Addr: l.addr, Err: err}
}
