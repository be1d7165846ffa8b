package coroutine

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// backlog is the number of connections that may wait to be accepted. The
// kernel lowers it to its own limit.
const backlog = 4096

// A Listener accepts connections. Several tasks may do so at once.
type Listener struct {
	d      *descriptor
	domain int
	addr   net.Addr
}

// Listen accepts connections to address on "tcp" or "unix". Port 0 is a free
// one. An empty host is all of this machine's IPv4 addresses. Of the addresses
// that a host name has, the first is taken.
func (t *Task) Listen(network, address string) (*Listener, error) {
	ends, err := t.resolve(network, address, "0.0.0.0")
	if err != nil {
		return nil, opError("listen", network, nil, nil, err)
	}
	return t.listen(network, ends[0])
}

// ListenAll is Listen on each of the addresses that a host name has. Port 0 is a
// free one on each.
func (t *Task) ListenAll(network, address string) ([]*Listener, error) {
	ends, err := t.resolve(network, address, "0.0.0.0")
	if err != nil {
		return nil, opError("listen", network, nil, nil, err)
	}
	var all []*Listener
	for _, e := range ends {
		l, err := t.listen(network, e)
		if err != nil {
			for _, l := range all {
				l.Close()
			}
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

func (t *Task) listen(network string, e endpoint) (*Listener, error) {
	fd, err := bound(e)
	if err != nil {
		return nil, opError("listen", network, nil, e.addr, err)
	}
	d, err := t.loop.watch(fd)
	if err != nil {
		return nil, opError("listen", network, nil, e.addr, err)
	}
	return &Listener{d: d, domain: e.domain, addr: localAddr(fd)}, nil
}

// bound is a socket that listens.
func bound(e endpoint) (int, error) {
	fd, err := newSocket(e.domain, unix.SOCK_STREAM)
	if err != nil {
		return -1, err
	}
	steps := []struct {
		name string
		do   func() error
	}{
		// A port whose last user has just gone can be taken again.
		{"setsockopt", func() error { return unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1) }},
		{"bind", func() error { return unix.Bind(fd, e.kernel) }},
		{"listen", func() error { return unix.Listen(fd, backlog) }},
	}
	for _, s := range steps {
		if err := s.do(); err != nil {
			unix.Close(fd)
			return -1, os.NewSyscallError(s.name, err)
		}
	}
	return fd, nil
}

// Accept suspends the running task until there is a connection.
func (l *Listener) Accept() (*Conn, error) {
	c, err := l.accept()
	if err != nil {
		return nil, opError("accept", l.addr.Network(), nil, l.addr, err)
	}
	return c, nil
}

// TryAccept accepts a connection that is there, or returns [ErrWouldBlock]. It
// needs no task.
func (l *Listener) TryAccept() (*Conn, error) {
	err := l.d.reading.check()
	if err == nil {
		var c *Conn
		if c, err = l.acceptWith(l.d.reading.try); err == nil {
			return c, nil
		}
	}
	if err == ErrWouldBlock {
		return nil, err
	}
	return nil, opError("accept", l.addr.Network(), nil, l.addr, err)
}

// OnReadable has fn called, by the loop, whenever there may be connections to
// accept after a TryAccept that returned [ErrWouldBlock]; until it is called
// with nil, or the listener is closed.
func (l *Listener) OnReadable(fn func()) error {
	if l.d.fd < 0 {
		return opError("accept", l.addr.Network(), nil, l.addr, net.ErrClosed)
	}
	l.d.reading.setCallback(fn)
	return nil
}

func (l *Listener) accept() (*Conn, error) { return l.acceptWith(l.d.reading.attempt) }

func (l *Listener) acceptWith(attempt func(string, func(fd int) error) error) (*Conn, error) {
	var fd int
	var from unix.Sockaddr
	err := attempt("accept", func(listening int) (err error) {
		fd, from, err = accept(listening)
		if err == unix.ECONNABORTED {
			return unix.EINTR // that one has gone again: try the next
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	c, err := l.d.loop.newConn(fd, netAddr(from))
	if err != nil {
		return nil, err
	}
	if err := setNoDelay(fd, l.domain); err != nil {
		c.d.close()
		return nil, err
	}
	return c, nil
}

// Addr is the address that is listened on.
func (l *Listener) Addr() net.Addr { return l.addr }

// Close stops listening. Waiting Accepts return [net.ErrClosed]; connections
// live on. The file of a local socket is removed.
func (l *Listener) Close() error {
	err := l.d.close()
	if err == nil {
		err = removeFile(l.addr)
	}
	return opError("close", l.addr.Network(), nil, l.addr, err)
}

// removeFile is for the address of a local socket that was bound.
func removeFile(a net.Addr) error {
	local, ok := a.(*net.UnixAddr)
	if !ok || local.Name == "" || strings.HasPrefix(local.Name, "@") {
		return nil // "@" is Linux's abstract name, which is no file
	}
	if err := os.Remove(local.Name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
