//go:build !linux

package socket

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// sendFlags: the runtime ignores SIGPIPE on sockets.
const sendFlags = 0

// closeOnExec makes a descriptor that no child process inherits. The kernel cannot do
// both in one step here.
func closeOnExec(open func() (int, error)) (int, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fd, err := open()
	if err == nil {
		unix.CloseOnExec(fd)
	}
	return fd, err
}

func streamSocket(family int) (int, error) {
	return closeOnExec(func() (int, error) { return unix.Socket(family, unix.SOCK_STREAM, 0) })
}

func socketPair() ([2]int, error) {
	return closeBothOnExec(func() ([2]int, error) { return unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0) })
}

// Pipe makes a pipe: its ends for reading and for writing.
func Pipe() ([2]int, error) {
	return closeBothOnExec(func() (fds [2]int, err error) {
		err = unix.Pipe(fds[:])
		return fds, err
	})
}

func closeBothOnExec(open func() ([2]int, error)) (fds [2]int, err error) {
	_, err = closeOnExec(func() (int, error) {
		fds, err = open()
		return fds[0], err
	})
	if err == nil {
		unix.CloseOnExec(fds[1])
	}
	return fds, err
}

// acceptSocket does not hold the fork lock: accept may block for ever.
func acceptSocket(fd int) (int, error) {
	nfd, _, err := unix.Accept(fd)
	if err == nil {
		unix.CloseOnExec(nfd)
	}
	return nfd, err
}

// poll rounds the timeout up to the milliseconds of poll(2).
func poll(fds []unix.PollFd, timeout time.Duration) (int, error) {
	ms := min((timeout+time.Millisecond-1)/time.Millisecond, 1<<30)
	return unix.Poll(fds, int(ms))
}
