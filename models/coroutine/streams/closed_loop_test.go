package streams

import (
	"errors"
	"net"
	"testing"

	"concbench/models/coroutine"
)

// After the end of the loop nothing hangs and nothing is accepted in silence.
func TestAfterTheLoopIsClosed(t *testing.T) {
	var task *coroutine.Task
	var a, b end
	var server *Server
	run(t, func(main *coroutine.Task) error {
		task = main
		c, d, err := task.Loop().Pipe()
		if err != nil {
			return err
		}
		a, b = newEnd(c), newEnd(d)
		server, err = StartServer(task, "tcp", "127.0.0.1:0", echo)
		return err
	})
	_, write := a.Write([]byte("x"))
	for op, err := range map[string]error{"Write": write, "WriteEOF": b.WriteEOF(), "Server.Close": server.Close()} {
		if !errors.Is(err, net.ErrClosed) {
			t.Errorf("%s = %v, want %v", op, err, net.ErrClosed)
		}
	}
	_, read := b.Read(task, 1)
	_, into := b.ReadInto(task, make([]byte, maxRoom))
	_, _, open := OpenConnection(task, "unix", "/no/such/place")
	for op, err := range map[string]error{"Read": read, "ReadInto": into, "Drain": b.Drain(task), "WaitClosed": b.WaitClosed(task)} {
		if !errors.Is(err, coroutine.ErrNotCurrent) {
			t.Errorf("%s = %v, want %v", op, err, coroutine.ErrNotCurrent)
		}
	}
	if open == nil {
		t.Error("OpenConnection is no error")
	}
}
