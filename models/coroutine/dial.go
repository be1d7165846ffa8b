package coroutine

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Dial connects to address on "tcp" or "unix". Of the addresses that a host
// name has, the first that answers is taken.
func (t *Task) Dial(network, address string) (*Conn, error) {
	ends, err := t.resolve(network, address, "127.0.0.1")
	if err != nil {
		return nil, opError("dial", network, nil, nil, err)
	}
	var first error
	for _, e := range ends {
		c, err := t.connect(e)
		if err == nil {
			return c, nil
		}
		if first == nil {
			first = opError("dial", network, nil, e.addr, err)
		}
	}
	return nil, first
}

func (t *Task) connect(e endpoint) (*Conn, error) {
	fd, err := newSocket(e.domain, unix.SOCK_STREAM)
	if err != nil {
		return nil, err
	}
	inProgress, err := t.beginConnect(fd, e.kernel)
	if err != nil {
		unix.Close(fd)
		return nil, err
	}
	// The selector learns of the socket only now: before, it would report an
	// unconnected one as hung up.
	c, err := t.loop.newConn(fd, e.addr)
	if err != nil {
		return nil, err
	}
	if inProgress {
		err = c.d.writing.attempt("connect", connected)
		c.local = localAddr(fd)
	}
	if err == nil {
		err = setNoDelay(fd, e.domain)
	}
	if err != nil {
		c.d.close()
		return nil, err
	}
	return c, nil
}

// fullBacklogPause is how long to wait before asking again whether a local
// listener has room: the kernel gives no event for that.
const fullBacklogPause = time.Millisecond

func (t *Task) beginConnect(fd int, to unix.Sockaddr) (inProgress bool, err error) {
	for {
		switch err := unix.Connect(fd, to); err {
		case nil:
			return false, nil
		case unix.EINPROGRESS, unix.EINTR: // interrupted, it goes on by itself
			return true, nil
		case unix.EAGAIN:
			if err := t.Sleep(fullBacklogPause); err != nil {
				return false, err
			}
		default:
			return false, os.NewSyscallError("connect", err)
		}
	}
}

// connected is the outcome of a connect in progress.
func connected(fd int) error {
	errno, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ERROR)
	if err != nil {
		return err
	}
	if errno != 0 {
		return unix.Errno(errno)
	}
	if _, err := unix.Getpeername(fd); err != nil {
		return unix.EAGAIN // neither failed nor connected yet
	}
	return nil
}

// setNoDelay sends small writes at once, as asyncio and Go do.
func setNoDelay(fd, domain int) error {
	if domain == unix.AF_UNIX {
		return nil
	}
	return os.NewSyscallError("setsockopt", unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1))
}
