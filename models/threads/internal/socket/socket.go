// Package socket is networking on blocking descriptors: "tcp" and "unix" streams whose
// reads, writes, dials and accepts block their thread in the kernel, while the thread has
// let the interpreter lock go.
//
// A [Conn] belongs to one thread, whose lock it lets go. A [Descriptor] is also what a
// file or a pipe stands on. There is no network poller: a deadline is a poll(2) before
// the call.
package socket

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
		// Some systems have another default; the net package asks for this too.
		_ = unix.SetsockoptInt(fd, unix.IPPROTO_IPV6, unix.IPV6_V6ONLY, 0)
	}
	return fd, nil
}

// setNoDelay sends small writes at once, as the net package does by default, so that no
// model's transport waits where another's does not. A connection that is already reset
// refuses, and its first use will report that.
func setNoDelay(fd int, network string) {
	if network == "tcp" {
		_ = unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
	}
}
