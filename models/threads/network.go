package threads

import (
	"net"
	"os"

	"golang.org/x/sys/unix"

	"concbench/models"
)

// Dial connects a blocking socket. A host name is looked up by Block; its
// addresses are tried in the resolver's order and the first error is returned if
// none answers.
func (t *Task) Dial(network, address string) (models.Conn, error) {
	addrs, err := t.resolve(network, address, func() string { return "localhost" })
	if err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: err}
	}
	var first error
	for _, addr := range addrs {
		c, err := t.dialOne(network, addr)
		if err == nil {
			return c, nil
		}
		if first == nil {
			first = &net.OpError{Op: "dial", Net: network, Addr: netAddr(addr, network), Err: err}
		}
	}
	return nil, first
}

func (t *Task) dialOne(network string, addr unix.Sockaddr) (models.Conn, error) {
	fd, err := newSocket(addr)
	if err != nil {
		return nil, err
	}
	t.release()
	err = connect(fd, addr)
	t.gil.take(t)
	if err != nil {
		unix.Close(fd)
		return nil, os.NewSyscallError("connect", err)
	}
	setNoDelay(fd, network)
	return newConn(fd, network, t), nil
}

// connect finishes by poll what a signal has interrupted, since the kernel goes
// on connecting then.
func connect(fd int, addr unix.Sockaddr) error {
	err := unix.Connect(fd, addr)
	if err != unix.EINTR && err != unix.EALREADY && err != unix.EINPROGRESS {
		return err
	}
	fds := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}
	for {
		n, err := unix.Poll(fds, -1)
		if err != nil && err != unix.EINTR {
			return err
		}
		if n > 0 {
			break
		}
	}
	pending, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ERROR)
	if err != nil || pending == 0 {
		return err
	}
	return unix.Errno(pending)
}

// Listen opens a listening socket. A TCP address without a host means all
// addresses of the machine.
func (t *Task) Listen(network, address string) (models.Listener, error) {
	addrs, err := t.resolve(network, address, wildcard)
	if err != nil {
		return nil, &net.OpError{Op: "listen", Net: network, Err: err}
	}
	fd, err := listenSocket(addrs[0])
	if err != nil {
		return nil, &net.OpError{Op: "listen", Net: network, Addr: netAddr(addrs[0], network), Err: err}
	}
	l := &listener{descriptor: descriptor{fd: fd}, network: network, addr: localAddr(fd, network)}
	if u, ok := addrs[0].(*unix.SockaddrUnix); ok && u.Name != "" && u.Name[0] != '@' {
		l.unlink = u.Name
	}
	return l, nil
}

func listenSocket(addr unix.Sockaddr) (int, error) {
	fd, err := newSocket(addr)
	if err != nil {
		return -1, err
	}
	// As the net package: an address whose last connections are still in
	// TIME_WAIT can be listened on.
	err = os.NewSyscallError("setsockopt", unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1))
	if err == nil {
		err = os.NewSyscallError("bind", unix.Bind(fd, addr))
	}
	if err == nil {
		err = os.NewSyscallError("listen", unix.Listen(fd, backlog))
	}
	if err != nil {
		unix.Close(fd)
		return -1, err
	}
	return fd, nil
}

// Pipe is a connected pair of Unix stream sockets, both of which belong to t.
func (t *Task) Pipe() (models.Conn, models.Conn, error) {
	fds, err := socketPair()
	if err != nil {
		return nil, nil, os.NewSyscallError("socketpair", err)
	}
	return newConn(fds[0], "unix", t), newConn(fds[1], "unix", t), nil
}
