package coroutine

import (
	"net"
	"os"

	"golang.org/x/sys/unix"
)

// pipeEnd is the address of what has none.
var pipeEnd = &net.UnixAddr{Net: "pipe"}

// ConnectPipe makes a connection of one end of a pipe, or of a FIFO, a terminal
// or a socket: asyncio's connect_read_pipe and connect_write_pipe. It takes f
// over, also when it fails. The kernel refuses regular files, which never block
// for long, with EPERM.
func (l *Loop) ConnectPipe(f *os.File) (*Conn, error) {
	const op = "connect"
	defer f.Close()
	if err := l.check("ConnectPipe"); err != nil {
		return nil, err
	}
	// A descriptor of its own, since Go's poller watches that of f.
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, opError(op, pipeEnd.Net, nil, nil, os.NewSyscallError("fcntl", err))
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		unix.Close(fd)
		return nil, opError(op, pipeEnd.Net, nil, nil, os.NewSyscallError("fcntl", err))
	}
	c, err := l.newConn(fd, pipeEnd)
	return c, opError(op, pipeEnd.Net, nil, nil, err)
}
