package coroutine

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"concbench/models"
	"concbench/models/internal/leaktest"
)

// echoServer serves connections until the listener is closed.
func echoServer(l *Listener) func(*Task) error {
	return func(task *Task) error {
		for {
			c, err := l.Accept()
			if err != nil {
				return ignoreClosed(err)
			}
			task.Start("echo", func(*Task) error {
				_, err := io.Copy(struct{ io.Writer }{c}, struct{ io.Reader }{c})
				return errors.Join(err, c.Close())
			})
		}
	}
}

func TestEchoToManyClients(t *testing.T) {
	for network, address := range map[string]string{
		"tcp": "127.0.0.1:0", "tcp by name": "localhost:0", "tcp anywhere": ":0",
		"unix": filepath.Join(t.TempDir(), "s"),
	} {
		network, _, _ = strings.Cut(network, " ")
		run(t, func(task *Task) error {
			l, err := task.Listen(network, address)
			if err != nil {
				return err
			}
			server := task.Start("server", echoServer(l))
			dialled := l.Addr().String()
			if address == ":0" {
				dialled = fmt.Sprintf(":%d", l.Addr().(*net.TCPAddr).Port)
			}
			var clients []*TaskOf[None]
			for i := range 50 {
				clients = append(clients, task.Start("client", func(task *Task) error {
					return greet(t, task, network, dialled, fmt.Sprintf("hello from %d\n", i))
				}))
			}
			for _, c := range clients {
				if err := c.Join(task); err != nil {
					return err
				}
			}
			return errors.Join(l.Close(), server.Join(task))
		})
	}
}

func greet(t *testing.T, task *Task, network, address, line string) error {
	c, err := task.Dial(network, address)
	if err != nil {
		return err
	}
	defer c.Close()
	if c.LocalAddr() == nil || c.RemoteAddr() == nil || c.LocalAddr().Network() != network {
		t.Errorf("the addresses are %v and %v", c.LocalAddr(), c.RemoteAddr())
	}
	if _, err := io.WriteString(c, line); err != nil {
		return err
	}
	got, err := bufio.NewReader(c).ReadString('\n')
	if got != line {
		t.Errorf("sent %q, got %q", line, got)
	}
	return err
}

func TestDialErrors(t *testing.T) {
	nobody := filepath.Join(t.TempDir(), "nobody")
	run(t, func(task *Task) error {
		l, err := task.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		l.Close()
		for _, c := range []struct {
			network, address string
			want             error
		}{
			{"tcp", l.Addr().String(), syscall.ECONNREFUSED},
			{"unix", nobody, syscall.ENOENT},
			{"unix", strings.Repeat("long", 100), syscall.EINVAL},
			{"unix", "", nil},
			{"tcp", "127.0.0.1", nil},
			{"tcp", "127.0.0.1:70000", nil},
			{"tcp", "127.0.0.1:no-such-service", nil},
			{"tcp", "[fe80::1%no-such-zone]:80", nil},
			{"udp", "127.0.0.1:1", net.UnknownNetworkError("udp")},
		} {
			var op *net.OpError
			before := leaktest.Descriptors(t)
			_, err := task.Dial(c.network, c.address)
			if after := leaktest.Descriptors(t); after != before {
				t.Errorf("Dial %s %q left %d descriptors open", c.network, c.address, after-before)
			}
			if !errors.As(err, &op) || op.Op != "dial" || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("Dial %s %q = %v, want a *net.OpError around %v", c.network, c.address, err, c.want)
			}
			if waits := task.Loop().selector.waits; waits != 0 {
				t.Errorf("%d tasks wait for a descriptor", waits)
			}
		}
		return nil
	})
}

func TestListenErrors(t *testing.T) {
	run(t, func(task *Task) error {
		first, err := task.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		defer first.Close()
		for network, address := range map[string]string{"tcp": first.Addr().String(), "udp": "127.0.0.1:0", "unix": "/no/such/place"} {
			var op *net.OpError
			if _, err := task.Listen(network, address); !errors.As(err, &op) || op.Op != "listen" {
				t.Errorf("Listen %s %q = %v, want a *net.OpError", network, address, err)
			}
		}
		return nil
	})
}

// Several tasks accept from one listener; all learn of its end.
func TestManyAcceptors(t *testing.T) {
	run(t, func(task *Task) error {
		l, err := task.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		accepted := 0
		var acceptors []*TaskOf[None]
		for range 3 {
			acceptors = append(acceptors, task.Start("acceptor", func(*Task) error {
				for {
					c, err := l.Accept()
					if err != nil {
						return ignoreClosed(err)
					}
					accepted++
					c.Close()
				}
			}))
		}
		task.Yield()
		for range 10 {
			c, err := task.Dial("tcp", l.Addr().String())
			if err != nil {
				return err
			}
			io.ReadAll(c)
			c.Close()
		}
		l.Close()
		for _, a := range acceptors {
			if err := a.Join(task); err != nil {
				return err
			}
		}
		if accepted != 10 {
			t.Errorf("%d connections were accepted, want 10", accepted)
		}
		return nil
	})
}

func TestCancelledAccept(t *testing.T) {
	run(t, func(task *Task) error {
		l, err := task.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		acceptor := task.Start("acceptor", func(*Task) error { _, err := l.Accept(); return err })
		task.Yield()
		acceptor.Cancel()
		if err := acceptor.Join(task); err != models.ErrCancelled {
			t.Errorf("Accept ended with %v, want %v", err, models.ErrCancelled)
		}
		return l.Close()
	})
}

// Connections to a local listener whose backlog is full wait for room.
func TestFullBacklog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	run(t, func(task *Task) error {
		l, err := task.Listen("unix", path)
		if err != nil {
			return err
		}
		if err := unix.Listen(l.d.fd, 1); err != nil {
			return err
		}
		dialled := 0
		var dialers []*TaskOf[None]
		for range 6 {
			dialers = append(dialers, task.Start("dialer", func(task *Task) error {
				c, err := task.Dial("unix", path)
				if err != nil {
					return err
				}
				dialled++
				return c.Close()
			}))
		}
		rounds(task, 5)
		if dialled == len(dialers) {
			t.Error("all were connected although the backlog is full")
		}
		dialers[5].Cancel()
		for range dialers[:5] {
			c, err := l.Accept()
			if err != nil {
				return err
			}
			c.Close()
		}
		for _, d := range dialers[:5] {
			if err := d.Join(task); err != nil {
				return err
			}
		}
		return l.Close()
	})
}

func TestUnixListenerRemovesItsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	run(t, func(task *Task) error {
		for range 2 { // the second would fail with "address already in use"
			l, err := task.Listen("unix", path)
			if err != nil {
				return err
			}
			if _, err := os.Stat(path); err != nil {
				t.Error(err)
			}
			if err := l.Close(); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestIPv6(t *testing.T) {
	run(t, func(task *Task) error {
		l, err := task.Listen("tcp", "[::1]:0")
		if errors.Is(err, syscall.EAFNOSUPPORT) || errors.Is(err, syscall.EADDRNOTAVAIL) {
			t.Skip("no IPv6 here")
		}
		if err != nil {
			return err
		}
		server := task.Start("server", echoServer(l))
		err = greet(t, task, "tcp", l.Addr().String(), "hello\n")
		return errors.Join(err, l.Close(), server.Join(task))
	})
}
