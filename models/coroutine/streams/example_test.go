package streams_test

import (
	"context"
	"errors"
	"fmt"
	"os"

	"concbench/models/coroutine"
	"concbench/models/coroutine/streams"
)

// run is what the examples begin with: asyncio.run(main()).
func run(main func(t *coroutine.Task) error) {
	_, err := coroutine.Run(context.Background(), func(t *coroutine.Task) (coroutine.None, error) {
		return coroutine.None{}, main(t)
	})
	if err != nil {
		fmt.Println("error:", err)
	}
}

// A server that echoes, and its client.
func ExampleStartServer() {
	echo := func(t *coroutine.Task, r *streams.StreamReader, w *streams.StreamWriter) error {
		defer w.Close()
		data, err := r.Read(t, 100)
		if err != nil {
			return err
		}
		fmt.Printf("server received %s\n", data)
		if _, err := w.Write(data); err != nil {
			return err
		}
		return w.Drain(t)
	}
	run(func(t *coroutine.Task) error {
		server, err := streams.StartServer(t, "tcp", "127.0.0.1:0", echo)
		if err != nil {
			return err
		}
		closed := t.Start("closed", server.WaitClosed)
		r, w, err := streams.OpenConnection(t, "tcp", server.Addrs()[0].String())
		if err != nil {
			return err
		}
		if _, err := w.Write([]byte("hello")); err != nil {
			return err
		}
		answer, err := r.ReadAll(t)
		fmt.Printf("client received %s, all of it: %v\n", answer, r.AtEOF())
		w.Close()
		// A graceful end: nobody new is let in, and the handlers' connections end.
		err = errors.Join(err, w.WaitClosed(t), server.Close(), closed.Join(t))
		fmt.Println("serving:", server.IsServing())
		return err
	})
	// Output:
	// server received hello
	// client received hello, all of it: true
	// serving: false
}

// Lines, exact sizes, and an end that comes too early.
func ExampleStreamReader() {
	run(func(t *coroutine.Task) error {
		r, err := streams.NewStreamReader()
		if err != nil {
			return err
		}
		if err := r.FeedData([]byte("first line\n12345678")); err != nil {
			return err
		}
		line, err := r.ReadLine(t)
		fmt.Printf("%q %v\n", line, err)
		four, err := r.ReadExactly(t, 4)
		fmt.Printf("%q %v\n", four, err)
		r.FeedEOF()
		_, err = r.ReadExactly(t, 10)
		var early *streams.IncompleteReadError
		if errors.As(err, &early) {
			fmt.Printf("only %q of %d\n", early.Partial, early.Expected)
		}
		return nil
	})
	// Output:
	// "first line\n" <nil>
	// "1234" <nil>
	// only "5678" of 10
}

// The lines of a stream, as an asyncio program has them of async for.
func ExampleStreamReader_Lines() {
	run(func(t *coroutine.Task) error {
		r, err := streams.NewStreamReader()
		if err != nil {
			return err
		}
		if err := r.FeedData([]byte("first\nsecond\nrest")); err != nil {
			return err
		}
		r.FeedEOF()
		for line, err := range r.Lines(t) {
			if err != nil {
				return err
			}
			fmt.Printf("%q\n", line)
		}
		return nil
	})
	// Output:
	// "first\n"
	// "second\n"
	// "rest"
}

// A server that ends although its clients stay: it sends what is unsent and then
// leaves them.
func ExampleServer_CloseClients() {
	greet := func(t *coroutine.Task, r *streams.StreamReader, w *streams.StreamWriter) error {
		_, err := w.Write([]byte("hello"))
		return err
	}
	run(func(t *coroutine.Task) error {
		server, err := streams.StartServer(t, "tcp", "127.0.0.1:0", greet)
		if err != nil {
			return err
		}
		closed := t.Start("closed", server.WaitClosed)
		r, w, err := streams.OpenConnection(t, "tcp", server.Addrs()[0].String())
		if err != nil {
			return err
		}
		defer w.Close()
		hello, err := r.ReadExactly(t, 5)
		err = errors.Join(err, server.Close())
		server.CloseClients()
		rest, readErr := r.ReadAll(t)
		fmt.Printf("%s, and then %d bytes\n", hello, len(rest))
		return errors.Join(err, readErr, closed.Join(t))
	})
	// Output: hello, and then 0 bytes
}

// A pipe, its one end as a reader and its other as a writer.
func ExampleReadAhead() {
	run(func(t *coroutine.Task) error {
		from, to, err := os.Pipe()
		if err != nil {
			return err
		}
		source, err := t.Loop().ConnectPipe(from)
		if err != nil {
			to.Close()
			return err
		}
		r, err := streams.ReadAhead(source, nil)
		if err != nil {
			to.Close()
			return err
		}
		sink, err := t.Loop().ConnectPipe(to)
		if err != nil {
			return err
		}
		_, w, err := streams.NewConnection(sink)
		if err != nil {
			return err
		}
		w.Write([]byte("through the pipe\n"))
		w.Close()
		line, err := r.ReadLine(t)
		fmt.Printf("%s", line)
		return err
	})
	// Output: through the pipe
}
