package socket

import (
	"net"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"concbench/models/threads/internal/futex"
)

// A Descriptor is a blocking socket or file that one thread may close while another is
// blocked in it. Closing shuts a socket down, which ends the other's system call. The
// number goes back to the kernel only when no call uses it any more, so it cannot come
// to mean another file under a thread's hands.
type Descriptor struct {
	fd int

	mu     futex.Mutex
	users  int // calls in progress
	closed bool
}

// NewDescriptor wraps an open file descriptor.
func NewDescriptor(fd int) *Descriptor { return &Descriptor{fd: fd} }

// During calls f with the number of the descriptor, which stays valid meanwhile. If the
// descriptor is closed before f returns, the error is net.ErrClosed: that is why f
// ended.
func (d *Descriptor) During(f func(fd int) (int, error)) (int, error) {
	if err := d.enter(); err != nil {
		return -1, err
	}
	n, err := f(d.fd)
	return n, d.leave(err)
}

// InUse reports whether a call is in progress.
func (d *Descriptor) InUse() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.users > 0
}

func (d *Descriptor) enter() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return net.ErrClosed
	}
	d.users++
	return nil
}

func (d *Descriptor) leave(err error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.users--
	if !d.closed {
		return err
	}
	if d.users == 0 {
		unix.Close(d.fd) // there is nothing to do about an error
	}
	return net.ErrClosed
}

// Close closes the descriptor, or has the last call in progress do it. A second Close is
// net.ErrClosed.
func (d *Descriptor) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return net.ErrClosed
	}
	d.closed = true
	if d.users > 0 {
		// ENOTCONN and the like: then no thread can be blocked in it either.
		_ = unix.Shutdown(d.fd, unix.SHUT_RDWR)
		return nil
	}
	return os.NewSyscallError("close", unix.Close(d.fd))
}

// await blocks until the descriptor is ready for events or the deadline has passed.
func (d *Descriptor) await(events int16, deadline time.Time) error {
	fds := []unix.PollFd{{Fd: int32(d.fd), Events: events}}
	for {
		left := time.Until(deadline)
		if left <= 0 {
			return os.ErrDeadlineExceeded
		}
		n, err := poll(fds, left)
		if n > 0 {
			return nil
		}
		if err != nil && err != unix.EINTR {
			return os.NewSyscallError("poll", err)
		}
	}
}

// read blocks until there is something to read. Without a deadline the read itself
// blocks. With one a poll does; only the owner could take what it has announced.
func (d *Descriptor) read(p []byte, deadline time.Time) (int, error) {
	if !deadline.IsZero() {
		if err := d.await(unix.POLLIN, deadline); err != nil {
			return 0, err
		}
	}
	for {
		n, err := unix.Read(d.fd, p)
		if err == nil {
			return n, nil
		}
		if err != unix.EINTR {
			return 0, os.NewSyscallError("read", err)
		}
	}
}

// write sends all of p, or less and an error. With a deadline it sends as much at a
// time as the socket takes without blocking.
func (d *Descriptor) write(p []byte, deadline time.Time) (sent int, err error) {
	for sent < len(p) {
		n, err := d.writeSome(p[sent:], deadline)
		sent += max(n, 0)
		if err != nil && err != unix.EINTR && err != unix.EAGAIN {
			return sent, os.NewSyscallError("write", err)
		}
	}
	return sent, nil
}

func (d *Descriptor) writeSome(p []byte, deadline time.Time) (int, error) {
	if deadline.IsZero() {
		return unix.Write(d.fd, p)
	}
	if err := d.await(unix.POLLOUT, deadline); err != nil {
		return 0, err
	}
	return unix.SendmsgN(d.fd, p, nil, nil, unix.MSG_DONTWAIT|sendFlags)
}
