package streams

import (
	"errors"
	"net"
	"slices"
	"syscall"
	"testing"

	"concbench/models/coroutine"
)

func TestServerLife(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		s, err := StartServer(task, "tcp", "127.0.0.1:0", echo, NotServing())
		if err != nil {
			return err
		}
		address := s.Addrs()[0].String()
		if s.IsServing() || len(s.Addrs()) != 1 || s.Loop() != task.Loop() {
			t.Error("a server that was not to serve does")
		}
		forever := start(task, s.ServeForever)
		task.Yield()
		if !s.IsServing() {
			t.Error("ServeForever does not serve")
		}
		if err := s.ServeForever(task); !errors.Is(err, ErrServesForever) {
			t.Errorf("a second ServeForever = %v", err)
		}
		r, w, err := OpenConnection(task, "tcp", address)
		if err != nil {
			return err
		}
		w.Write([]byte("before\n"))
		if _, err := r.ReadLine(task); err != nil {
			return err
		}
		waiting := start(task, s.WaitClosed)
		forever.Cancel()
		if err := forever.Join(task); !errors.Is(err, coroutine.ErrCancelled) {
			t.Errorf("ServeForever = %v", err)
		}
		if s.IsServing() || len(s.Addrs()) != 0 || waiting.Done() {
			t.Errorf("closed: serving %v on %v, WaitClosed has returned: %v", s.IsServing(), s.Addrs(), waiting.Done())
		}
		for name, err := range map[string]error{"StartServing": s.StartServing(), "ServeForever": s.ServeForever(task)} {
			if !errors.Is(err, ErrServerClosed) {
				t.Errorf("%s of a closed server = %v", name, err)
			}
		}
		if err := errors.Join(s.Close(), s.WaitClosed(task)); err != nil {
			t.Error(err)
		}
		// Connections live on.
		w.Write([]byte("after\n"))
		line, err := r.ReadLine(task)
		expect(t, "ReadLine", line, err, "after\n", nil)
		if _, _, err := OpenConnection(task, "tcp", address); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("OpenConnection to a closed server = %v", err)
		}
		w.Close()
		return waiting.Join(task)
	})
}

// The failure of one handler is reported and ends its connection only.
func TestHandlerFails(t *testing.T) {
	for name, fail := range map[string]func(*coroutine.Task) error{
		"error":  func(*coroutine.Task) error { return errTest },
		"panic":  func(*coroutine.Task) error { panic(errTest) },
		"cancel": func(task *coroutine.Task) error { task.Cancel(); return task.Yield() },
	} {
		run(t, func(task *coroutine.Task) error {
			all := reports(task.Loop())
			s, err := StartServer(task, "tcp", "127.0.0.1:0", func(task *coroutine.Task, r *StreamReader, w *StreamWriter) error {
				if line, err := r.ReadLine(task); string(line) == "fail\n" {
					return errors.Join(err, fail(task))
				}
				w.Close()
				return nil
			})
			if err != nil {
				return err
			}
			for _, line := range []string{"fail\n", "go on\n"} {
				r, w, err := OpenConnection(task, "tcp", s.Addrs()[0].String())
				if err != nil {
					return err
				}
				w.Write([]byte(line))
				got, err := r.ReadAll(task)
				expect(t, name+": ReadAll", got, err, "", nil)
				w.Close()
			}
			if name == "cancel" {
				if len(*all) != 0 {
					t.Errorf("a cancelled handler is reported: %v", *all)
				}
			} else if len(*all) != 1 || (*all)[0].Message != "Unhandled exception in client_connected_cb" || (*all)[0].Err == nil {
				t.Errorf("%s: the reports are %v", name, *all)
			}
			return finish(task, s)
		})
	}
}

// A host name is all of its addresses.
func TestServerOnAllAddresses(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		ips, err := net.LookupHost("localhost")
		if err != nil || len(ips) < 2 {
			t.Skip("localhost has not two addresses here: ", ips, err)
		}
		s, err := StartServer(task, "tcp", "localhost:0", echo)
		if errors.Is(err, syscall.EADDRNOTAVAIL) || errors.Is(err, syscall.EAFNOSUPPORT) {
			t.Skip(err)
		}
		if err != nil {
			return err
		}
		if len(s.Addrs()) != len(ips) {
			t.Errorf("serving on %v, want %v", s.Addrs(), ips)
		}
		for _, a := range s.Addrs() {
			if err := converse(t, task, "tcp", a.String(), "hello\n"); err != nil {
				return err
			}
		}
		return finish(task, s)
	})
}

func TestStartServerErrors(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		s, err := StartServer(task, "tcp", "127.0.0.1:0", echo)
		if err != nil {
			return err
		}
		_, err = StartServer(task, "tcp", s.Addrs()[0].String(), echo)
		if op, ok := errors.AsType[*net.OpError](err); !ok || op.Op != "listen" || !errors.Is(err, syscall.EADDRINUSE) {
			t.Errorf("a second server = %v", err)
		}
		if _, err = StartServer(task, "tcp", "127.0.0.1:0", echo, Limit(0)); !errors.Is(err, ErrLimit) {
			t.Errorf("a limit of 0: %v", err)
		}
		return finish(task, s)
	})
}

// More connections than are accepted at once: all are served, others run in
// between.
func TestManyConnectionsAtOnce(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		const many = 2*acceptsAtOnce + 50
		var served []int // in which round
		round := 0
		s, err := StartServer(task, "tcp", "127.0.0.1:0", func(_ *coroutine.Task, _ *StreamReader, w *StreamWriter) error {
			served = append(served, round)
			w.Close()
			return nil
		}, NotServing())
		if err != nil {
			return err
		}
		var clients []net.Conn
		for range many { // by package net, while the loop stands still
			c, err := net.Dial("tcp", s.Addrs()[0].String())
			if err != nil {
				return err
			}
			clients = append(clients, c)
		}
		s.StartServing()
		for len(served) < many {
			round++
			task.Yield()
		}
		if last := served[len(served)-1]; !slices.IsSorted(served) || last == served[0] {
			t.Errorf("%d connections were accepted in one round", many)
		}
		for _, c := range clients {
			c.Close()
		}
		return finish(task, s)
	})
}

// Close ends ServeForever and, not before, WaitClosed.
func TestCloseEndsThoseWhoWaitForIt(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		s, err := StartServer(task, "tcp", "127.0.0.1:0", echo)
		if err != nil {
			return err
		}
		forever, closed := start(task, s.ServeForever), start(task, s.WaitClosed)
		r, w, err := OpenConnection(task, "tcp", s.Addrs()[0].String())
		if err != nil {
			return err
		}
		if err := errors.Join(w.WriteEOF(), func() error { _, err := r.ReadAll(task); return err }()); err != nil {
			return err
		}
		w.Close()
		for s.clients.Len() > 0 {
			task.Yield()
		}
		task.Yield()
		if forever.Done() || closed.Done() {
			t.Errorf("before Close, ServeForever has ended: %t, WaitClosed: %t", forever.Done(), closed.Done())
		}
		if err := s.Close(); err != nil {
			return err
		}
		if err := forever.Join(task); !errors.Is(err, coroutine.ErrCancelled) {
			t.Errorf("ServeForever of a server that was closed = %v", err)
		}
		return closed.Join(task)
	})
}
