package threads

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"concbench/models"
)

// transports open a connected pair. The second end is the server's.
var transports = map[string]func(t models.Task, dir string) (a, b models.Conn, err error){
	"pipe": func(t models.Task, _ string) (models.Conn, models.Conn, error) { return t.Pipe() },
	"tcp": func(t models.Task, _ string) (models.Conn, models.Conn, error) {
		return dialed(t, "tcp", "127.0.0.1:0")
	},
	"tcp6": func(t models.Task, _ string) (models.Conn, models.Conn, error) { return dialed(t, "tcp", "[::1]:0") },
	"unix": func(t models.Task, dir string) (models.Conn, models.Conn, error) {
		return dialed(t, "unix", filepath.Join(dir, "socket"))
	},
}

func dialed(t models.Task, network, address string) (a, b models.Conn, err error) {
	l, err := t.Listen(network, address)
	if err != nil {
		return nil, nil, err
	}
	defer l.Close()
	if a, err = t.Dial(network, l.Addr().String()); err != nil {
		return nil, nil, err
	}
	b, err = l.Accept(t)
	return a, b, err
}

// overTransports runs a test over every transport, with the interpreter lock
// and without, and closes both ends.
func overTransports(t *testing.T, test func(t *testing.T, task models.Task, a, b models.Conn) error) {
	for name, open := range transports {
		t.Run(name, func(t *testing.T) {
			bothLocks(t, func(t *testing.T, m *Model) {
				mustRun(t, m, func(task models.Task) error {
					a, b, err := open(task, t.TempDir())
					if name == "tcp6" && errors.Is(err, syscall.EADDRNOTAVAIL) {
						t.Skip("this machine has no IPv6 loopback address")
					}
					if err != nil {
						return err
					}
					defer a.Close()
					defer b.Close()
					return test(t, task, a, b)
				})
			})
		})
	}
}

func TestEcho(t *testing.T) {
	overTransports(t, func(t *testing.T, task models.Task, a, b models.Conn) error {
		server := task.Start("echo", func(task models.Task) error {
			b.MoveTo(task)
			_, err := io.Copy(struct{ io.Writer }{b}, struct{ io.Reader }{b})
			return errors.Join(err, b.Close())
		})
		sent := bytes.Repeat([]byte("0123456789abcdef"), 64<<10)
		writer := task.Start("writer", func(task models.Task) error {
			a.MoveTo(task)
			_, err := a.Write(sent[:1<<10])
			return err
		})
		if err := writer.Join(task); err != nil {
			return err
		}
		a.MoveTo(task)
		got := make([]byte, 1<<10)
		if _, err := io.ReadFull(a, got); err != nil || !bytes.Equal(got, sent[:1<<10]) {
			t.Errorf("the echo is another, %v", err)
		}
		return errors.Join(a.Close(), server.Join(task))
	})
}

// A write larger than any buffer of the kernel arrives whole, with a deadline
// and without.
func TestLargeWrite(t *testing.T) {
	overTransports(t, func(t *testing.T, task models.Task, a, b models.Conn) error {
		sent := bytes.Repeat([]byte("0123456789abcdef"), 1<<19)
		for _, deadline := range []time.Time{{}, time.Now().Add(time.Hour)} {
			got := make([]byte, len(sent))
			reader := task.Start("reader", func(task models.Task) error {
				b.MoveTo(task)
				b.SetReadDeadline(deadline)
				_, err := io.ReadFull(b, got)
				return err
			})
			a.SetWriteDeadline(deadline)
			if n, err := a.Write(sent); n != len(sent) || err != nil {
				t.Errorf("Write = %d, %v", n, err)
			}
			if err := reader.Join(task); err != nil || !bytes.Equal(got, sent) {
				t.Errorf("deadline %v: what was read is another, %v", deadline, err)
			}
		}
		return nil
	})
}

func TestDeadlines(t *testing.T) {
	overTransports(t, func(t *testing.T, task models.Task, a, b models.Conn) error {
		expired := func(what string, err error) {
			var netErr net.Error
			if !errors.As(err, &netErr) || !netErr.Timeout() || !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("%s past the deadline: %v", what, err)
			}
		}
		a.SetDeadline(time.Now().Add(2 * time.Millisecond))
		_, err := a.Read(make([]byte, 1))
		expired("Read", err)
		_, err = a.Write(make([]byte, 1))
		expired("Write", err)

		large := make([]byte, 64<<20) // which nobody reads
		a.SetDeadline(time.Now().Add(20 * time.Millisecond))
		n, err := a.Write(large)
		expired("large Write", err)
		if n <= 0 || n >= len(large) {
			t.Errorf("a large write that ran out of time sent %d bytes", n)
		}
		a.SetDeadline(time.Time{})
		if _, err = b.Write([]byte("x")); err != nil {
			return err
		}
		_, err = a.Read(make([]byte, 1))
		return err
	})
}

func TestEndOfStream(t *testing.T) {
	overTransports(t, func(t *testing.T, task models.Task, a, b models.Conn) error {
		b.Close()
		if n, err := a.Read(make([]byte, 1)); n != 0 || err != io.EOF {
			t.Errorf("Read after the peer's Close = %d, %v", n, err)
		}
		var err error
		for err == nil { // the first may still find room
			_, err = a.Write(make([]byte, 1<<20))
		}
		var op *net.OpError
		if !errors.As(err, &op) || op.Op != "write" || !(errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET)) {
			t.Errorf("Write after the peer's Close: %v", err)
		}
		return nil
	})
}

// Closing ends a read that another thread is blocked in, with a deadline and without.
func TestCloseDuringRead(t *testing.T) {
	for _, deadline := range []time.Time{{}, time.Now().Add(time.Hour)} {
		overTransports(t, func(t *testing.T, task models.Task, a, b models.Conn) error {
			reader := task.Start("reader", func(task models.Task) error {
				a.MoveTo(task)
				a.SetDeadline(deadline)
				if _, err := a.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
					t.Errorf("Read during Close: %v", err)
				}
				return nil
			})
			untilIn(task, a.(conn).InUse)
			if err := errors.Join(a.Close(), reader.Join(task)); err != nil {
				return err
			}
			if err := a.Close(); !errors.Is(err, net.ErrClosed) {
				t.Errorf("second Close: %v", err)
			}
			if err := a.SetDeadline(time.Time{}); !errors.Is(err, net.ErrClosed) {
				t.Errorf("SetDeadline after Close: %v", err)
			}
			return nil
		})
	}
}

func TestNetworkErrors(t *testing.T) {
	m := newModel(t, "")
	mustRun(t, m, func(task models.Task) error {
		l, err := task.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		if _, err := task.Listen("tcp", l.Addr().String()); !errors.Is(err, syscall.EADDRINUSE) {
			t.Errorf("Listen on an address in use: %v", err)
		}
		l.Close()
		if _, err := l.Accept(task); !errors.Is(err, net.ErrClosed) {
			t.Errorf("Accept after Close: %v", err)
		}
		for _, c := range []struct {
			network, address string
			want             error
		}{
			{"tcp", l.Addr().String(), syscall.ECONNREFUSED},
			{"unix", filepath.Join(t.TempDir(), "missing"), syscall.ENOENT},
			{"udp", "127.0.0.1:1", net.UnknownNetworkError("udp")},
		} {
			var op *net.OpError
			if _, err := task.Dial(c.network, c.address); !errors.Is(err, c.want) || !errors.As(err, &op) || op.Op != "dial" {
				t.Errorf("Dial %s %s: %v, want %v", c.network, c.address, err, c.want)
			}
		}
		for _, bad := range []string{"", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:no-such-service", "[::1:80"} {
			if c, err := task.Dial("tcp", bad); err == nil {
				c.Close()
				t.Errorf("Dial tcp %q succeeded", bad)
			}
		}
		_, err = task.Listen("unix", "")
		if err == nil {
			t.Error("Listen on an empty path succeeded")
		}
		return nil
	})
}

// A read lets the interpreter lock go even if there is something to read.
func TestReadLetsTheLockGo(t *testing.T) {
	m := newModel(t, "")
	mustRun(t, m, func(task models.Task) error {
		a, b, err := task.Pipe()
		if err != nil {
			return err
		}
		defer a.Close()
		defer b.Close()
		if _, err := a.Write([]byte("x")); err != nil {
			return err
		}
		before := m.Stats().Voluntary
		_, err = b.Read(make([]byte, 1))
		if after := m.Stats().Voluntary; after != before+1 {
			t.Errorf("the lock was let go %d times, want 1", after-before)
		}
		return err
	})
}
