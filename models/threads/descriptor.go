package threads

import (
	"net"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// A descriptor is a blocking socket that one thread may close while another is
// blocked in it. Closing shuts the socket down, which ends the other's system
// call; the number is given back to the kernel only when nobody uses it, so
// that it cannot come to mean another file under a thread's hands.
type descriptor struct {
	fd int

	mu     mutex
	users  int
	closed bool
}

// during calls f while the descriptor is sure to stay valid. If somebody closes
// it meanwhile the error is net.ErrClosed, since that is then why f ended.
func (d *descriptor) during(f func() (int, error)) (int, error) {
	if err := d.enter(); err != nil {
		return -1, err
	}
	n, err := f()
	return n, d.leave(err)
}

func (d *descriptor) enter() error {
	d.mu.lock()
	defer d.mu.unlock()
	if d.closed {
		return net.ErrClosed
	}
	d.users++
	return nil
}

func (d *descriptor) leave(err error) error {
	d.mu.lock()
	defer d.mu.unlock()
	d.users--
	if !d.closed {
		return err
	}
	if d.users == 0 {
		unix.Close(d.fd) // the error of a socket's close tells nothing that can be acted on
	}
	return net.ErrClosed
}

func (d *descriptor) close() error {
	d.mu.lock()
	defer d.mu.unlock()
	if d.closed {
		return net.ErrClosed
	}
	d.closed = true
	if d.users > 0 {
		// ENOTCONN and the like: then nobody can be blocked in it either.
		_ = unix.Shutdown(d.fd, unix.SHUT_RDWR)
		return nil
	}
	return os.NewSyscallError("close", unix.Close(d.fd))
}

// await blocks until the descriptor is ready for events or the deadline has
// passed.
func (d *descriptor) await(events int16, deadline time.Time) error {
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

// read blocks until there is something to read. Without a deadline that is the
// read itself; with one it is a poll, after which only the owner could have
// taken what was announced.
func (d *descriptor) read(p []byte, deadline time.Time) (int, error) {
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

// write sends all of p, or what it can until an error. With a deadline it sends
// only as much at a time as the socket takes without blocking.
func (d *descriptor) write(p []byte, deadline time.Time) (sent int, err error) {
	for sent < len(p) {
		n, err := d.writeSome(p[sent:], deadline)
		sent += max(n, 0)
		if err != nil && err != unix.EINTR && err != unix.EAGAIN {
			return sent, os.NewSyscallError("write", err)
		}
	}
	return sent, nil
}

func (d *descriptor) writeSome(p []byte, deadline time.Time) (int, error) {
	if deadline.IsZero() {
		return unix.Write(d.fd, p)
	}
	if err := d.await(unix.POLLOUT, deadline); err != nil {
		return 0, err
	}
	return unix.SendmsgN(d.fd, p, nil, nil, unix.MSG_DONTWAIT|sendFlags)
}
