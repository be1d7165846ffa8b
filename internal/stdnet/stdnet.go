// Package stdnet is the contract's network on the net package, for the models
// whose transport is the Go runtime's own poller. It only adds what
// models.Conn and models.Listener ask for beyond net.Conn and net.Listener.
package stdnet

import (
	"fmt"
	"net"
	"os"

	"golang.org/x/sys/unix"

	"concbench/models"
)

// Dial connects as net.Dial does.
func Dial(network, address string) (models.Conn, error) { return wrap(net.Dial(network, address)) }

// Listen listens as net.Listen does.
func Listen(network, address string) (models.Listener, error) {
	l, err := net.Listen(network, address)
	if err != nil {
		return nil, err
	}
	return listener{l}, nil
}

// Pipe is a socketpair(2): unlike net.Pipe, it passes through the kernel, as
// every other connection does.
func Pipe() (models.Conn, models.Conn, error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("socketpair: %w", err)
	}
	a, errA := fileConn(fds[0])
	b, errB := fileConn(fds[1])
	if errA == nil && errB == nil {
		return a, b, nil
	}
	if errA == nil {
		a.Close()
		return nil, nil, errB
	}
	if errB == nil {
		b.Close()
	}
	return nil, nil, errA
}

// fileConn hands the descriptor to the runtime's poller, which keeps a
// duplicate of its own.
func fileConn(fd int) (models.Conn, error) {
	unix.CloseOnExec(fd)
	f := os.NewFile(uintptr(fd), "socketpair")
	defer f.Close()
	return wrap(net.FileConn(f))
}

func wrap(c net.Conn, err error) (models.Conn, error) {
	if err != nil {
		return nil, err
	}
	return conn{c}, nil
}

// A conn may be used from any goroutine, so moving it is nothing.
type conn struct{ net.Conn }

func (conn) MoveTo(models.Task) {}

type listener struct{ net.Listener }

func (l listener) Accept(models.Task) (models.Conn, error) { return wrap(l.Listener.Accept()) }
