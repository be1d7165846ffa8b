package main

import (
	"errors"
	"os"
	"os/exec"
	"time"

	"golang.org/x/sys/unix"

	"concbench/models/threads/threading"
)

// peerVerb is the first argument of a process that sends each byte back a millisecond
// later. Such a peer is further away than the kernel needs to wake a thread. With a peer
// that answers at once, such as cat or another thread, it is a race whether the thread that
// computes gets the lock meanwhile; one busy processor more or less decides that race for a
// whole run.
const peerVerb = "peer"

const peerDelay = time.Millisecond

// answer is the peer's side.
func answer(fdIn, fdOut int) error {
	packet := make([]byte, 1)
	for {
		n, err := unix.Read(fdIn, packet)
		if err == unix.EINTR {
			continue
		}
		if n < 1 {
			return os.NewSyscallError("read", err)
		}
		time.Sleep(peerDelay)
		if _, err := unix.Write(fdOut, packet); err != nil {
			return os.NewSyscallError("write", err)
		}
	}
}

// A peer is such a process, with the descriptor that reaches it.
type peer struct {
	cmd *exec.Cmd
	fd  int
}

func startPeer(command []string) (*peer, error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	if err != nil {
		return nil, os.NewSyscallError("socketpair", err)
	}
	unix.CloseOnExec(fds[0])
	unix.CloseOnExec(fds[1])
	there := os.NewFile(uintptr(fds[1]), "peer")
	defer there.Close()
	if len(command) == 0 {
		command = []string{"cat"}
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout = there, there
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, unix.Close(fds[0]))
	}
	return &peer{cmd, fds[0]}, nil
}

// exchange sends a byte and receives it back, each without the interpreter lock.
func (p *peer) exchange(t *threading.Thread) error {
	packet := []byte("x")
	err := t.Block(func() error { _, err := unix.Write(p.fd, packet); return err })
	if err != nil {
		return os.NewSyscallError("write", err)
	}
	return t.Block(func() error { _, err := unix.Read(p.fd, packet); return os.NewSyscallError("read", err) })
}

// end lets the process end and waits for its end.
func (p *peer) end() error {
	return errors.Join(unix.Close(p.fd), p.cmd.Wait())
}
