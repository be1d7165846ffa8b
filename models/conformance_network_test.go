package models_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"concbench/models"
)

func TestPipeCarriesBothWays(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(task models.Task) error {
			a, b, err := task.Pipe()
			if err != nil {
				return err
			}
			defer a.Close()
			h := task.Start("echo", func(task models.Task) error {
				b.MoveTo(task)
				return echo(b)
			})
			return errors.Join(exchange(t, a, 1<<20), a.Close(), h.Join(task))
		})
	})
}

func TestDialAndListen(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		for network, address := range map[string]string{
			"tcp":  "localhost:0", // a name, to be looked up
			"unix": filepath.Join(t.TempDir(), "socket"),
		} {
			t.Run(network, func(t *testing.T) {
				mustRun(t, m, func(task models.Task) error {
					l, err := task.Listen(network, address)
					if err != nil {
						return err
					}
					server := task.Start("server", func(task models.Task) error {
						c, err := l.Accept(task)
						if err != nil {
							return err
						}
						return echo(c)
					})
					c, err := task.Dial(network, l.Addr().String())
					if err != nil {
						return err
					}
					if c.LocalAddr() == nil || c.RemoteAddr().String() != l.Addr().String() {
						t.Errorf("addresses are %v and %v, listener's is %v", c.LocalAddr(), c.RemoteAddr(), l.Addr())
					}
					return errors.Join(exchange(t, c, 64), c.Close(), server.Join(task), l.Close())
				})
			})
		}
	})
}

// echo returns what it reads until the other side is done, then closes.
func echo(c net.Conn) error {
	_, err := io.Copy(struct{ io.Writer }{c}, struct{ io.Reader }{c})
	return errors.Join(err, c.Close())
}

// exchange sends n bytes through an echo in pieces and compares.
func exchange(t *testing.T, c net.Conn, n int) error {
	sent := bytes.Repeat([]byte("0123456789abcdef"), n/16)
	for len(sent) > 0 {
		piece := sent[:min(len(sent), 32<<10)]
		if _, err := c.Write(piece); err != nil {
			return err
		}
		got := make([]byte, len(piece))
		if _, err := io.ReadFull(c, got); err != nil {
			return err
		}
		if !bytes.Equal(got, piece) {
			t.Error("what came back is not what was sent")
		}
		sent = sent[len(piece):]
	}
	return nil
}

func TestReadDeadline(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(task models.Task) error {
			a, b, err := task.Pipe()
			if err != nil {
				return err
			}
			defer a.Close()
			defer b.Close()
			a.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
			_, err = a.Read(make([]byte, 1))
			var timeout net.Error
			if !errors.As(err, &timeout) || !timeout.Timeout() || !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("Read past its deadline = %v, want a net.Error that is a timeout", err)
			}
			a.SetReadDeadline(time.Time{})
			if _, err := b.Write([]byte("x")); err != nil {
				return err
			}
			_, err = a.Read(make([]byte, 1))
			return err
		})
	})
}

func TestEndOfStreamAndClosed(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(task models.Task) error {
			a, b, err := task.Pipe()
			if err != nil {
				return err
			}
			b.Close()
			if n, err := a.Read(make([]byte, 1)); n != 0 || err != io.EOF {
				t.Errorf("Read after the peer's Close = %d, %v; want io.EOF", n, err)
			}
			a.Close()
			if _, err := a.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
				t.Errorf("Read after Close = %v, want %v", err, net.ErrClosed)
			}
			if _, err := a.Write([]byte("x")); !errors.Is(err, net.ErrClosed) {
				t.Errorf("Write after Close = %v, want %v", err, net.ErrClosed)
			}
			return nil
		})
	})
}

func TestDialRefused(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(task models.Task) error {
			l, err := task.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				return err
			}
			l.Close()
			_, err = task.Dial("tcp", l.Addr().String())
			var refused *net.OpError
			if !errors.As(err, &refused) || refused.Op != "dial" {
				t.Errorf("Dial of a closed port = %v, want a dial *net.OpError", err)
			}
			if _, err := task.Dial("carrier-pigeon", "loft"); err == nil {
				t.Error("Dial of an unknown network succeeded")
			}
			if _, err := task.Listen("carrier-pigeon", "loft"); err == nil {
				t.Error("Listen on an unknown network succeeded")
			}
			return nil
		})
	})
}

// A task that waits for the network lets others run.
func TestNetworkWaitLetsOthersRun(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		var l log
		mustRun(t, m, func(task models.Task) error {
			a, b, err := task.Pipe()
			if err != nil {
				return err
			}
			defer a.Close()
			defer b.Close()
			h := task.Start("writer", func(task models.Task) error {
				l.add("write")
				b.MoveTo(task)
				_, err := b.Write([]byte("x"))
				return err
			})
			_, err = a.Read(make([]byte, 1))
			l.add("read")
			return errors.Join(err, h.Join(task))
		})
		l.expect(t, "write", "read")
	})
}
