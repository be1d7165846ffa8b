package coroutine_test

import (
	"fmt"
	"io"
	"os"

	"concbench/models/coroutine"
)

// The callback runs in each round in which the descriptor can be read.
func ExampleLoop_AddReader() {
	run(func(t *coroutine.Task) error {
		r, w, err := os.Pipe()
		if err != nil {
			return err
		}
		defer r.Close()
		got := coroutine.NewFuture[string](t.Loop())
		fd := int(r.Fd())
		err = t.Loop().AddReader(fd, func() {
			text := make([]byte, 100)
			n, err := r.Read(text)
			fmt.Println("readable:", err, "removed:", t.Loop().RemoveReader(fd))
			got.SetResult(string(text[:n]))
		})
		if err != nil {
			return err
		}
		fmt.Fprint(w, "abc")
		text, err := got.Await(t)
		fmt.Println(text)
		w.Close()
		return err
	})
	// Output:
	// readable: <nil> removed: true
	// abc
}

// Connections are net.Conn for tasks: what takes one runs on the loop.
func ExampleTask_Dial() {
	run(func(t *coroutine.Task) error {
		listener, err := t.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		defer listener.Close()
		server := t.Start("server", func(t *coroutine.Task) error {
			c, err := listener.Accept()
			if err != nil {
				return err
			}
			defer c.Close()
			_, err = io.Copy(c, c)
			return err
		})
		c, err := t.Dial("tcp", listener.Addr().String())
		if err != nil {
			return err
		}
		fmt.Fprint(c, "hello")
		text := make([]byte, 5)
		_, err = io.ReadFull(c, text)
		fmt.Println("echo:", string(text), err)
		c.Close()
		_, err = server.Await(t)
		return err
	})
	// Output: echo: hello <nil>
}
