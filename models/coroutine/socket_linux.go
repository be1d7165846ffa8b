package coroutine

import (
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

const socketFlags = unix.SOCK_NONBLOCK | unix.SOCK_CLOEXEC

// newSocket makes one of a kind: SOCK_STREAM, SOCK_DGRAM.
func newSocket(domain, kind int) (int, error) {
	fd, err := unix.Socket(domain, kind|socketFlags, 0)
	return fd, os.NewSyscallError("socket", err)
}

func socketPair() ([2]int, error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|socketFlags, 0)
	return fds, os.NewSyscallError("socketpair", err)
}

func accept(listening int) (int, unix.Sockaddr, error) {
	return unix.Accept4(listening, unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC)
}

// maxQuickCopy is how much a system call may copy while the Go scheduler does
// not know of it. That it need not be told saves a tenth of a small read.
const maxQuickCopy = 16 << 10

// read is for descriptors that do not block, and a p that is not empty.
func read(fd int, p []byte) (int, error) {
	if len(p) > maxQuickCopy {
		return unix.Read(fd, p)
	}
	n, _, errno := unix.RawSyscall(unix.SYS_READ, uintptr(fd), uintptr(unsafe.Pointer(&p[0])), uintptr(len(p)))
	return count(n, errno)
}

// write is for descriptors that do not block, and a p that is not empty.
func write(fd int, p []byte) (int, error) {
	if len(p) > maxQuickCopy {
		return unix.Write(fd, p)
	}
	n, _, errno := unix.RawSyscall(unix.SYS_WRITE, uintptr(fd), uintptr(unsafe.Pointer(&p[0])), uintptr(len(p)))
	return count(n, errno)
}
