package coroutine

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Both ends of a pipe, in one loop, with more in it than the kernel holds.
func TestConnectPipe(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		readEnd, writeEnd, err := os.Pipe()
		if err != nil {
			return err
		}
		from, err := l.ConnectPipe(readEnd)
		to, err2 := l.ConnectPipe(writeEnd)
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		sent := bytes.Repeat([]byte("pipe"), 100_000)
		task.Start("writer", func(*Task) error {
			_, err := to.Write(sent)
			return errors.Join(err, to.Close())
		})
		got, err := io.ReadAll(from)
		if !bytes.Equal(got, sent) {
			t.Errorf("%d bytes came, %d were sent", len(got), len(sent))
		}
		return errors.Join(err, from.Close())
	})
}

func TestWriteToAPipeThatNobodyReads(t *testing.T) {
	run(t, func(task *Task) error {
		readEnd, writeEnd, err := os.Pipe()
		if err != nil {
			return err
		}
		c, err := task.Loop().ConnectPipe(writeEnd)
		if err != nil {
			return err
		}
		readEnd.Close()
		if _, err := c.Write([]byte("x")); !errors.Is(err, syscall.EPIPE) {
			t.Errorf("Write = %v", err)
		}
		return c.Close()
	})
}

func TestConnectPipeRefuses(t *testing.T) {
	run(t, func(task *Task) error {
		regular, err := os.Create(filepath.Join(t.TempDir(), "file"))
		if err != nil {
			return err
		}
		if _, err := task.Loop().ConnectPipe(regular); !errors.Is(err, syscall.EPERM) {
			t.Errorf("ConnectPipe of a regular file = %v", err)
		}
		if _, err := task.Loop().ConnectPipe(regular); err == nil { // closed by now
			t.Error("ConnectPipe of a closed file returned no error")
		}
		return nil
	})
}
