package coroutine

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"

	"concbench/models"
)

// withPipe runs main with both ends of a pipe.
func withPipe(t *testing.T, main func(task *Task, a, b *Conn) error) {
	t.Helper()
	run(t, func(task *Task) error {
		a, b, err := task.Loop().Pipe()
		if err != nil {
			return err
		}
		return errors.Join(main(task, a, b), ignoreClosed(a.Close()), ignoreClosed(b.Close()))
	})
}

func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// More than the kernel's buffers hold goes through in order: the writer waits.
func TestLargeWrite(t *testing.T) {
	withPipe(t, func(task *Task, a, b *Conn) error {
		sent := bytes.Repeat([]byte("0123456789abcdef"), 1<<17)
		waited := true
		writer := task.Start("writer", func(*Task) error {
			n, err := a.Write(sent)
			waited = false
			if n != len(sent) {
				t.Errorf("Write = %d, want %d", n, len(sent))
			}
			return errors.Join(err, a.Close())
		})
		rounds(task, 3)
		if !waited {
			t.Error("the writer did not wait; send more")
		}
		got, err := io.ReadAll(b)
		if !bytes.Equal(got, sent) {
			t.Errorf("%d bytes came, not the %d that were sent", len(got), len(sent))
		}
		return errors.Join(err, writer.Join(task))
	})
}

func TestEndOfStream(t *testing.T) {
	withPipe(t, func(task *Task, a, b *Conn) error {
		b.Write([]byte("last"))
		b.Close()
		buffer := make([]byte, 10)
		if n, err := a.Read(nil); n != 0 || err != nil {
			t.Errorf("Read into nothing = %d, %v", n, err)
		}
		if n, err := a.Read(buffer); string(buffer[:n]) != "last" || err != nil {
			t.Errorf("Read = %q, %v", buffer[:n], err)
		}
		for range 2 {
			if n, err := a.Read(buffer); n != 0 || err != io.EOF {
				t.Errorf("Read at the end = %d, %v, want io.EOF", n, err)
			}
		}
		var op *net.OpError
		if _, err := a.Write(buffer); !errors.As(err, &op) || op.Op != "write" {
			t.Errorf("Write to a closed peer = %v, want a *net.OpError", err)
		}
		return nil
	})
}

// A read in progress ends with the connection.
func TestCloseWhileReading(t *testing.T) {
	withPipe(t, func(task *Task, a, b *Conn) error {
		reader := task.Start("reader", func(*Task) error { _, err := a.Read(make([]byte, 1)); return err })
		task.Yield()
		if err := a.Close(); err != nil {
			return err
		}
		_, err := reader.Await(task)
		if !errors.Is(err, net.ErrClosed) {
			t.Errorf("the read ended with %v, want %v", err, net.ErrClosed)
		}
		task.Loop().failure = nil
		for name, err := range map[string]error{
			"Close": a.Close(), "SetDeadline": a.SetDeadline(time.Time{}), "SetWriteDeadline": a.SetWriteDeadline(time.Now()),
		} {
			if !errors.Is(err, net.ErrClosed) {
				t.Errorf("%s of a closed connection = %v", name, err)
			}
		}
		return nil
	})
}

func TestCancelledReadLosesNothing(t *testing.T) {
	withPipe(t, func(task *Task, a, b *Conn) error {
		buffer := make([]byte, 10)
		reader := task.Start("reader", func(*Task) error { _, err := a.Read(buffer); return err })
		task.Yield()
		reader.Cancel()
		if err := reader.Join(task); err != models.ErrCancelled {
			t.Errorf("the read ended with %v, want %v", err, models.ErrCancelled)
		}
		if waits := task.Loop().selector.waits; waits != 0 {
			t.Errorf("%d tasks wait for a descriptor", waits)
		}
		b.Write([]byte("x"))
		n, err := a.Read(buffer)
		if n != 1 {
			t.Errorf("Read = %d, want 1", n)
		}
		return err
	})
}

func TestReadDeadlines(t *testing.T) {
	past, soon := time.Now().Add(-time.Hour), 2*time.Millisecond
	cases := map[string]func(task *Task, a *Conn){
		"passed before the read": func(_ *Task, a *Conn) { a.SetReadDeadline(past) },
		"passes during the read": func(_ *Task, a *Conn) { a.SetDeadline(time.Now().Add(soon)) },
		"set during the read": func(task *Task, a *Conn) {
			task.Loop().CallLater(soon, func() { a.SetReadDeadline(past) })
		},
		"moved forward during the read": func(task *Task, a *Conn) {
			a.SetReadDeadline(time.Now().Add(time.Hour))
			task.Loop().CallLater(soon, func() { a.SetReadDeadline(time.Now().Add(soon)) })
		},
	}
	for name, set := range cases {
		withPipe(t, func(task *Task, a, b *Conn) error {
			set(task, a)
			_, err := a.Read(make([]byte, 1))
			var timeout net.Error
			if !errors.As(err, &timeout) || !timeout.Timeout() || !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("deadline %s: Read = %v, want a timeout", name, err)
			}
			a.SetReadDeadline(time.Time{})
			b.Write([]byte("x"))
			_, err = a.Read(make([]byte, 1))
			return err
		})
	}
}

// After its deadline a connection does not read even what is there.
func TestPassedDeadlineComesFirst(t *testing.T) {
	withPipe(t, func(task *Task, a, b *Conn) error {
		b.Write([]byte("x"))
		a.SetDeadline(time.Now().Add(-time.Second))
		if n, err := a.Read(make([]byte, 1)); n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("Read = %d, %v, want a timeout", n, err)
		}
		if n, err := a.Write([]byte("x")); n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("Write = %d, %v, want a timeout", n, err)
		}
		return nil
	})
}

// A deadline that is taken back or not reached leaves no timer behind that
// could end a later read.
func TestDeadlineTakenBack(t *testing.T) {
	withPipe(t, func(task *Task, a, b *Conn) error {
		l := task.Loop()
		a.SetReadDeadline(time.Now().Add(2 * time.Millisecond))
		l.CallSoon(func() { a.SetReadDeadline(time.Time{}) })
		l.CallLater(4*time.Millisecond, func() { b.Write([]byte("x")) })
		if _, err := a.Read(make([]byte, 1)); err != nil {
			return err
		}
		a.SetReadDeadline(time.Now().Add(time.Hour))
		l.CallSoon(func() { b.Write([]byte("x")) })
		if _, err := a.Read(make([]byte, 1)); err != nil {
			return err
		}
		if live := len(l.timers.entries) - l.timers.cancelled; live != 0 {
			t.Errorf("%d timers are left", live)
		}
		return nil
	})
}

func TestWriteDeadline(t *testing.T) {
	withPipe(t, func(task *Task, a, b *Conn) error {
		tooMuch := make([]byte, 1<<22)
		a.SetWriteDeadline(time.Now().Add(2 * time.Millisecond))
		n, err := a.Write(tooMuch)
		if !errors.Is(err, os.ErrDeadlineExceeded) || n == len(tooMuch) {
			t.Errorf("Write = %d, %v, want a timeout", n, err)
		}
		// What was sent is what Write said.
		a.Close()
		if got, err := io.ReadAll(b); len(got) != n || err != nil {
			t.Errorf("%d bytes came, %v, want %d", len(got), err, n)
		}
		return nil
	})
}

// Outside a task nothing can wait.
func TestReadInACallback(t *testing.T) {
	withPipe(t, func(task *Task, a, b *Conn) error {
		task.Loop().CallSoon(func() {
			if _, err := a.Read(make([]byte, 1)); !errors.Is(err, errNoTask) {
				t.Errorf("Read in a callback = %v, want %v", err, errNoTask)
			}
			if _, err := b.Write([]byte("x")); err != nil {
				t.Errorf("Write in a callback that need not wait = %v", err)
			}
			if _, err := a.Read(make([]byte, 1)); err != nil {
				t.Errorf("Read in a callback that need not wait = %v", err)
			}
		})
		return task.Yield()
	})
}

func TestBothDirectionsAtOnce(t *testing.T) {
	withPipe(t, func(task *Task, a, b *Conn) error {
		const size = 1 << 20
		var all []*TaskOf[None]
		for _, c := range []*Conn{a, b} {
			all = append(all, task.Start("writer", func(*Task) error { _, err := c.Write(make([]byte, size)); return err }))
			all = append(all, task.Start("reader", func(*Task) error { _, err := io.CopyN(io.Discard, c, size); return err }))
		}
		for _, other := range all {
			if err := other.Join(task); err != nil {
				return err
			}
		}
		return nil
	})
}
