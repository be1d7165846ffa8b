package streams

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"syscall"
	"testing"

	"concbench/models/coroutine"
)

// echo returns each line.
func echo(task *coroutine.Task, r *StreamReader, w *StreamWriter) error {
	defer w.Close()
	for {
		line, err := r.ReadLine(task)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		w.Write(line)
		if err := w.Drain(task); err != nil {
			return err
		}
	}
}

// The example that everybody knows, on every kind of address.
func TestEchoServer(t *testing.T) {
	for network, address := range map[string]string{"tcp": "127.0.0.1:0", "unix": filepath.Join(t.TempDir(), "s")} {
		run(t, func(task *coroutine.Task) error {
			s, err := StartServer(task, network, address, echo)
			if err != nil {
				return err
			}
			var clients []*coroutine.TaskOf[coroutine.None]
			for i := range 50 {
				clients = append(clients, start(task, func(task *coroutine.Task) error {
					return converse(t, task, network, s.Addrs()[0].String(), fmt.Sprintf("client %d\n", i))
				}))
			}
			for _, c := range clients {
				if err := c.Join(task); err != nil {
					return err
				}
			}
			return finish(task, s)
		})
	}
}

// finish closes the server and waits for its connections.
func finish(task *coroutine.Task, s *Server) error {
	waiting := start(task, s.WaitClosed)
	task.Yield()
	return errors.Join(s.Close(), waiting.Join(task))
}

func converse(t *testing.T, task *coroutine.Task, network, address, line string, opts ...Option) error {
	r, w, err := OpenConnection(task, network, address, opts...)
	if err != nil {
		return err
	}
	for range 3 {
		if _, err := io.WriteString(w, line); err != nil {
			return err
		}
		got, err := r.ReadLine(task)
		expect(t, "the echo", got, err, line, nil)
	}
	if err := w.WriteEOF(); err != nil {
		return err
	}
	if _, err := w.Write(nil); !errors.Is(err, ErrWroteEOF) {
		t.Errorf("Write after WriteEOF = %v", err)
	}
	got, err := r.Read(task, 1)
	expect(t, "the end", got, err, "", io.EOF)
	w.Close()
	if err := w.WaitClosed(task); err != nil || !w.IsClosing() || !r.AtEOF() {
		t.Errorf("after Close: %v, closing %v, at the end %v", err, w.IsClosing(), r.AtEOF())
	}
	return nil
}

// Drain waits from above the high mark on until the low one.
func TestDrainHoldsTheWriterUp(t *testing.T) {
	pair(t, func(task *coroutine.Task, a, b end) error {
		const size = 1 << 22
		sent := bytes.Repeat([]byte("0123456789abcdef"), size/16)
		if n, err := a.Write(sent); n != size || err != nil {
			t.Errorf("Write = %d, %v", n, err)
		}
		if len(a.c.unsent) <= defaultHighWater {
			t.Fatal("the kernel took all; send more")
		}
		left := -1
		drained := start(task, func(task *coroutine.Task) error {
			err := a.Drain(task)
			left = len(a.c.unsent)
			return err
		})
		for range 5 {
			task.Yield()
		}
		if drained.Done() {
			t.Error("Drain does not wait")
		}
		if err := a.WriteEOF(); err != nil {
			return err
		}
		got, err := b.ReadAll(task)
		if !bytes.Equal(got, sent) || err != nil {
			t.Errorf("%d bytes came, %v", len(got), err)
		}
		if err := drained.Join(task); err != nil || left > defaultLowWater {
			t.Errorf("Drain returned with %d bytes unsent, %v", left, err)
		}
		if err := a.SetWriteBufferLimits(1, 2); !errors.Is(err, ErrWaterMarks) {
			t.Errorf("a high mark below the low one: %v", err)
		}
		return nil
	})
}

// Close sends what is unsent first, Abort does not.
func TestCloseAndAbort(t *testing.T) {
	const size = 1 << 22
	for name, c := range map[string]struct {
		end  func(w end)
		want bool
	}{"Close": {func(w end) { w.Close() }, true}, "Abort": {func(w end) { w.Abort() }, false}} {
		pair(t, func(task *coroutine.Task, a, b end) error {
			a.Write(make([]byte, size))
			waiting := start(task, a.Drain)
			reading := coroutine.CreateTask(task, func(task *coroutine.Task) ([]byte, error) { return a.Read(task, 1) })
			task.Yield()
			for range 2 {
				c.end(a)
			}
			if _, err := a.Write([]byte("x")); !errors.Is(err, net.ErrClosed) {
				t.Errorf("Write after %s = %v", name, err)
			}
			got, err := b.ReadAll(task)
			if err != nil || (len(got) == size) != c.want {
				t.Errorf("%s: %d bytes came, %v", name, len(got), err)
			}
			if err := a.WaitClosed(task); err != nil {
				t.Errorf("WaitClosed after %s = %v", name, err)
			}
			if err := waiting.Join(task); !c.want && err != ErrConnectionLost {
				t.Errorf("Drain during %s = %v", name, err)
			}
			p, err := reading.Await(task)
			expect(t, "a Read during "+name, p, err, "", io.EOF)
			if err := a.Drain(task); !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("Drain after %s = %v", name, err)
			}
			return nil
		})
	}
}

// A connection that the other side resets ends every wait with that error.
func TestReset(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		var server *StreamWriter
		s, err := StartServer(task, "tcp", "127.0.0.1:0", func(task *coroutine.Task, r *StreamReader, w *StreamWriter) error {
			server = w
			_, err := r.Read(task, 1)
			return err
		})
		if err != nil {
			return err
		}
		r, w, err := OpenConnection(task, "tcp", s.Addrs()[0].String())
		if err != nil {
			return err
		}
		w.Write([]byte("xyz"))
		for server == nil || len(server.c.reader.data()) == 0 {
			task.Yield()
		}
		w.Write([]byte("unread by the server, whose kernel resets the connection when it closes"))
		reading := coroutine.CreateTask(task, func(task *coroutine.Task) ([]byte, error) { return r.Read(task, 1) })
		task.Yield()
		server.Close()
		_, err = reading.Await(task)
		for what, err := range map[string]error{"Read": err, "WaitClosed": w.WaitClosed(task), "Drain": w.Drain(task), "Exception": r.Exception()} {
			if !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("%s = %v, want %v", what, err, syscall.ECONNRESET)
			}
		}
		if _, err := w.Write([]byte("x")); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("Write = %v", err)
		}
		return finish(task, s)
	})
}

// Writing to a side that has gone is an error at the latest in the second round.
func TestWriteToAClosedPeer(t *testing.T) {
	pair(t, func(task *coroutine.Task, a, b end) error {
		b.Close()
		b.WaitClosed(task)
		_, err := a.Write([]byte("x"))
		if !errors.Is(err, syscall.EPIPE) {
			t.Errorf("Write = %v", err)
		}
		if err := a.Drain(task); !errors.Is(err, syscall.EPIPE) {
			t.Errorf("Drain = %v", err)
		}
		if err := a.WaitClosed(task); !errors.Is(err, syscall.EPIPE) {
			t.Errorf("WaitClosed = %v", err)
		}
		return nil
	})
}

func TestOpenConnectionErrors(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		_, _, err := OpenConnection(task, "unix", filepath.Join(t.TempDir(), "nobody"))
		if op, ok := errors.AsType[*net.OpError](err); !ok || op.Op != "dial" || !errors.Is(err, syscall.ENOENT) {
			t.Errorf("OpenConnection to nobody = %v", err)
		}
		if _, _, err := OpenConnection(task, "tcp", "127.0.0.1:1", Limit(-1)); !errors.Is(err, ErrLimit) {
			t.Errorf("a negative limit: %v", err)
		}
		if _, _, err := OpenConnection(task, "tcp", "127.0.0.1:1"); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("OpenConnection to nobody = %v", err)
		}
		return nil
	})
}

// Much goes through in both directions at once, with reads of every size.
func TestMuchBothWays(t *testing.T) {
	pair(t, func(task *coroutine.Task, a, b end) error {
		const size = 1 << 21
		var all []*coroutine.TaskOf[coroutine.None]
		for _, e := range []end{a, b} {
			all = append(all, start(task, func(task *coroutine.Task) error {
				for sent := 0; sent < size; {
					n, err := e.Write(bytes.Repeat([]byte{byte(sent)}, min(1+sent/3, size-sent)))
					if sent += n; err != nil {
						return err
					}
					if err := e.Drain(task); err != nil {
						return err
					}
				}
				return nil
			}), start(task, func(task *coroutine.Task) error {
				for got, n := 0, 1; got < size; n = min(2*n, size-got) {
					p, err := e.ReadExactly(task, min(n, size-got))
					if got += len(p); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		for _, one := range all {
			if err := one.Join(task); err != nil {
				return err
			}
		}
		return nil
	})
}
