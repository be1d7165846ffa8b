package threading

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestFileIsWrittenAndRead(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	text := bytes.Repeat([]byte("a line\n"), 10_000)
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		f, err := main.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
		if err != nil {
			return err
		}
		before := main.Interpreter().Stats().Voluntary
		if n, err := f.Write(main, text); n != len(text) || err != nil {
			t.Errorf("Write: %d, %v", n, err)
		}
		if main.Interpreter().Stats().Voluntary == before && !strings.Contains(t.Name(), "gil=off") {
			t.Error("Write kept the interpreter lock")
		}
		if at, err := f.Seek(main, 0, io.SeekStart); at != 0 || err != nil {
			t.Errorf("Seek: %d, %v", at, err)
		}
		if got, err := io.ReadAll(f.With(main)); !bytes.Equal(got, text) || err != nil {
			t.Errorf("read %d bytes, %v", len(got), err)
		}
		if n, err := f.Read(main, nil); n != 0 || err != nil {
			t.Errorf("Read of nothing: %d, %v", n, err)
		}
		return f.With(main).Close()
	})
}

// A read of an empty pipe blocks, while others run, until something is written,
// and ends with the last writer.
func TestPipe(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		r, w, err := main.Pipe()
		if err != nil {
			return err
		}
		var got []byte
		reader, err := started(main, func(t *Thread) (err error) {
			got, err = io.ReadAll(r.With(t))
			return err
		})
		if err != nil {
			return err
		}
		for _, word := range []string{"a", "few", "words"} {
			if _, err := w.Write(main, []byte(word)); err != nil {
				return err
			}
		}
		err = errors.Join(w.Close(main), reader.Join(main), r.Close(main))
		if string(got) != "afewwords" {
			t.Errorf("read %q", got)
		}
		return err
	})
}

func TestFileErrors(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		var path *os.PathError
		if _, err := main.Open("/nonexistent/file"); !errors.Is(err, os.ErrNotExist) || !errors.As(err, &path) {
			t.Errorf("Open of what is not there: %v", err)
		}
		r, w, err := main.Pipe()
		if err != nil {
			return err
		}
		if _, err := r.Write(main, []byte("x")); !errors.As(err, &path) {
			t.Errorf("Write to the end for reading: %v", err)
		}
		if err := r.Close(main); err != nil {
			return err
		}
		for name, err := range map[string]error{
			"Close": r.Close(main), "Read": second(r.Read(main, make([]byte, 1))), "Seek": second(r.Seek(main, 0, 0)),
		} {
			if !errors.Is(err, os.ErrClosed) {
				t.Errorf("%s of a closed file: %v", name, err)
			}
		}
		if _, err := w.Write(main, []byte("x")); err == nil {
			t.Error("Write to a pipe that nobody reads succeeded")
		}
		return w.Close(main)
	})
}

func second[T any](_ T, err error) error { return err }

// A descriptor that is closed while a thread reads from it goes back to the kernel when that
// thread has left.
func TestCloseUnderARead(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		r, w, err := main.Pipe()
		if err != nil {
			return err
		}
		var got error
		reader, err := started(main, func(t *Thread) error {
			_, got = r.Read(t, make([]byte, 1))
			return nil
		})
		if err != nil {
			return err
		}
		untilAt(main, r.descriptor.InUse)
		err = r.Close(main)
		reader.JoinTimeout(main, time.Millisecond)
		if !reader.IsAlive() {
			t.Error("Close ended the read")
		}
		_, err2 := w.Write(main, []byte("x"))
		err = errors.Join(err, err2, reader.Join(main), w.Close(main))
		if !errors.Is(got, os.ErrClosed) {
			t.Errorf("the read under a Close: %v", got)
		}
		return err
	})
}
