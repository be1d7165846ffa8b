package coroutine

import (
	"errors"
	"io"
	"net"
	"testing"

	"golang.org/x/sys/unix"
)

// withTCP runs main with both ends of a TCP connection, which it closes.
func withTCP(t *testing.T, main func(task *Task, a, b *Conn) error) {
	t.Helper()
	run(t, func(task *Task) error {
		l, err := task.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		defer l.Close()
		a, err := task.Dial("tcp", l.Addr().String())
		if err != nil {
			return err
		}
		b, err := l.Accept()
		if err != nil {
			return err
		}
		return errors.Join(main(task, a, b), ignoreClosed(a.Close()), ignoreClosed(b.Close()))
	})
}

// A read that does not fill its buffer is not taken for the last one where data
// and the end, or urgent data, were reported together.
func TestShortReadIsNotTheEnd(t *testing.T) {
	for name, send := range map[string]func(b *Conn){
		"data and end": func(b *Conn) { b.Write([]byte("ab")); b.CloseWrite() },
		"around urgent": func(b *Conn) {
			b.Write([]byte("a"))
			unix.Sendto(b.d.fd, []byte("!"), unix.MSG_OOB, nil)
			b.Write([]byte("b"))
			b.Close()
		},
		"end a round late": func(b *Conn) { b.Write([]byte("ab")); b.d.loop.CallSoon(func() { b.CloseWrite() }) },
	} {
		withTCP(t, func(task *Task, a, b *Conn) error {
			reader := CreateTask(task, func(*Task) (got string, err error) {
				buffer := make([]byte, 10)
				for len(got) < 2 && err == nil {
					var n int
					n, err = a.Read(buffer)
					got += string(buffer[:n])
				}
				return got, err
			})
			rounds(task, 2)
			send(b)
			got, err := reader.Await(task)
			if got != "ab" || err != nil {
				t.Errorf("%s: read %q, %v", name, got, err)
			}
			b.Close()
			if n, err := a.Read(make([]byte, 10)); n != 0 || err != io.EOF {
				t.Errorf("%s: after the end read %d bytes, %v", name, n, err)
			}
			return nil
		})
	}
}

// TryRead takes what there is, and the callback says when there is more, or the
// end, without a task.
func TestTryReadAndOnReadable(t *testing.T) {
	withTCP(t, func(task *Task, a, b *Conn) error {
		buffer := make([]byte, 10)
		if n, err := a.TryRead(buffer); n != 0 || err != ErrWouldBlock {
			t.Errorf("TryRead of nothing = %d, %v", n, err)
		}
		var tr trace
		ended := NewEvent()
		read := func() {
			for {
				n, err := a.TryRead(buffer)
				if err == ErrWouldBlock {
					return
				}
				tr.add("%q %v", buffer[:n], err)
				if err != nil {
					ended.Set()
					return
				}
				b.CloseWrite()
			}
		}
		if err := a.OnReadable(read); err != nil {
			return err
		}
		b.TryWrite([]byte("all"))
		if err := ended.Wait(task); err != nil {
			return err
		}
		tr.expect(t, `"all" <nil>`, `"" EOF`)
		a.Close()
		if _, err := a.TryRead(buffer); !errors.Is(err, net.ErrClosed) {
			t.Errorf("TryRead after Close = %v", err)
		}
		if err := a.OnReadable(read); !errors.Is(err, net.ErrClosed) {
			t.Errorf("OnReadable after Close = %v", err)
		}
		return nil
	})
}

// What TryWrite leaves is written when the callback says so, without a task.
func TestTryWriteAndOnWritable(t *testing.T) {
	withTCP(t, func(task *Task, a, b *Conn) error {
		const size = 1 << 23
		left := make([]byte, size)
		n, err := a.TryWrite(left)
		if n == size || err != nil {
			t.Errorf("TryWrite = %d, %v", n, err)
		}
		left = left[n:]
		calls := 0
		a.OnWritable(func() {
			calls++
			n, err := a.TryWrite(left)
			if left = left[n:]; err != nil || len(left) == 0 {
				a.OnWritable(nil)
			}
		})
		if _, err := io.ReadFull(b, make([]byte, size)); err != nil {
			return err
		}
		if calls == 0 || len(left) != 0 {
			t.Errorf("%d calls, %d bytes are left", calls, len(left))
		}
		a.OnWritable(func() {})
		a.Close()
		if waits := task.loop.selector.waits; waits != 0 {
			t.Errorf("%d wait for a closed connection", waits)
		}
		_, err = a.TryWrite(left[:0:0])
		_, err2 := a.TryWrite([]byte("x"))
		if err != nil {
			t.Errorf("TryWrite of nothing = %v", err)
		}
		for name, err := range map[string]error{"TryWrite": err2, "OnWritable": a.OnWritable(func() {}), "CloseWrite": a.CloseWrite()} {
			if !errors.Is(err, net.ErrClosed) {
				t.Errorf("%s of a closed connection = %v", name, err)
			}
		}
		return nil
	})
}

func TestTryAcceptAndOnReadable(t *testing.T) {
	run(t, func(task *Task) error {
		l, err := task.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		if _, err := l.TryAccept(); err != ErrWouldBlock {
			t.Errorf("TryAccept = %v, want %v", err, ErrWouldBlock)
		}
		accepted := 0
		l.OnReadable(func() {
			for {
				c, err := l.TryAccept()
				if err != nil {
					return
				}
				accepted++
				c.Close()
			}
		})
		for range 3 {
			c, err := task.Dial("tcp", l.Addr().String())
			if err != nil {
				return err
			}
			io.ReadAll(c)
			c.Close()
		}
		if accepted != 3 {
			t.Errorf("%d connections were accepted", accepted)
		}
		l.Close()
		_, err = l.TryAccept()
		for name, err := range map[string]error{"TryAccept": err, "OnReadable": l.OnReadable(func() {})} {
			if !errors.Is(err, net.ErrClosed) {
				t.Errorf("%s of a closed listener = %v", name, err)
			}
		}
		return nil
	})
}

// After the end of the loop its connections are closed, and say so.
func TestConnectionsAfterTheLoopIsClosed(t *testing.T) {
	l := newLoop(t)
	var a *Conn
	var d *DatagramConn
	err := l.runAll(func(task *Task) (err error) {
		if a, _, err = l.Pipe(); err != nil {
			return err
		}
		d, err = task.OpenDatagram("udp", "127.0.0.1:0", "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	_, read := a.Read(make([]byte, 1))
	_, write := a.Write([]byte("x"))
	_, try := a.TryWrite([]byte("x"))
	_, _, recv := d.RecvFrom(nil)
	for op, err := range map[string]error{
		"Read": read, "Write": write, "TryWrite": try, "RecvFrom": recv, "SendTo": d.SendTo(nil, d.LocalAddr()), "Close": a.Close(),
	} {
		if !errors.Is(err, net.ErrClosed) {
			t.Errorf("%s = %v, want %v", op, err, net.ErrClosed)
		}
	}
	if _, _, err := l.Pipe(); !errors.Is(err, ErrClosed) {
		t.Errorf("Pipe = %v, want %v", err, ErrClosed)
	}
}
