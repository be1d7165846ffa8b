package coroutine

import (
	"bytes"
	"errors"
	"net"
	"testing"

	"golang.org/x/sys/unix"

	"concbench/models"
)

// What asyncio's sock_ methods are for: the trace is CPython's.
func TestSockRecvAndSendAll(t *testing.T) {
	withRawPair(t, func(task *Task, a, b int) error {
		receiving := CreateTask(task, func(task *Task) ([]byte, error) { return task.SockRecv(a, 100) })
		task.Yield()
		if receiving.Done() {
			t.Error("SockRecv does not wait")
		}
		if err := task.SockSendAll(b, []byte("def")); err != nil {
			return err
		}
		if got, err := receiving.Await(task); string(got) != "def" || err != nil {
			t.Errorf("SockRecv = %q, %v", got, err)
		}
		unix.Shutdown(b, unix.SHUT_WR)
		for range 2 {
			if got, err := task.SockRecv(a, 100); len(got) != 0 || err != nil {
				t.Errorf("SockRecv at the end = %q, %v", got, err)
			}
		}
		return nil
	})
}

// sendall keeps its place over partial sends.
func TestSockSendAllOfMuch(t *testing.T) {
	withRawPair(t, func(task *Task, a, b int) error {
		sent := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
		sender := task.Start("sender", func(task *Task) error { return task.SockSendAll(b, sent) })
		var got []byte
		for len(got) < len(sent) {
			p, err := task.SockRecv(a, 1<<62)
			if err != nil {
				return err
			}
			got = append(got, p...)
		}
		if !bytes.Equal(got, sent) {
			t.Error("what came is not what was sent")
		}
		return sender.Join(task)
	})
}

func TestCancelledSockRecvLosesNothing(t *testing.T) {
	for _, queued := range []bool{false, true} { // the callback, when the cancel comes
		withRawPair(t, func(task *Task, a, b int) error {
			receiving := task.Start("receiver", func(task *Task) error { _, err := task.SockRecv(a, 10); return err })
			task.Yield()
			unix.Write(b, []byte("x"))
			if queued {
				task.Yield()
			}
			receiving.Cancel()
			if err := receiving.Join(task); err != models.ErrCancelled {
				t.Errorf("SockRecv = %v, want %v", err, models.ErrCancelled)
			}
			if task.loop.RemoveReader(a) || len(task.loop.selector.foreign) != 0 {
				t.Error("a cancelled SockRecv leaves its callback")
			}
			unix.Write(b, []byte("y"))
			got, err := task.SockRecv(a, 10)
			if string(got) != "xy" {
				t.Errorf("SockRecv = %q, want what came before the cancel too", got)
			}
			return err
		})
	}
}

// A second task on the same side is refused and the first goes on.
func TestSockFromTwoTasks(t *testing.T) {
	withRawPair(t, func(task *Task, a, b int) error {
		first := CreateTask(task, func(task *Task) ([]byte, error) { return task.SockRecv(a, 10) })
		task.Yield()
		_, err := task.SockRecv(a, 10)
		for name, err := range map[string]error{"SockRecv": err, "AddReader": task.loop.AddReader(a, func() {})} {
			if !errors.Is(err, ErrBusyDescriptor) {
				t.Errorf("%s = %v, want %v", name, err, ErrBusyDescriptor)
			}
		}
		if task.loop.RemoveReader(a) {
			t.Error("RemoveReader removed what a task waits for")
		}
		unix.Write(b, []byte("x"))
		_, err = first.Await(task)
		return err
	})
}

func TestSockConnectAndAccept(t *testing.T) {
	run(t, func(task *Task) error {
		e, err := endpointOf(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
		if err != nil {
			return err
		}
		listening, err := bound(e)
		if err != nil {
			return err
		}
		to := localAddr(listening)
		server := task.Start("server", func(task *Task) error {
			fd, from, err := task.SockAccept(listening)
			if err != nil {
				return err
			}
			defer unix.Close(fd)
			return task.SockSendAll(fd, []byte(from.String()))
		})
		fd, err := newSocket(unix.AF_INET, unix.SOCK_STREAM)
		if err != nil {
			return err
		}
		if err := task.SockConnect(fd, to); err != nil {
			return err
		}
		if got, err := task.SockRecv(fd, 100); string(got) != localAddr(fd).String() || err != nil {
			t.Errorf("the server saw %q, %v, want %v", got, err, localAddr(fd))
		}
		if err := server.Join(task); err != nil {
			return err
		}
		unix.Close(fd)
		unix.Close(listening)
		if fd, err = newSocket(unix.AF_INET, unix.SOCK_STREAM); err != nil {
			return err
		}
		if err := task.SockConnect(fd, to); !errors.Is(err, unix.ECONNREFUSED) {
			t.Errorf("SockConnect to nobody = %v", err)
		}
		return errors.Join(err, unix.Close(fd))
	})
}

func TestSockMisuse(t *testing.T) {
	withPipe(t, func(task *Task, c, _ *Conn) error {
		var pipe [2]int
		if err := unix.Pipe(pipe[:]); err != nil {
			return err
		}
		unix.SetNonblock(pipe[0], true)
		defer unix.Close(pipe[0])
		defer unix.Close(pipe[1])
		fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
		if err != nil {
			return err
		}
		defer unix.Close(fds[0])
		defer unix.Close(fds[1])
		for name, x := range map[string]struct {
			fd   int
			want error
		}{
			"no socket": {pipe[0], unix.ENOTSOCK}, "a connection's": {c.d.fd, ErrOwnedDescriptor},
			"a blocking socket": {fds[0], ErrBlocking}, "closed": {1 << 20, unix.EBADF}, "negative": {-1, unix.EBADF},
		} {
			_, recv := task.SockRecv(x.fd, 1)
			_, into := task.SockRecvInto(x.fd, make([]byte, 1))
			_, _, accept := task.SockAccept(x.fd)
			for op, err := range map[string]error{
				"SockRecv": recv, "SockRecvInto": into, "SockAccept": accept,
				"SockSendAll": task.SockSendAll(x.fd, []byte("x")), "SockConnect": task.SockConnect(x.fd, &net.TCPAddr{Port: 1}),
			} {
				var typed *DescriptorError
				if !errors.Is(err, x.want) || !errors.As(err, &typed) || typed.Op != op {
					t.Errorf("%s, %s = %v, want %v", op, name, err, x.want)
				}
			}
		}
		if _, err := task.SockRecv(fds[0], -1); !errors.Is(err, ErrNegativeNumber) {
			t.Errorf("SockRecv of -1 = %v", err)
		}
		if err := task.SockConnect(fds[0], &net.IPAddr{}); err == nil {
			t.Error("SockConnect to an address of no port is no error")
		}
		other := task.Start("other", func(*Task) error { return nil })
		if _, err := other.SockRecv(fds[0], 1); !errors.Is(err, ErrNotCurrent) {
			t.Errorf("SockRecv by another task = %v", err)
		}
		return nil
	})
}
