package streams

import (
	"errors"
	"io"
	"slices"
	"testing"

	"concbench/models/coroutine"
)

// Who closes the connection under a writer ends what waits for its end, also with
// data that can no longer be sent.
func TestConnectionClosedUnderAWriter(t *testing.T) {
	for name, before := range map[string]func(w *StreamWriter){
		"idle":          func(*StreamWriter) {},
		"unsent":        func(w *StreamWriter) { w.Write(make([]byte, 4<<20)) },
		"closing":       func(w *StreamWriter) { w.Close() },
		"being flushed": func(w *StreamWriter) { w.Write(make([]byte, 4<<20)); w.Close() },
		"aborted":       func(w *StreamWriter) { w.Abort() },
	} {
		t.Run(name, func(t *testing.T) {
			pair(t, func(task *coroutine.Task, a, b end) error {
				waiting := start(task, a.WaitClosed)
				if err := task.Yield(); err != nil {
					return err
				}
				before(a.StreamWriter)
				err := errors.Join(a.Conn().Close(), waiting.Join(task), a.WaitClosed(task))
				if _, writeErr := a.Write([]byte("more")); writeErr == nil || !a.IsClosing() {
					t.Errorf("Write = %v, IsClosing %v", writeErr, a.IsClosing())
				}
				if err := a.Drain(task); !errors.Is(err, ErrConnectionLost) {
					t.Errorf("Drain = %v", err)
				}
				return err
			})
		})
	}
}

// The end of a pipe that is read ahead is seen when somebody closes it.
func TestConnectionClosedUnderAReader(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		c, other, err := task.Loop().Pipe()
		if err != nil {
			return err
		}
		defer other.Close()
		ended := 0
		r, err := ReadAhead(c, func() { ended++ })
		if err != nil {
			return err
		}
		reading := start(task, func(task *coroutine.Task) error { _, err := r.ReadLine(task); return err })
		err = errors.Join(task.Yield(), c.Close())
		if err := reading.Join(task); err != io.EOF || ended != 1 {
			t.Errorf("ReadLine = %v, the end was told %d times", err, ended)
		}
		return err
	})
}

// A connection that is of no use from the beginning is one that has ended.
func TestConnectionThatIsClosed(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		c, other, err := task.Loop().Pipe()
		if err != nil {
			return err
		}
		err = errors.Join(other.Close(), c.Close())
		_, w, newErr := NewConnection(c)
		if err := errors.Join(err, newErr); err != nil {
			return err
		}
		if _, err := ReadAhead(c, nil); err == nil {
			t.Error("ReadAhead of a closed connection has no error")
		}
		return w.WaitClosed(task)
	})
}

// A connection that is lost twice is counted off once, and the first reason stands.
func TestLostTwice(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		s, err := StartServer(task, "tcp", "127.0.0.1:0", func(task *coroutine.Task, r *StreamReader, w *StreamWriter) error {
			if line, _ := r.ReadLine(task); string(line) != "lose\n" {
				w.Close()
				return nil
			}
			w.c.lose(errTest)
			w.c.unsent = []byte("written by crypto/tls after the end")
			w.c.lose(nil)
			if err := errors.Join(task.Yield(), task.Yield(), w.WaitClosed(task)); !errors.Is(err, errTest) {
				t.Errorf("WaitClosed = %v", err)
			}
			return nil
		})
		if err != nil {
			return err
		}
		_, stays, err := OpenConnection(task, "tcp", s.Addrs()[0].String())
		if err != nil {
			return err
		}
		r, leaves, err := OpenConnection(task, "tcp", s.Addrs()[0].String())
		if err != nil {
			return err
		}
		waiting := start(task, s.WaitClosed)
		leaves.Write([]byte("lose\n"))
		r.ReadAll(task)
		if err := errors.Join(s.Close(), task.Sleep(0)); err != nil || waiting.Done() {
			t.Errorf("the server has counted a connection off that is there: %v", err)
		}
		leaves.Close()
		stays.Close()
		return waiting.Join(task)
	})
}

// CloseClients sends what is unsent, AbortClients does not; both end the
// connections, and so what waits for the server.
func TestCloseClients(t *testing.T) {
	const size = 4 << 20
	for name, c := range map[string]struct {
		end  func(*Server)
		most int // that comes
	}{
		"close": {(*Server).CloseClients, size},
		"abort": {(*Server).AbortClients, size - 1},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(task *coroutine.Task) error {
				written := 0
				s, err := StartServer(task, "tcp", "127.0.0.1:0", func(task *coroutine.Task, r *StreamReader, w *StreamWriter) error {
					written++
					_, err := w.Write(make([]byte, size))
					return err
				})
				if err != nil {
					return err
				}
				s.CloseClients() // there are none yet
				var readers []*StreamReader
				for range 3 {
					r, w, err := OpenConnection(task, "tcp", s.Addrs()[0].String())
					if err != nil {
						return err
					}
					defer w.Close()
					readers = append(readers, r)
				}
				for written < len(readers) {
					if err := task.Yield(); err != nil {
						return err
					}
				}
				waiting := start(task, s.WaitClosed)
				err = errors.Join(task.Yield(), s.Close())
				c.end(s)
				for _, r := range readers {
					data, _ := r.ReadAll(task) // of an aborted connection perhaps a reset
					if name == "close" && len(data) != size || len(data) > c.most {
						t.Errorf("%d bytes have come", len(data))
					}
				}
				return errors.Join(err, waiting.Join(task))
			})
		})
	}
}

// Lines gives what ReadLine does, up to the end, the first error, or as far as
// it is asked.
func TestLines(t *testing.T) {
	fed(t, 10, func(task *coroutine.Task, r *StreamReader) error {
		var got []string
		var last error
		lines := func(most int) {
			got, last = nil, nil
			for line, err := range r.Lines(task) {
				if last = err; err == nil {
					got = append(got, string(line))
				}
				if len(got) == most {
					break
				}
			}
		}
		err := r.FeedData([]byte("one\ntwo\nthree\nmuch too long a line\nrest"))
		lines(1)
		if !slices.Equal(got, []string{"one\n"}) || last != nil {
			t.Errorf("%q, %v", got, last)
		}
		lines(-1)
		var over *LimitOverrunError
		if !slices.Equal(got, []string{"two\n", "three\n"}) || !errors.As(last, &over) {
			t.Errorf("%q, %v", got, last)
		}
		r.FeedEOF()
		lines(-1)
		if !slices.Equal(got, []string{"rest"}) || last != nil {
			t.Errorf("%q, %v", got, last)
		}
		return err
	})
}
