package threads

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"concbench/models"
)

func TestCloseDuringAccept(t *testing.T) {
	for network, address := range map[string]string{"tcp": "127.0.0.1:0", "unix": filepath.Join(t.TempDir(), "socket")} {
		bothLocks(t, func(t *testing.T, m *Model) {
			mustRun(t, m, func(task models.Task) error {
				l, err := task.Listen(network, address)
				if err != nil {
					return err
				}
				h := task.Start("accept", func(task models.Task) error {
					if _, err := l.Accept(task); !errors.Is(err, net.ErrClosed) {
						t.Errorf("Accept during Close: %v", err)
					}
					return nil
				})
				untilIn(task, func() bool { return l.(listener).InUse() })
				return errors.Join(l.Close(), h.Join(task))
			})
		})
	}
}

// The path of a Unix socket is free again when its listener is closed.
func TestUnixListenerRemovesItsPath(t *testing.T) {
	path := filepath.Join(t.TempDir(), "socket")
	m := newModel(t, "")
	mustRun(t, m, func(task models.Task) error {
		for range 2 {
			l, err := task.Listen("unix", path)
			if err != nil {
				return err
			}
			if err := l.Close(); err != nil {
				return err
			}
		}
		return nil
	})
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the socket's path is left: %v", err)
	}
}

// An address without a host means the same as in the net package.
func TestListenOnAllAddresses(t *testing.T) {
	standard, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer standard.Close()
	mustRun(t, newModel(t, ""), func(task models.Task) error {
		l, err := task.Listen("tcp", ":0")
		if err != nil {
			return err
		}
		defer l.Close()
		addr := l.Addr().(*net.TCPAddr)
		if want := standard.Addr().(*net.TCPAddr).IP; !addr.IP.Equal(want) {
			t.Errorf("listens on %v, want %v", addr.IP, want)
		}
		for _, host := range []string{"", "127.0.0.1"} {
			c, err := task.Dial("tcp", net.JoinHostPort(host, strconv.Itoa(addr.Port)))
			if err != nil {
				return err
			}
			c.Close()
		}
		return nil
	})
}
