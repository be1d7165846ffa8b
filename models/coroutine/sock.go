package coroutine

import (
	"net"
	"os"

	"golang.org/x/sys/unix"
)

// What follows is asyncio's access to sockets that are the caller's: each call
// tries its system call and, if it would block, sets a callback for as long as
// it waits. A [Conn] does without the two epoll_ctl that this costs.

// maxRecv bounds what SockRecv makes room for. It may always return less than
// was asked for.
const maxRecv = 1 << 20

// SockRecv returns up to n bytes that a socket has received, none at the end
// of the stream. When the task is cancelled meanwhile nothing is lost.
func (t *Task) SockRecv(fd, n int) ([]byte, error) {
	if n < 0 {
		return nil, misuse("SockRecv", ErrNegativeNumber)
	}
	p := make([]byte, min(n, maxRecv))
	n, err := t.sockRecv("SockRecv", fd, p)
	return p[:n], err
}

// SockRecvInto is SockRecv into p, and returns how much it was.
func (t *Task) SockRecvInto(fd int, p []byte) (int, error) {
	return t.sockRecv("SockRecvInto", fd, p)
}

func (t *Task) sockRecv(op string, fd int, p []byte) (n int, err error) {
	err = t.sock(op, fd, readable, func() (err error) {
		n, _, err = unix.Recvfrom(fd, p, 0)
		return os.NewSyscallError("recvfrom", err)
	})
	return max(n, 0), err
}

// SockSendAll sends all of p. When the task is cancelled meanwhile, nobody
// knows how much was sent.
func (t *Task) SockSendAll(fd int, p []byte) error {
	return t.sock("SockSendAll", fd, writable, func() error {
		for len(p) > 0 {
			n, err := unix.SendmsgN(fd, p, nil, nil, 0)
			if err != nil {
				return os.NewSyscallError("sendmsg", err)
			}
			p = p[n:]
		}
		return nil
	})
}

// SockAccept accepts a connection to a listening socket. The new descriptor is
// the caller's, non-blocking and closed in children.
func (t *Task) SockAccept(fd int) (connection int, from net.Addr, err error) {
	err = t.sock("SockAccept", fd, readable, func() error {
		n, kernel, err := accept(fd)
		if err == nil {
			connection, from = n, netAddr(kernel)
		}
		return os.NewSyscallError("accept", err)
	})
	if err != nil {
		return -1, nil, err
	}
	return connection, from, nil
}

// SockConnect connects a socket to an address: a [*net.TCPAddr],
// [*net.UDPAddr] or [*net.UnixAddr].
func (t *Task) SockConnect(fd int, to net.Addr) error {
	e, err := endpointOf(to)
	if err != nil {
		return &DescriptorError{"SockConnect", fd, err}
	}
	begun := false
	return t.sock("SockConnect", fd, writable, func() error {
		if begun {
			return os.NewSyscallError("connect", connected(fd))
		}
		begun = true
		err := unix.Connect(fd, e.kernel)
		if err == unix.EINPROGRESS || err == unix.EINTR {
			err = unix.EAGAIN
		}
		return os.NewSyscallError("connect", err)
	})
}

// sock makes a call until it no longer would block. As in asyncio, later
// attempts are made by the callback and the task goes on a round later.
func (t *Task) sock(op string, fd int, side interest, call func() error) error {
	if err := t.runs(op); err != nil {
		return err
	}
	if err := t.loop.checkSocket(fd); err != nil {
		return &DescriptorError{op, fd, err}
	}
	err := uninterrupted(call)
	if isErrno(err, unix.EAGAIN) {
		return t.sockWait(op, fd, side, call)
	}
	return describe(op, fd, err)
}

func (t *Task) sockWait(op string, fd int, side interest, call func() error) error {
	l, f := t.loop, NewFuture[None](t.loop)
	h := &foreignHandle{ofTask: true}
	h.call = func() {
		if f.Done() {
			return // cancelled: to receive now would lose data
		}
		if err := uninterrupted(call); !isErrno(err, unix.EAGAIN) {
			f.settle(op, describe(op, fd, err))
		}
	}
	if err := l.addForeign(op, fd, side, h); err != nil {
		return err
	}
	f.AddDoneCallback(func() {
		if !h.cancelled {
			l.removeForeign(fd, side, true)
		}
	})
	_, err := f.Await(t)
	return err
}

// checkSocket refuses what would stop the loop, or take a connection's data
// away.
func (l *Loop) checkSocket(fd int) error {
	if l.selector.owns(fd) {
		return ErrOwnedDescriptor
	}
	flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFL, 0)
	if err != nil {
		return os.NewSyscallError("fcntl", err)
	}
	if flags&unix.O_NONBLOCK == 0 {
		return ErrBlocking
	}
	return nil
}

func uninterrupted(call func() error) error {
	for {
		if err := call(); !isErrno(err, unix.EINTR) {
			return err
		}
	}
}

func isErrno(err error, errno unix.Errno) bool {
	s, ok := err.(*os.SyscallError)
	return ok && s.Err == errno
}

func describe(op string, fd int, err error) error {
	if err == nil {
		return nil
	}
	return &DescriptorError{op, fd, err}
}
