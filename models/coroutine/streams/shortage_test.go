//go:build linux

package streams

import (
	"errors"
	"net"
	"testing"

	"golang.org/x/sys/unix"

	"concbench/models/coroutine"
)

// useUpDescriptors leaves none. free gives them back.
func useUpDescriptors(t *testing.T) (free func()) {
	t.Helper()
	var before unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &before); err != nil {
		t.Fatal(err)
	}
	few := before
	few.Cur = 300
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &few); err != nil {
		t.Fatal(err)
	}
	var taken []int
	for {
		fd, err := unix.Dup(0)
		if err != nil {
			break
		}
		taken = append(taken, fd)
	}
	return func() {
		for _, fd := range taken {
			unix.Close(fd)
		}
		unix.Setrlimit(unix.RLIMIT_NOFILE, &before)
	}
}

// When there are no descriptors, a server reports that once and tries again a
// second later; to connect is an error.
func TestNoDescriptorsAreLeft(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		all := reports(task.Loop())
		s, err := StartServer(task, "tcp", "127.0.0.1:0", echo, NotServing())
		if err != nil {
			return err
		}
		address := s.Addrs()[0].String()
		client, err := net.Dial("tcp", address) // by the kernel alone: nobody accepts
		if err != nil {
			return err
		}
		free := useUpDescriptors(t)
		s.StartServing()
		for range 1000 {
			task.Yield()
		}
		_, _, dialErr := OpenConnection(task, "tcp", address)
		_, startErr := StartServer(task, "tcp", "127.0.0.1:0", echo)
		free()
		if len(*all) != 1 || (*all)[0].Message != "socket.accept() out of system resource" || !errors.Is((*all)[0].Err, unix.EMFILE) {
			t.Errorf("the reports are %v", *all)
		}
		for what, err := range map[string]error{"OpenConnection": dialErr, "StartServer": startErr} {
			if op, ok := errors.AsType[*net.OpError](err); !ok || !errors.Is(err, unix.EMFILE) {
				t.Errorf("%s = %v, %+v", what, err, op)
			}
		}
		if s.clients.Len() != 0 {
			t.Error("a connection was accepted")
		}
		for s.clients.Len() == 0 {
			task.Sleep(acceptRetryDelay / 10)
		}
		return errors.Join(client.Close(), finish(task, s))
	})
}
