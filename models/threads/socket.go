package threads

import (
	"os"

	"golang.org/x/sys/unix"
)

// newSocket makes a blocking stream socket of addr's family.
func newSocket(addr unix.Sockaddr) (int, error) {
	family := unix.AF_UNIX
	switch addr.(type) {
	case *unix.SockaddrInet4:
		family = unix.AF_INET
	case *unix.SockaddrInet6:
		family = unix.AF_INET6
	}
	fd, err := streamSocket(family)
	if err != nil {
		return -1, os.NewSyscallError("socket", err)
	}
	if family == unix.AF_INET6 {
		// Some systems are set up otherwise; the net package asks for this too.
		_ = unix.SetsockoptInt(fd, unix.IPPROTO_IPV6, unix.IPV6_V6ONLY, 0)
	}
	return fd, nil
}

// setNoDelay sends small writes at once, as the net package does by default, so
// that no model's transport waits where another does not. A connection that is
// already reset refuses, and its first use will say so.
func setNoDelay(fd int, network string) {
	if network == "tcp" {
		_ = unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
	}
}
