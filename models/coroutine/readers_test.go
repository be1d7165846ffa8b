package coroutine

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// rawPair is a pair of non-blocking sockets that the loop does not own.
func rawPair(t *testing.T) (a, b int) {
	t.Helper()
	fds, err := socketPair()
	if err != nil {
		t.Fatal(err)
	}
	return fds[0], fds[1]
}

// withRawPair runs main with such a pair, which it closes.
func withRawPair(t *testing.T, main func(task *Task, a, b int) error) {
	t.Helper()
	run(t, func(task *Task) error {
		a, b := rawPair(t)
		err := main(task, a, b)
		unix.Close(a)
		unix.Close(b)
		if l := task.loop; l.selector.waits != 0 || len(l.selector.foreign) != 0 {
			t.Errorf("%d wait for %d descriptors", l.selector.waits, len(l.selector.foreign))
		}
		return err
	})
}

// Level-triggered: a callback is called in every round while there is
// something to read, and not after.
func TestReaderIsCalledWhileReadable(t *testing.T) {
	withRawPair(t, func(task *Task, a, b int) error {
		calls := 0
		if err := task.loop.AddReader(a, func() { calls++ }); err != nil {
			return err
		}
		rounds(task, 3)
		if calls != 0 {
			t.Errorf("%d calls although there was nothing to read", calls)
		}
		unix.Write(b, []byte("x"))
		for calls == 0 {
			task.Yield()
		}
		before := calls
		rounds(task, 10)
		if calls != before+10 {
			t.Errorf("%d calls in 10 rounds", calls-before)
		}
		unix.Read(a, make([]byte, 1))
		rounds(task, 1)
		before = calls
		rounds(task, 10)
		if calls != before {
			t.Error("called although all has been read")
		}
		if !task.loop.RemoveReader(a) || task.loop.RemoveReader(a) {
			t.Error("RemoveReader does not tell whether there was one")
		}
		return nil
	})
}

func TestReaderIsReplacedAndRemovedWhileQueued(t *testing.T) {
	withRawPair(t, func(task *Task, a, b int) error {
		var tr trace
		l := task.loop
		unix.Write(b, []byte("x"))
		l.AddReader(a, tr.adds("first"))
		l.AddReader(a, tr.adds("second"))
		l.AddWriter(a, func() { tr.add("writer"); l.RemoveWriter(a); l.RemoveReader(a) })
		rounds(task, 2)
		tr.expect(t, "second", "writer")
		l.AddWriter(a, func() { l.RemoveReader(b); l.RemoveWriter(a) })
		l.AddReader(b, tr.adds("never"))
		rounds(task, 2)
		l.RemoveReader(b)
		tr.expect(t, "second", "writer")
		return nil
	})
}

// The end of the other side is something to read.
func TestReaderSeesTheEnd(t *testing.T) {
	for name, open := range map[string]func(t *testing.T) (int, int){
		"sockets": rawPair,
		"pipe": func(t *testing.T) (int, int) {
			var fds [2]int
			if err := unix.Pipe(fds[:]); err != nil {
				t.Fatal(err)
			}
			return fds[0], fds[1]
		},
	} {
		run(t, func(task *Task) error {
			a, b := open(t)
			defer unix.Close(a)
			ended := NewFuture[None](task.loop)
			err := task.loop.AddReader(a, func() {
				if n, err := unix.Read(a, make([]byte, 1)); n != 0 || err != nil {
					t.Errorf("%s: read %d bytes, %v", name, n, err)
				}
				task.loop.RemoveReader(a)
				ended.SetResult(None{})
			})
			unix.Close(b)
			_, waitErr := ended.Await(task)
			return errors.Join(err, waitErr)
		})
	}
}

func TestReadersThatAreRefused(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	withPipe(t, func(task *Task, a, _ *Conn) error {
		for name, c := range map[string]struct {
			fd   int
			want error
		}{
			"a regular file": {int(file.Fd()), unix.EPERM}, "a closed descriptor": {1 << 20, unix.EBADF},
			"a negative number": {-1, unix.EBADF}, "a connection's": {a.d.fd, ErrOwnedDescriptor},
		} {
			var op *DescriptorError
			for want, err := range map[string]error{
				"AddReader": task.loop.AddReader(c.fd, func() {}), "AddWriter": task.loop.AddWriter(c.fd, func() {}),
			} {
				if !errors.Is(err, c.want) || !errors.As(err, &op) || op.Op != want || op.FD != c.fd {
					t.Errorf("%s with %s = %v, want %v", want, name, err, c.want)
				}
			}
			if task.loop.RemoveReader(c.fd) || task.loop.RemoveWriter(c.fd) {
				t.Errorf("%s has a callback", name)
			}
		}
		if task.loop.selector.waits != 0 {
			t.Errorf("%d wait", task.loop.selector.waits)
		}
		return nil
	})
}

// A descriptor that is closed with its callback on is forgotten by the kernel,
// and its number can be used again: by a connection, or for another callback.
func TestReaderOfAClosedDescriptor(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.loop
		a, b := rawPair(t)
		l.AddReader(a, func() { t.Error("called for another descriptor") })
		unix.Close(a)
		unix.Close(b)
		c, d, err := l.Pipe() // takes the numbers
		if err != nil {
			return err
		}
		if c.d.fd != a && d.d.fd != a {
			t.Fatal("the numbers were not used again")
		}
		if l.selector.waits != 0 || l.RemoveReader(a) {
			t.Error("a connection's descriptor has a callback")
		}
		d.Write([]byte("x"))
		c.Read(make([]byte, 1))
		c.Close()
		d.Close()
		a, b = rawPair(t)
		l.AddReader(a, func() { t.Error("called for another descriptor") })
		unix.Close(a)
		unix.Close(b)
		a, b = rawPair(t)
		called := false
		if err := l.AddReader(a, func() { called = true; l.RemoveReader(a) }); err != nil {
			return err
		}
		unix.Write(b, []byte("x"))
		rounds(task, 3)
		if !called {
			t.Error("not called for the new descriptor")
		}
		unix.Close(a)
		unix.Close(b)
		if l.selector.waits != 0 {
			t.Errorf("%d wait", l.selector.waits)
		}
		return nil
	})
}

func TestReaderOfAClosedLoop(t *testing.T) {
	l := newLoop(t)
	a, b := rawPair(t)
	defer unix.Close(a)
	defer unix.Close(b)
	if err := l.AddReader(a, func() {}); err != nil {
		t.Error(err)
	}
	l.Close()
	if err := l.AddReader(a, func() {}); !errors.Is(err, ErrClosed) {
		t.Errorf("AddReader = %v, want %v", err, ErrClosed)
	}
	if l.RemoveReader(a) {
		t.Error("a closed loop has callbacks")
	}
}
