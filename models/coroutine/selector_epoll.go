//go:build linux

package coroutine

import (
	"errors"
	"math"
	"os"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// forever is a timeout that never comes.
const forever time.Duration = -1

// A selector tells which descriptors are ready. Each is registered once, for
// both directions and edge-triggered: it is reported when it becomes ready, and
// again only after more has come. Whoever waits has therefore tried first and
// tries again, and a connection costs one epoll_ctl in its life where asyncio's
// sock_recv costs two for each wait.
type selector struct {
	epoll, event int
	table        []*descriptor    // the loop's own, by number
	foreign      map[int]*foreign // others with callbacks on them, by number
	waits        int              // tasks and callbacks that wait for a descriptor
	buffer       [128]unix.EpollEvent
	milliseconds bool // the kernel has no epoll_pwait2
}

func newSelector() (*selector, error) {
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("epoll_create1", err)
	}
	event, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
	if err != nil {
		unix.Close(epoll)
		return nil, os.NewSyscallError("eventfd", err)
	}
	s := &selector{epoll: epoll, event: event}
	if err := s.control(event, unix.EPOLLIN); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *selector) control(fd int, events uint32) error {
	e := unix.EpollEvent{Events: events | unix.EPOLLET, Fd: int32(fd)}
	return os.NewSyscallError("epoll_ctl", unix.EpollCtl(s.epoll, unix.EPOLL_CTL_ADD, fd, &e))
}

// change says anew, level-triggered, what is to be reported of a descriptor
// that is not the loop's own.
func (s *selector) change(fd int, before, after interest) error {
	e := unix.EpollEvent{Fd: int32(fd)}
	if after&readable != 0 {
		e.Events |= unix.EPOLLIN | unix.EPOLLPRI
	}
	if after&writable != 0 {
		e.Events |= unix.EPOLLOUT
	}
	op := unix.EPOLL_CTL_MOD
	if after == 0 {
		op = unix.EPOLL_CTL_DEL
	} else if before == 0 {
		op = unix.EPOLL_CTL_ADD
	}
	err := unix.EpollCtl(s.epoll, op, fd, &e)
	if err == unix.ENOENT && op == unix.EPOLL_CTL_MOD {
		// The descriptor was closed and its number is another's now.
		err = unix.EpollCtl(s.epoll, unix.EPOLL_CTL_ADD, fd, &e)
	}
	return os.NewSyscallError("epoll_ctl", err)
}

func (s *selector) register(d *descriptor) error {
	if err := s.control(d.fd, unix.EPOLLIN|unix.EPOLLOUT|unix.EPOLLRDHUP|unix.EPOLLPRI); err != nil {
		return err
	}
	for len(s.table) <= d.fd {
		s.table = append(s.table, nil)
	}
	s.table[d.fd] = d
	return nil
}

// forget is for a descriptor about to be closed, by which the kernel forgets
// it as well.
func (s *selector) forget(fd int) { s.table[fd] = nil }

// wake ends a poll in progress, or the next one. Being edge-triggered, the
// eventfd need never be read. It may be called from any thread.
func (s *selector) wake() error {
	one := [8]byte{1}
	_, err := unix.Write(s.event, one[:])
	return os.NewSyscallError("write to eventfd", err)
}

// poll tells the descriptors that have become ready, waiting for one up to
// timeout.
func (s *selector) poll(timeout time.Duration) error {
	n, err := s.wait(timeout)
	if err == unix.EINTR {
		return nil // the next round asks again
	}
	if err != nil {
		return os.NewSyscallError("epoll_wait", err)
	}
	for i := range s.buffer[:n] {
		e := &s.buffer[i]
		if int(e.Fd) < len(s.table) && s.table[e.Fd] != nil {
			s.table[e.Fd].report(e.Events)
		} else if f := s.foreign[int(e.Fd)]; f != nil {
			// As asyncio's selector: an error or a hang-up is for both.
			f.ready(e.Events&^unix.EPOLLOUT != 0, e.Events&^unix.EPOLLIN != 0)
		} // else it is the eventfd, or closed since
	}
	return nil
}

func (d *descriptor) report(events uint32) {
	const ended = unix.EPOLLHUP | unix.EPOLLERR
	const short = unix.EPOLLRDHUP | unix.EPOLLPRI | ended
	if events&(unix.EPOLLIN|short) != 0 {
		d.reading.ended = d.reading.ended || events&short != 0
		d.reading.ready()
	}
	if events&(unix.EPOLLOUT|ended) != 0 {
		d.writing.ended = d.writing.ended || events&ended != 0
		d.writing.ready()
	}
}

// wait is epoll_pwait2, which counts in nanoseconds, or before Linux 5.11
// epoll_wait in milliseconds, rounded up.
func (s *selector) wait(timeout time.Duration) (int, error) {
	if timeout == 0 {
		// It cannot block, so the Go scheduler need not be told.
		n, _, errno := unix.RawSyscall6(unix.SYS_EPOLL_PWAIT, uintptr(s.epoll), uintptr(unsafe.Pointer(&s.buffer[0])), uintptr(len(s.buffer)), 0, 0, 0)
		return count(n, errno)
	}
	if !s.milliseconds {
		n, err := s.pwait2(timeout)
		if !errors.Is(err, unix.ENOSYS) && !errors.Is(err, unix.EPERM) {
			return n, err
		}
		s.milliseconds = true
	}
	return unix.EpollWait(s.epoll, s.buffer[:], roundUpToMilliseconds(timeout))
}

func (s *selector) pwait2(timeout time.Duration) (int, error) {
	var limit *unix.Timespec
	if timeout != forever {
		ts := unix.NsecToTimespec(int64(timeout))
		limit = &ts
	}
	n, _, errno := unix.Syscall6(unix.SYS_EPOLL_PWAIT2, uintptr(s.epoll), uintptr(unsafe.Pointer(&s.buffer[0])), uintptr(len(s.buffer)),
		uintptr(unsafe.Pointer(limit)), 0, 0)
	return count(n, errno)
}

func count(n uintptr, errno unix.Errno) (int, error) {
	if errno != 0 {
		return 0, errno
	}
	return int(n), nil
}

func roundUpToMilliseconds(d time.Duration) int {
	if d == forever {
		return -1
	}
	return int(min((d+time.Millisecond-1)/time.Millisecond, math.MaxInt32))
}

func (s *selector) close() error {
	return errors.Join(os.NewSyscallError("close", unix.Close(s.event)), os.NewSyscallError("close", unix.Close(s.epoll)))
}
