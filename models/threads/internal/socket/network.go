package socket

import (
	"net"
	"os"

	"golang.org/x/sys/unix"

	"concbench/models/threads/internal/gil"
)

// Dial connects a blocking socket, which belongs to t. A host name is looked up without
// the interpreter lock. Its addresses are tried in the resolver's order; if none answers
// the error is that of the first.
func Dial(t *gil.ThreadState, network, address string) (*Conn, error) {
	addrs, err := resolve(t, network, address, func() string { return "localhost" })
	if err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: err}
	}
	var first error
	for _, addr := range addrs {
		c, err := dialOne(t, network, addr)
		if err == nil {
			return c, nil
		}
		if first == nil {
			first = &net.OpError{Op: "dial", Net: network, Addr: netAddr(addr, network), Err: err}
		}
	}
	return nil, first
}

func dialOne(t *gil.ThreadState, network string, addr unix.Sockaddr) (*Conn, error) {
	fd, err := newSocket(addr)
	if err != nil {
		return nil, err
	}
	t.Release()
	err = connect(fd, addr)
	t.TakeBack()
	if err != nil {
		unix.Close(fd)
		return nil, os.NewSyscallError("connect", err)
	}
	setNoDelay(fd, network)
	return newConn(fd, network, t), nil
}

// connect waits by poll if a signal interrupts it, since the kernel then goes on
// connecting.
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

// Listen opens a listening socket. A TCP address without a host means all addresses of
// the machine.
func Listen(t *gil.ThreadState, network, address string) (*Listener, error) {
	addrs, err := resolve(t, network, address, wildcard)
	if err != nil {
		return nil, &net.OpError{Op: "listen", Net: network, Err: err}
	}
	fd, err := listenSocket(addrs[0])
	if err != nil {
		return nil, &net.OpError{Op: "listen", Net: network, Addr: netAddr(addrs[0], network), Err: err}
	}
	l := &Listener{descriptor: NewDescriptor(fd), network: network, addr: localAddr(fd, network)}
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
	// As in the net package: an address can be listened on while its last connections
	// are still in TIME_WAIT.
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

// Pair is a connected pair of Unix stream sockets, both of which belong to t.
func Pair(t *gil.ThreadState) (a, b *Conn, err error) {
	fds, err := socketPair()
	if err != nil {
		return nil, nil, os.NewSyscallError("socketpair", err)
	}
	return newConn(fds[0], "unix", t), newConn(fds[1], "unix", t), nil
}
