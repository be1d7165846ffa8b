package streams

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"

	"concbench/models/coroutine"
	"concbench/models/internal/tlstest"
)

func TestEchoOverTLS(t *testing.T) {
	server, client := tlstest.Configs(t)
	run(t, func(task *coroutine.Task) error {
		s, err := StartServer(task, "tcp", "127.0.0.1:0", echo, TLS(server))
		if err != nil {
			return err
		}
		for range 3 {
			if err := converse(t, task, "tcp", s.Addrs()[0].String(), "over TLS\n", TLS(client)); err != nil {
				return err
			}
		}
		return finish(task, s)
	})
}

// More than the buffers hold, both ways at once: writers wait in Drain and
// readers in the connection, and nobody in a mutex.
func TestMuchOverTLS(t *testing.T) {
	server, client := tlstest.Configs(t)
	const size = 1 << 22
	exchange := func(task *coroutine.Task, r *StreamReader, w *StreamWriter) error {
		writing := start(task, func(task *coroutine.Task) error {
			for range size >> 16 {
				w.Write(make([]byte, 1<<16))
				if err := w.Drain(task); err != nil {
					return err
				}
			}
			return nil
		})
		got, err := r.ReadExactly(task, size)
		if len(got) != size {
			t.Errorf("%d bytes came", len(got))
		}
		err = errors.Join(err, writing.Join(task))
		w.Close()
		return errors.Join(err, w.WaitClosed(task))
	}
	run(t, func(task *coroutine.Task) error {
		s, err := StartServer(task, "tcp", "127.0.0.1:0", exchange, TLS(server))
		if err != nil {
			return err
		}
		r, w, err := OpenConnection(task, "tcp", s.Addrs()[0].String(), TLS(client))
		if err != nil {
			return err
		}
		if state, ok := w.TLSState(); !ok || !state.HandshakeComplete {
			t.Error("there is no TLS")
		}
		return errors.Join(exchange(task, r, w), finish(task, s))
	})
}

// A cancelled read over TLS loses nothing either.
func TestCancelledReadOverTLS(t *testing.T) {
	server, client := tlstest.Configs(t)
	run(t, func(task *coroutine.Task) error {
		s, err := StartServer(task, "tcp", "127.0.0.1:0", echo, TLS(server))
		if err != nil {
			return err
		}
		r, w, err := OpenConnection(task, "tcp", s.Addrs()[0].String(), TLS(client))
		if err != nil {
			return err
		}
		for range 3 {
			reader := start(task, func(task *coroutine.Task) error { _, err := r.ReadLine(task); return err })
			task.Yield()
			reader.Cancel()
			if _, err := reader.Await(task); !errors.Is(err, coroutine.ErrCancelled) {
				t.Errorf("ReadLine = %v", err)
			}
			w.Write([]byte("line\n"))
			line, err := r.ReadLine(task)
			expect(t, "ReadLine", line, err, "line\n", nil)
		}
		w.Close()
		return errors.Join(w.WaitClosed(task), finish(task, s))
	})
}

// A client that does not trust the server and one that does not speak TLS get
// an error, and the server goes on.
func TestHandshakeFails(t *testing.T) {
	server, client := tlstest.Configs(t)
	run(t, func(task *coroutine.Task) error {
		task.Loop().SetDebug(true)
		all := reports(task.Loop())
		s, err := StartServer(task, "tcp", "127.0.0.1:0", echo, TLS(server))
		if err != nil {
			return err
		}
		address := s.Addrs()[0].String()
		_, _, err = OpenConnection(task, "tcp", address, TLS(&tls.Config{}))
		if op, ok := errors.AsType[*net.OpError](err); !ok || op.Op != "handshake" {
			t.Errorf("OpenConnection to whom it does not trust = %v", err)
		}
		if err := say(task, address, "this is no TLS\n"); err != nil {
			return err
		}
		if err := converse(t, task, "tcp", address, "hello\n", TLS(client)); err != nil {
			return err
		}
		if len(*all) != 2 {
			t.Errorf("the reports are %v", *all)
		}
		return finish(task, s)
	})
}

// say makes a connection without TLS, whose end it waits for.
func say(task *coroutine.Task, address, what string) error {
	r, w, err := OpenConnection(task, "tcp", address)
	if err != nil {
		return err
	}
	w.Write([]byte(what))
	if _, err := r.ReadAll(task); err != nil && r.Exception() == nil {
		return err
	}
	w.Close()
	return nil
}

// A client that says nothing does not keep the server for ever.
func TestHandshakeTimeout(t *testing.T) {
	server, _ := tlstest.Configs(t)
	run(t, func(task *coroutine.Task) error {
		task.Loop().SetDebug(true)
		all := reports(task.Loop())
		s, err := StartServer(task, "tcp", "127.0.0.1:0", echo, TLS(server), HandshakeTimeout(5*time.Millisecond))
		if err != nil {
			return err
		}
		if err := say(task, s.Addrs()[0].String(), ""); err != nil {
			return err
		}
		if len(*all) != 1 || !errors.Is((*all)[0].Err, os.ErrDeadlineExceeded) {
			t.Errorf("the reports are %v", *all)
		}
		return finish(task, s)
	})
}

func TestCancelledHandshake(t *testing.T) {
	server, client := tlstest.Configs(t)
	run(t, func(task *coroutine.Task) error {
		s, err := StartServer(task, "tcp", "127.0.0.1:0", echo, TLS(server), NotServing())
		if err != nil {
			return err
		}
		dialing := start(task, func(task *coroutine.Task) error {
			_, _, err := OpenConnection(task, "tcp", s.Addrs()[0].String(), TLS(client))
			return err
		})
		for range 5 {
			task.Yield()
		}
		dialing.Cancel()
		if _, err := dialing.Await(task); !errors.Is(err, coroutine.ErrCancelled) {
			t.Errorf("OpenConnection = %v", err)
		}
		return s.Close()
	})
}

// A connection changes to TLS in the middle.
func TestStartTLS(t *testing.T) {
	server, client := tlstest.Configs(t)
	client.ServerName = "127.0.0.1"
	run(t, func(task *coroutine.Task) error {
		s, err := StartServer(task, "tcp", "127.0.0.1:0", func(task *coroutine.Task, r *StreamReader, w *StreamWriter) error {
			line, err := r.ReadLine(task)
			expect(t, "in the clear", line, err, "STARTTLS\n", nil)
			w.Write([]byte("ready\n"))
			if err := w.StartTLS(task, server); err != nil {
				return err
			}
			return echo(task, r, w)
		})
		if err != nil {
			return err
		}
		r, w, err := OpenConnection(task, "tcp", s.Addrs()[0].String())
		if err != nil {
			return err
		}
		w.Write([]byte("STARTTLS\n"))
		if line, err := r.ReadLine(task); !bytes.Equal(line, []byte("ready\n")) || err != nil {
			t.Errorf("ReadLine = %q, %v", line, err)
		}
		if err := w.StartTLS(task, client); err != nil {
			return err
		}
		if err := w.StartTLS(task, client); !errors.Is(err, ErrOverTLS) {
			t.Errorf("StartTLS twice = %v", err)
		}
		w.Write([]byte("secret\n"))
		line, err := r.ReadLine(task)
		expect(t, "over TLS", line, err, "secret\n", nil)
		w.Close()
		return errors.Join(w.WaitClosed(task), finish(task, s))
	})
}

// As in asyncio, the end of the connection is that of the stream, even if the
// other side has not said so over TLS. Nothing can be written any more.
func TestTLSThatIsCutOff(t *testing.T) {
	server, client := tlstest.Configs(t)
	run(t, func(task *coroutine.Task) error {
		s, err := StartServer(task, "tcp", "127.0.0.1:0", func(_ *coroutine.Task, _ *StreamReader, w *StreamWriter) error {
			w.Abort()
			return nil
		}, TLS(server))
		if err != nil {
			return err
		}
		r, w, err := OpenConnection(task, "tcp", s.Addrs()[0].String(), TLS(client))
		if err != nil {
			return err
		}
		if _, err := r.Read(task, 1); err != io.EOF || !w.IsClosing() {
			t.Errorf("Read = %v, closing %v", err, w.IsClosing())
		}
		return errors.Join(w.WaitClosed(task), finish(task, s))
	})
}
