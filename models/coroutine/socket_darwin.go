package coroutine

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// darwin sets the flags of a descriptor after making it. The fork lock keeps a
// child from being started in between.

// newSocket makes one of a kind: SOCK_STREAM, SOCK_DGRAM.
func newSocket(domain, kind int) (int, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fd, err := unix.Socket(domain, kind, 0)
	if err != nil {
		return -1, os.NewSyscallError("socket", err)
	}
	return fd, prepare(fd)
}

func socketPair() ([2]int, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	if err != nil {
		return fds, os.NewSyscallError("socketpair", err)
	}
	if err := prepare(fds[0]); err != nil {
		unix.Close(fds[1])
		return fds, err
	}
	if err := prepare(fds[1]); err != nil {
		unix.Close(fds[0])
		return fds, err
	}
	return fds, nil
}

func accept(listening int) (int, unix.Sockaddr, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fd, from, err := unix.Accept(listening)
	if err != nil {
		return -1, nil, err
	}
	return fd, from, prepare(fd)
}

// prepare closes fd if it fails. A write to a connection that the other side
// has closed must be an error and not a signal.
func prepare(fd int) error {
	unix.CloseOnExec(fd)
	err := unix.SetNonblock(fd, true)
	if err == nil {
		err = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_NOSIGPIPE, 1)
	}
	if err != nil {
		unix.Close(fd)
	}
	return err
}

func read(fd int, p []byte) (int, error) { return unix.Read(fd, p) }

func write(fd int, p []byte) (int, error) { return unix.Write(fd, p) }
