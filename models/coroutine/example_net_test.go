package coroutine_test

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"

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

// An answer to a datagram.
func ExampleTask_OpenDatagram() {
	run(func(t *coroutine.Task) error {
		server, err := t.OpenDatagram("udp", "127.0.0.1:0", "")
		if err != nil {
			return err
		}
		defer server.Close()
		client, err := t.OpenDatagram("udp", "", server.LocalAddr().String())
		if err != nil {
			return err
		}
		defer client.Close()
		if err := client.SendTo([]byte("ping"), nil); err != nil {
			return err
		}
		text := make([]byte, 100)
		n, from, err := server.RecvFrom(text)
		if err != nil {
			return err
		}
		fmt.Printf("server received %s\n", text[:n])
		if err := server.SendTo([]byte("pong"), from); err != nil {
			return err
		}
		n, _, err = client.RecvFrom(text)
		fmt.Printf("client received %s\n", text[:n])
		return err
	})
	// Output:
	// server received ping
	// client received pong
}

// A look-up is awaited: it runs in the executor.
func ExampleTask_GetAddrInfo() {
	run(func(t *coroutine.Task) error {
		addrs, err := t.GetAddrInfo("tcp", "127.0.0.1", "80", 0)
		fmt.Println(addrs)
		return err
	})
	// Output: [127.0.0.1:80]
}

// Plain non-blocking sockets, as other libraries hand them out.
func ExampleTask_SockRecv() {
	run(func(t *coroutine.Task) error {
		fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
		if err != nil {
			return err
		}
		for _, fd := range fds {
			defer unix.Close(fd)
			if err := unix.SetNonblock(fd, true); err != nil {
				return err
			}
		}
		receives := coroutine.CreateTask(t, func(t *coroutine.Task) ([]byte, error) { return t.SockRecv(fds[0], 100) })
		if err := t.SockSendAll(fds[1], []byte("abc")); err != nil {
			return err
		}
		text, err := receives.Await(t)
		fmt.Printf("%s\n", text)
		return err
	})
	// Output: abc
}
