package coroutine

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"concbench/models"
	"concbench/models/internal/leaktest"
)

// Datagrams go to who is named and to who is connected, whole and with their
// sender, empty ones too.
func TestDatagrams(t *testing.T) {
	dir := t.TempDir()
	for network, local := range map[string][2]string{
		"udp": {"127.0.0.1:0", "localhost:0"}, "unixgram": {filepath.Join(dir, "a"), filepath.Join(dir, "b")},
	} {
		run(t, func(task *Task) error {
			server, err := task.OpenDatagram(network, local[0], "")
			if err != nil {
				return err
			}
			client, err := task.OpenDatagram(network, local[1], server.LocalAddr().String())
			if err != nil {
				return err
			}
			if server.Connected() || !client.Connected() || client.RemoteAddr().String() != server.LocalAddr().String() {
				t.Errorf("%s: connected to %v and %v", network, server.RemoteAddr(), client.RemoteAddr())
			}
			echoing := task.Start("server", func(*Task) error {
				p := make([]byte, 5)
				for {
					n, from, err := server.RecvFrom(p)
					if err != nil {
						return ignoreClosed(err)
					}
					if err := server.SendTo(p[:n], from); err != nil {
						return err
					}
				}
			})
			p := make([]byte, 100)
			for sent, want := range map[string]string{"ab": "ab", "": "", "too much": "too m"} {
				if err := client.SendTo([]byte(sent), nil); err != nil {
					return err
				}
				n, from, err := client.RecvFrom(p)
				if string(p[:n]) != want || err != nil || from.String() != server.LocalAddr().String() || from.Network() != network {
					t.Errorf("%s: received %q from %v, %v", network, p[:n], from, err)
				}
			}
			return errors.Join(server.Close(), echoing.Join(task), client.Close())
		})
	}
}

// A sender of local datagrams waits until the receiver has room, also if it is
// others who have taken that.
func TestDatagramSenderWaits(t *testing.T) {
	dir := t.TempDir()
	run(t, func(task *Task) error {
		server, err := task.OpenDatagram("unixgram", filepath.Join(dir, "s"), "")
		if err != nil {
			return err
		}
		other, err := task.OpenDatagram("unixgram", "", server.LocalAddr().String())
		if err != nil {
			return err
		}
		client, err := task.OpenDatagram("unixgram", filepath.Join(dir, "c"), "")
		if err != nil {
			return err
		}
		full := 0
		for unix.Sendmsg(other.d.fd, []byte("x"), nil, nil, 0) == nil {
			full++
		}
		const many = 100
		sent := 0
		sender := task.Start("sender", func(*Task) error {
			for ; sent < many; sent++ {
				if err := client.SendTo([]byte{byte(sent)}, server.LocalAddr()); err != nil {
					return err
				}
			}
			return nil
		})
		rounds(task, 3)
		if sent != 0 {
			t.Error("the sender did not wait")
		}
		p := make([]byte, 1)
		for range full {
			if _, _, err := server.RecvFrom(p); err != nil {
				return err
			}
		}
		for i := range many {
			if n, _, err := server.RecvFrom(p); n != 1 || p[0] != byte(i) || err != nil {
				t.Fatalf("datagram %d is %v, %v", i, p[:n], err)
			}
		}
		return errors.Join(sender.Join(task), client.Close(), other.Close(), server.Close())
	})
}

func TestDatagramTrouble(t *testing.T) {
	run(t, func(task *Task) error {
		c, err := task.OpenDatagram("udp", "127.0.0.1:0", "")
		if err != nil {
			return err
		}
		if err := c.SendTo([]byte("x"), nil); !errors.Is(err, unix.EDESTADDRREQ) {
			t.Errorf("SendTo nobody = %v", err)
		}
		if err := c.SendTo(nil, &net.IPAddr{}); err == nil {
			t.Error("SendTo an address of no port is no error")
		}
		if err := c.SendTo(make([]byte, 1<<17), c.LocalAddr()); !errors.Is(err, unix.EMSGSIZE) {
			t.Errorf("SendTo of too much = %v", err)
		}
		reader := task.Start("reader", func(*Task) error { _, _, err := c.RecvFrom(nil); return err })
		task.Yield()
		reader.Cancel()
		if err := reader.Join(task); err != models.ErrCancelled {
			t.Errorf("a cancelled RecvFrom = %v", err)
		}
		c.SetReadDeadline(time.Now().Add(time.Millisecond))
		if _, _, err := c.RecvFrom(nil); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("RecvFrom after its deadline = %v", err)
		}
		nobody := c.LocalAddr().String()
		c.Close()
		_, _, recvErr := c.RecvFrom(nil)
		for op, err := range map[string]error{
			"RecvFrom": recvErr, "SendTo": c.SendTo(nil, c.LocalAddr()), "Close": c.Close(), "SetWriteDeadline": c.SetWriteDeadline(time.Time{}),
		} {
			if !errors.Is(err, net.ErrClosed) {
				t.Errorf("%s of a closed endpoint = %v", op, err)
			}
		}
		c, err = task.OpenDatagram("udp", "", nobody)
		if err != nil {
			return err
		}
		c.SendTo([]byte("x"), nil)
		if _, _, err := c.RecvFrom(nil); !errors.Is(err, unix.ECONNREFUSED) {
			t.Errorf("RecvFrom nobody = %v", err)
		}
		return c.Close()
	})
}

func TestOpenDatagramErrors(t *testing.T) {
	run(t, func(task *Task) error {
		for _, c := range [][3]string{
			{"udp", "", ""}, {"tcp", "127.0.0.1:0", ""}, {"udp", "127.0.0.1", ""}, {"udp", "127.0.0.1:0", "[::1]:1"},
			{"unixgram", "/no/such/place", ""}, {"unixgram", "", "/no/such/place"}, {"udp", "192.0.2.1:0", ""},
		} {
			before := leaktest.Descriptors(t)
			_, err := task.OpenDatagram(c[0], c[1], c[2])
			if op, ok := errors.AsType[*net.OpError](err); !ok || op.Op != "open" {
				t.Errorf("OpenDatagram %q = %v", c, err)
			}
			if after := leaktest.Descriptors(t); after != before {
				t.Errorf("OpenDatagram %q left %d descriptors open", c, after-before)
			}
		}
		return nil
	})
}
