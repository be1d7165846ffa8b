package fidelity

import (
	"errors"
	"io"
	"net"
	"strings"

	"golang.org/x/sys/unix"

	"concbench/models/coroutine"
	"concbench/models/coroutine/streams"
)

func loop02Socketpair(out *output) error {
	return asyncioRun(func(t *coroutine.Task) error {
		loop := t.Loop()
		pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
		if err != nil {
			return err
		}
		rsock, wsock := pair[0], pair[1]
		ok(unix.SetNonblock(rsock, true))
		ok(unix.SetNonblock(wsock, true))
		got := coroutine.NewFuture[coroutine.None](loop)
		ok(loop.AddReader(rsock, func() {
			data := make([]byte, 100)
			out.print("reader callback:", string(data[:must(unix.Read(rsock, data))]))
			out.print("removed:", loop.RemoveReader(rsock))
			ok(got.SetResult(coroutine.None{}))
		}))
		must(loop.CallSoon(func() { must(unix.Write(wsock, []byte("abc"))) }))
		must(got.Await(t))
		receiving := coroutine.CreateTask(t, func(t *coroutine.Task) ([]byte, error) { return t.SockRecv(rsock, 100) })
		ok(t.Sleep(0))
		out.print("sock_recv waits:", !receiving.Done())
		ok(t.SockSendAll(wsock, []byte("def")))
		out.print("sock_recv:", string(must(receiving.Await(t))))
		ok(unix.Close(wsock))
		out.print("end of file:", len(must(t.SockRecv(rsock, 100))) == 0)
		return unix.Close(rsock)
	})
}

func loop04Lookup(out *output) error {
	return asyncioRun(func(t *coroutine.Task) error {
		infos := must(t.GetAddrInfo("tcp", "127.0.0.1", "80", 0))
		address := infos[0].(*net.TCPAddr)
		out.print("address:", address.IP, address.Port)
		_, err := t.GetAddrInfo("tcp", "not a number", "80", coroutine.NumericHost)
		if _, ok := errors.AsType[*net.DNSError](err); !ok {
			return err
		}
		out.print("look-up failed")
		return nil
	})
}

func stream01Echo(out *output) error {
	handleEcho := func(t *coroutine.Task, r *streams.StreamReader, w *streams.StreamWriter) error {
		data := must(r.Read(t, 100))
		out.print("server received:", string(data))
		must(w.Write(data))
		ok(w.Drain(t))
		w.Close()
		return w.WaitClosed(t)
	}
	return asyncioRun(func(t *coroutine.Task) error {
		server := must(streams.StartServer(t, "tcp", "127.0.0.1:0", handleEcho))
		r, w, err := streams.OpenConnection(t, "tcp", server.Addrs()[0].String())
		if err != nil {
			return err
		}
		out.print("client sends: Hello World!")
		must(w.Write([]byte("Hello World!")))
		ok(w.Drain(t))
		out.print("client received:", string(must(r.Read(t, 100))))
		_, err = r.Read(t, 100)
		out.print("end of file:", err == io.EOF, r.AtEOF())
		w.Close()
		ok(w.WaitClosed(t))
		ok(server.Close())
		ok(server.WaitClosed(t))
		out.print("serving:", server.IsServing())
		return nil
	})
}

func stream02Lines(out *output) error {
	return asyncioRun(func(t *coroutine.Task) error {
		reader := must(streams.NewStreamReader())
		ok(reader.FeedData([]byte("first line\nsecond ")))
		line := func(data []byte) string { return strings.TrimRight(string(data), "\n") }
		out.print("line:", line(must(reader.ReadLine(t))))
		task := coroutine.CreateTask(t, reader.ReadLine)
		ok(t.Sleep(0))
		out.print("waits for the rest:", !task.Done())
		ok(reader.FeedData([]byte("line\n12345678")))
		out.print("line:", line(must(task.Await(t))))
		out.print("exactly 4:", string(must(reader.ReadExactly(t, 4))))
		reader.FeedEOF()
		_, err := reader.ReadExactly(t, 10)
		incomplete, isIncomplete := errors.AsType[*streams.IncompleteReadError](err)
		if !isIncomplete {
			return err
		}
		out.print("IncompleteReadError:", string(incomplete.Partial), "of", incomplete.Expected)
		out.print("at_eof:", reader.AtEOF())
		return nil
	})
}
