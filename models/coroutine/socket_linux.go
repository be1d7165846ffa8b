package coroutine

import (
	"os"

	"golang.org/x/sys/unix"
)

const socketFlags = unix.SOCK_STREAM | unix.SOCK_NONBLOCK | unix.SOCK_CLOEXEC

func streamSocket(domain int) (int, error) {
	fd, err := unix.Socket(domain, socketFlags, 0)
	return fd, os.NewSyscallError("socket", err)
}

func socketPair() ([2]int, error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, socketFlags, 0)
	return fds, os.NewSyscallError("socketpair", err)
}

func accept(listening int) (int, unix.Sockaddr, error) {
	return unix.Accept4(listening, unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC)
}
