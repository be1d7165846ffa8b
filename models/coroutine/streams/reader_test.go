package streams

import (
	"errors"
	"io"
	"strings"
	"testing"

	"concbench/models/coroutine"
)

// fed runs main with a reader that is fed by hand.
func fed(t *testing.T, limit int, main func(task *coroutine.Task, r *StreamReader) error) {
	t.Helper()
	run(t, func(task *coroutine.Task) error {
		r, err := NewStreamReader(Limit(limit))
		if err != nil {
			return err
		}
		return main(task, r)
	})
}

func expect(t *testing.T, what string, got []byte, err error, want string, wantErr error) {
	t.Helper()
	if string(got) != want || !errors.Is(err, wantErr) {
		t.Errorf("%s = %q, %v, want %q, %v", what, got, err, want, wantErr)
	}
}

func TestReadLines(t *testing.T) {
	fed(t, DefaultLimit, func(task *coroutine.Task, r *StreamReader) error {
		r.FeedData([]byte("first\nsec"))
		line, err := r.ReadLine(task)
		expect(t, "ReadLine", line, err, "first\n", nil)
		second := coroutine.CreateTask(task, func(task *coroutine.Task) ([]byte, error) { return r.ReadLine(task) })
		task.Yield()
		if second.Done() {
			t.Error("a line that has not come yet is returned")
		}
		r.FeedData([]byte("ond\nrest"))
		line, err = second.Await(task)
		expect(t, "ReadLine", line, err, "second\n", nil)
		r.FeedEOF()
		if r.AtEOF() {
			t.Error("AtEOF before everything is read")
		}
		line, err = r.ReadLine(task)
		expect(t, "ReadLine at the end", line, err, "rest", nil)
		line, err = r.ReadLine(task)
		expect(t, "ReadLine after the end", line, err, "", io.EOF)
		if !r.AtEOF() {
			t.Error("not AtEOF")
		}
		if err := r.FeedData([]byte("x")); !errors.Is(err, ErrFedAfterEOF) {
			t.Errorf("FeedData after FeedEOF = %v", err)
		}
		return nil
	})
}

// The limit is not that of the data but of where the separator is.
func TestLimit(t *testing.T) {
	for _, c := range []struct {
		data, message string
		consumed      int
		rest          string // after ReadLine
	}{
		{"12345678\nrest", "Separator is found, but chunk is longer than limit", 8, "rest"},
		{"123456789", "Separator is not found, and chunk exceed the limit", 9, ""},
	} {
		fed(t, 4, func(task *coroutine.Task, r *StreamReader) error {
			r.FeedData([]byte(c.data))
			for range 2 { // ReadUntil leaves the data there
				_, err := r.ReadUntil(task, []byte("\n"))
				over, ok := errors.AsType[*LimitOverrunError](err)
				if !ok || over.Message != c.message || over.Consumed != c.consumed {
					t.Errorf("ReadUntil in %q = %+v", c.data, err)
				}
			}
			_, err := r.ReadLine(task)
			if _, ok := errors.AsType[*LimitOverrunError](err); !ok {
				t.Errorf("ReadLine in %q = %v", c.data, err)
			}
			if rest := string(r.data()); rest != c.rest {
				t.Errorf("ReadLine left %q, want %q", rest, c.rest)
			}
			return nil
		})
	}
}

func TestReadExactly(t *testing.T) {
	fed(t, 4, func(task *coroutine.Task, r *StreamReader) error {
		r.FeedData([]byte("1234567890"))
		got, err := r.ReadExactly(task, 0)
		expect(t, "ReadExactly of 0", got, err, "", nil)
		got, err = r.ReadExactly(task, 6) // more than the limit
		expect(t, "ReadExactly", got, err, "123456", nil)
		r.FeedEOF()
		_, err = r.ReadExactly(task, 6)
		end, ok := errors.AsType[*IncompleteReadError](err)
		if !ok || string(end.Partial) != "7890" || end.Expected != 6 || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("ReadExactly at the end = %v", err)
		}
		if text := end.Error(); text != "4 bytes read on a total of 6 expected bytes" {
			t.Error(text)
		}
		_, err = r.ReadUntil(task, []byte("x"))
		if end, ok := errors.AsType[*IncompleteReadError](err); !ok || len(end.Partial) != 0 || !strings.Contains(end.Error(), "undefined") {
			t.Errorf("ReadUntil at the end = %v", err)
		}
		return nil
	})
}

func TestReadWhatThereIs(t *testing.T) {
	fed(t, 4, func(task *coroutine.Task, r *StreamReader) error {
		r.FeedData([]byte("1234567890"))
		got, err := r.Read(task, 0)
		expect(t, "Read of 0", got, err, "", nil)
		got, err = r.Read(task, 3)
		expect(t, "Read of 3", got, err, "123", nil)
		buffer := make([]byte, 2)
		n, err := r.ReadInto(task, buffer)
		expect(t, "ReadInto", buffer[:n], err, "45", nil)
		all := coroutine.CreateTask(task, func(task *coroutine.Task) ([]byte, error) { return r.Read(task, -1) })
		task.Yield()
		r.FeedData([]byte("ab"))
		task.Yield()
		r.FeedEOF()
		got, err = all.Await(task)
		expect(t, "Read of -1", got, err, "67890ab", nil)
		got, err = r.ReadAll(task)
		expect(t, "ReadAll at the end", got, err, "", nil)
		got, err = r.Read(task, 1)
		expect(t, "Read at the end", got, err, "", io.EOF)
		return nil
	})
}

// Whatever a read waits for, the second is refused and the first goes on.
func TestOneReaderAtATime(t *testing.T) {
	waits := map[string]func(*coroutine.Task, *StreamReader) ([]byte, error){
		"Read":        func(task *coroutine.Task, r *StreamReader) ([]byte, error) { return r.Read(task, 1) },
		"ReadAll":     func(task *coroutine.Task, r *StreamReader) ([]byte, error) { return r.ReadAll(task) },
		"ReadExactly": func(task *coroutine.Task, r *StreamReader) ([]byte, error) { return r.ReadExactly(task, 1) },
		"ReadLine":    func(task *coroutine.Task, r *StreamReader) ([]byte, error) { return r.ReadLine(task) },
		"ReadUntil":   func(task *coroutine.Task, r *StreamReader) ([]byte, error) { return r.ReadUntil(task, []byte("x")) },
		"ReadInto": func(task *coroutine.Task, r *StreamReader) ([]byte, error) {
			p := make([]byte, maxRoom)
			n, err := r.ReadInto(task, p)
			return p[:n], err
		},
	}
	pair(t, func(task *coroutine.Task, a, b end) error {
		first := coroutine.CreateTask(task, func(task *coroutine.Task) ([]byte, error) { return a.Read(task, 1) })
		task.Yield()
		for op, wait := range waits {
			_, err := wait(task, a.StreamReader)
			usage, ok := errors.AsType[*coroutine.UsageError](err)
			if !ok || usage.Op != "streams."+op || usage.Err != ErrReading {
				t.Errorf("a second %s = %v", op, err)
			}
			_, err = wait(first.Task.Loop().CurrentTask(), a.StreamReader)
			if !errors.Is(err, ErrReading) {
				t.Errorf("a second %s = %v", op, err)
			}
			if _, err = wait(&first.Task, a.StreamReader); !errors.Is(err, coroutine.ErrNotCurrent) {
				t.Errorf("%s by a task that does not run = %v", op, err)
			}
		}
		b.Write([]byte("x"))
		got, err := first.Await(task)
		expect(t, "the first Read", got, err, "x", nil)
		// And each of them, having waited itself, leaves the reader usable.
		for op, wait := range waits {
			if op == "ReadAll" {
				continue
			}
			waiting := coroutine.CreateTask(task, func(task *coroutine.Task) ([]byte, error) { return wait(task, a.StreamReader) })
			task.Yield()
			b.Write([]byte("x\n"))
			if got, err := waiting.Await(task); err != nil || got[0] != 'x' {
				t.Errorf("%s = %q, %v", op, got, err)
			}
			a.drop(len(a.data()))
		}
		return nil
	})
}

func TestCancelledReadsLoseNothing(t *testing.T) {
	for op, read := range map[string]func(*coroutine.Task, *StreamReader) error{
		"ReadAll":     func(task *coroutine.Task, r *StreamReader) error { _, err := r.ReadAll(task); return err },
		"ReadExactly": func(task *coroutine.Task, r *StreamReader) error { _, err := r.ReadExactly(task, 100); return err },
		"ReadLine":    func(task *coroutine.Task, r *StreamReader) error { _, err := r.ReadLine(task); return err },
	} {
		pair(t, func(task *coroutine.Task, a, b end) error {
			reader := start(task, func(task *coroutine.Task) error { return read(task, a.StreamReader) })
			b.Write([]byte("one "))
			for len(a.data()) == 0 {
				task.Yield()
			}
			b.Write([]byte("two"))
			reader.Cancel()
			if _, err := reader.Await(task); !errors.Is(err, coroutine.ErrCancelled) {
				t.Errorf("%s = %v", op, err)
			}
			b.Close()
			got, err := a.ReadAll(task)
			expect(t, "after a cancelled "+op, got, err, "one two", nil)
			return nil
		})
	}
}

// An exception ends a read in progress and all that come, with or without a
// connection; so does what is fed by hand to a reader that has one.
func TestSetExceptionSticks(t *testing.T) {
	check := func(task *coroutine.Task, r *StreamReader) error {
		reader := coroutine.CreateTask(task, func(task *coroutine.Task) ([]byte, error) { return r.Read(task, 4) })
		task.Yield()
		r.FeedData([]byte("fed"))
		got, err := reader.Await(task)
		expect(t, "Read of what was fed", got, err, "fed", nil)
		reader = coroutine.CreateTask(task, func(task *coroutine.Task) ([]byte, error) { return r.Read(task, 4) })
		task.Yield()
		r.SetException(errTest)
		got, err = reader.Await(task)
		expect(t, "Read in progress", got, err, "", errTest)
		r.FeedEOF()
		for range 2 {
			got, err = r.ReadLine(task)
			expect(t, "ReadLine after it", got, err, "", errTest)
		}
		if r.Exception() != errTest {
			t.Errorf("Exception = %v", r.Exception())
		}
		return nil
	}
	fed(t, DefaultLimit, check)
	pair(t, func(task *coroutine.Task, a, b end) error {
		err := check(task, a.StreamReader)
		if err := a.Drain(task); err != errTest {
			t.Errorf("Drain = %v, want the reader's %v", err, errTest)
		}
		return err
	})
}

func TestReaderMisuse(t *testing.T) {
	if _, err := NewStreamReader(Limit(0)); !errors.Is(err, ErrLimit) {
		t.Errorf("a limit of 0: %v", err)
	}
	fed(t, 1, func(task *coroutine.Task, r *StreamReader) error {
		if _, err := r.ReadExactly(task, -1); !errors.Is(err, ErrNegativeSize) {
			t.Errorf("ReadExactly of -1: %v", err)
		}
		if _, err := r.ReadUntil(task, nil); !errors.Is(err, ErrNoSeparator) {
			t.Errorf("ReadUntil nothing: %v", err)
		}
		return nil
	})
}

// What is exactly as long as the limit is not over it, complete or not.
func TestExactlyTheLimit(t *testing.T) {
	fed(t, 4, func(task *coroutine.Task, r *StreamReader) error {
		r.FeedData([]byte("1234"))
		if p, err := r.Read(task, 0); len(p) > 0 || err != nil {
			t.Errorf("a read of nothing = %q, %v", p, err)
		}
		feeding := start(task, func(*coroutine.Task) error { return r.FeedData([]byte("\n")) })
		line, err := r.ReadLine(task)
		expect(t, "ReadLine", line, err, "1234\n", nil)
		if p, err := r.Read(task, 0); len(p) > 0 || err != nil { // it does not wait
			t.Errorf("a read of nothing where there is nothing = %q, %v", p, err)
		}
		return feeding.Join(task)
	})
}
