package streams

import (
	"errors"
	"testing"

	"concbench/models/coroutine"
)

// Nothing is an error that names the operation, and never another thing.
func TestNil(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		_, _, open := OpenConnection(task, "tcp", "127.0.0.1:1", TLS(nil))
		_, _, openBy := OpenConnection(nil, "tcp", "127.0.0.1:1")
		_, handler := StartServer(task, "tcp", "127.0.0.1:0", nil)
		_, serveTLS := StartServer(task, "tcp", "127.0.0.1:0", echo, TLS(nil))
		_, serveBy := StartServer(nil, "tcp", "127.0.0.1:0", echo)
		_, _, connection := NewConnection(nil)
		_, ahead := ReadAhead(nil, nil)
		c, d, err := task.Loop().Pipe()
		if err != nil {
			return err
		}
		a := newEnd(c)
		defer d.Close()
		defer a.Close()
		_, read := a.Read(nil, 1)
		s := &Server{ended: coroutine.NewEvent()}
		for _, c := range []struct {
			op        string
			got, want error
		}{
			{"OpenConnection", open, ErrNoTLS},
			{"OpenConnection", openBy, coroutine.ErrNotCurrent},
			{"StartServer", handler, ErrNoHandler},
			{"StartServer", serveTLS, ErrNoTLS},
			{"StartServer", serveBy, coroutine.ErrNotCurrent},
			{"NewConnection", connection, ErrNoConnection},
			{"ReadAhead", ahead, ErrNoConnection},
			{"StartTLS", a.StartTLS(task, nil), ErrNoTLS},
			{"Read", read, coroutine.ErrNotCurrent},
			{"Drain", a.Drain(nil), coroutine.ErrNotCurrent},
			{"WaitClosed", a.WaitClosed(nil), coroutine.ErrNotCurrent},
			{"WaitClosed", s.WaitClosed(nil), coroutine.ErrNotCurrent},
			{"ServeForever", s.ServeForever(nil), coroutine.ErrNotCurrent},
		} {
			var usage *coroutine.UsageError
			if !errors.As(c.got, &usage) || usage.Op != "streams."+c.op || !errors.Is(c.got, c.want) {
				t.Errorf("%s = %v, want %v", c.op, c.got, c.want)
			}
		}
		return nil
	})
}
