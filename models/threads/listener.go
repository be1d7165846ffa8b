package threads

import (
	"errors"
	"net"
	"os"

	"golang.org/x/sys/unix"

	"concbench/models"
)

// backlog is how many connections may wait to be accepted; the kernel lowers it
// to its own maximum (net.core.somaxconn), as it does for the net package.
const backlog = 4096

// A listener is a listening socket whose accept blocks.
type listener struct {
	descriptor
	network string
	addr    net.Addr
	unlink  string // path of a Unix socket, removed on Close
}

// Accept waits for the next connection without the interpreter lock.
func (l *listener) Accept(t models.Task) (models.Conn, error) {
	self := t.(*Task)
	self.release()
	fd, err := l.during(func() (int, error) { return acceptRetry(l.fd) })
	self.gil.take(self)
	if err != nil {
		if fd >= 0 {
			unix.Close(fd) // accepted while the listener was being closed
		}
		return nil, l.opError("accept", err)
	}
	setNoDelay(fd, l.network)
	return newConn(fd, l.network, self), nil
}

// acceptRetry returns a descriptor of -1 with an error. A client that gave up
// while it was in the queue is not an error of the listener.
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
func (l *listener) Close() error {
	if err := l.close(); err != nil {
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

func (l *listener) Addr() net.Addr { return l.addr }

func (l *listener) opError(op string, err error) error {
	return &net.OpError{Op: op, Net: l.network, Addr: l.addr, Err: err}
}
