package threading_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"concbench/models"
	"concbench/models/threads/threading"
)

// startAndJoin runs a thread for each target.
func startAndJoin(t *threading.Thread, targets ...threading.Target) error {
	var all []*threading.Thread
	for _, target := range targets {
		th := t.NewThread(target)
		if err := th.Start(t); err != nil {
			return err
		}
		all = append(all, th)
	}
	for _, th := range all {
		if err := th.Join(t); err != nil {
			return err
		}
	}
	return nil
}

// The arguments of a thread are what its target has captured.
func ExampleThread() {
	run(func(t *threading.Thread) error {
		name := "world"
		greeter := t.NewThread(func(t *threading.Thread) error {
			fmt.Println(t.Name(), "says hello,", name)
			return nil
		}, threading.Named("greeter"), threading.Daemon(false))
		fmt.Println("alive:", greeter.IsAlive(), "daemon:", greeter.Daemon(), "number:", greeter.Ident())
		if err := errors.Join(greeter.Start(t), greeter.JoinTimeout(t, time.Minute)); err != nil {
			return err
		}
		fmt.Println("alive:", greeter.IsAlive(), "number:", greeter.Ident())
		fmt.Println(greeter.Start(t))
		return nil
	})
	// Output:
	// alive: false daemon: false number: 0
	// greeter says hello, world
	// alive: false number: 2
	// threads can only be started once
}

// A thread that computes lets others run at its checkpoints, and a call that blocks lets
// them run while it lasts.
func ExampleThread_Block() {
	run(func(t *threading.Thread) error {
		stop := false // the interpreter lock guards it
		computing := t.NewThread(func(t *threading.Thread) error {
			for !stop {
				t.Checkpoint() // where a bytecode would end
			}
			return nil
		})
		if err := computing.Start(t); err != nil {
			return err
		}
		err := t.Block(func() error {
			fmt.Println("without the interpreter lock")
			return nil
		})
		stop = true
		return errors.Join(err, computing.Join(t))
	})
	// Output: without the interpreter lock
}

func ExampleTimer() {
	run(func(t *threading.Thread) error {
		hello := t.NewTimer(time.Millisecond, func(*threading.Thread) error {
			fmt.Println("hello")
			return nil
		})
		never := t.NewTimer(time.Hour, func(*threading.Thread) error { return errors.New("it was cancelled") })
		return errors.Join(hello.Start(t), hello.Join(t), never.Start(t), never.Cancel(t), never.Join(t))
	})
	// Output: hello
}

func ExampleLocal() {
	run(func(t *threading.Thread) error {
		var user threading.Local[string]
		if err := user.Set(t, "main's"); err != nil {
			return err
		}
		err := startAndJoin(t, func(t *threading.Thread) error {
			_, ok := user.Get(t)
			fmt.Println("a new thread has one:", ok)
			return user.Set(t, "its own")
		})
		value, _ := user.Get(t)
		fmt.Println(value)
		return err
	})
	// Output:
	// a new thread has one: false
	// main's
}

func ExampleInterpreter_Enumerate() {
	run(func(t *threading.Thread) error {
		in, gate := t.Interpreter(), threading.NewEvent()
		worker := t.NewThread(gate.Wait, threading.Named("worker"))
		if err := worker.Start(t); err != nil {
			return err
		}
		for _, th := range in.Enumerate() {
			fmt.Println(th.Name(), th.Ident())
		}
		fmt.Println(in.ActiveCount(), in.MainThread() == t, in.CurrentThread() == t || runtime.GOOS != "linux")
		return errors.Join(gate.Set(t), worker.Join(t))
	})
	// Output:
	// MainThread 1
	// worker 2
	// 2 true true
}

// Run calls the registered functions, the last one first, before it joins the threads.
func ExampleInterpreter_AtExit() {
	run(func(t *threading.Thread) error {
		in, stop := t.Interpreter(), threading.NewEvent()
		_, err := in.AtExit(func(t *threading.Thread) {
			fmt.Println("the worker is told to stop:", stop.Set(t))
		})
		_, err2 := in.AtExit(func(*threading.Thread) { fmt.Println("main has returned") })
		worker := t.NewThread(stop.Wait)
		return errors.Join(err, err2, worker.Start(t))
	})
	// Output:
	// main has returned
	// the worker is told to stop: <nil>
}

// The excepthook is told how a thread has ended. Join is not.
func ExampleInterpreter_SetExcepthook() {
	run(func(t *threading.Thread) error {
		t.Interpreter().SetExcepthook(func(t *threading.Thread, err error) {
			fmt.Printf("%s: %v\n", t.Name(), err)
		})
		worker := t.NewThread(func(*threading.Thread) error {
			return errors.New("no more work")
		}, threading.Named("worker"))
		return errors.Join(worker.Start(t), worker.Join(t))
	})
	// Output: worker: no more work
}

// However a thread ends, the others go on.
func ExampleExcepthook() {
	run(func(t *threading.Thread) error {
		t.Interpreter().SetExcepthook(func(t *threading.Thread, err error) {
			var panicked *models.PanicError
			switch {
			case errors.Is(err, threading.ErrSystemExit): // the default hook is silent, too
				fmt.Println("it wanted to end")
			case errors.As(err, &panicked):
				fmt.Println("it panicked:", panicked.Value)
			default:
				fmt.Println("it failed:", err)
			}
		})
		for _, target := range []threading.Target{
			func(*threading.Thread) error { return errors.New("no more work") },
			func(*threading.Thread) error { panic("division by zero") },
			func(*threading.Thread) error { runtime.Goexit(); return nil },
			func(*threading.Thread) error { return threading.ErrSystemExit },
		} {
			if err := startAndJoin(t, target); err != nil {
				return err
			}
		}
		return nil
	})
	// Output:
	// it failed: no more work
	// it panicked: division by zero
	// it failed: threads: the thread's target called runtime.Goexit
	// it wanted to end
}

func ExampleFile() {
	run(func(t *threading.Thread) error {
		r, w, err := t.Pipe()
		if err != nil {
			return err
		}
		writer := t.NewThread(func(t *threading.Thread) error {
			_, err := fmt.Fprintln(w.With(t), "through the kernel")
			return err
		})
		if err := writer.Start(t); err != nil {
			return err
		}
		text := make([]byte, 100)
		n, err := r.Read(t, text) // other threads run meanwhile
		os.Stdout.Write(text[:n])
		return errors.Join(err, writer.Join(t), r.Close(t), w.Close(t))
	})
	// Output: through the kernel
}

func ExampleThread_Dial() {
	run(func(t *threading.Thread) error {
		l, err := t.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		server := t.NewThread(func(t *threading.Thread) error {
			c, err := l.Accept(t) // belongs to this thread
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(c, "hello from the server")
			return errors.Join(err, c.Close())
		})
		if err := server.Start(t); err != nil {
			return err
		}
		c, err := t.Dial("tcp", l.Addr().String())
		if err != nil {
			return err
		}
		_, err = io.Copy(os.Stdout, struct{ io.Reader }{c}) // through its Read, which lets the lock go
		return errors.Join(err, server.Join(t), c.Close(), l.Close())
	})
	// Output: hello from the server
}

// A timeline shows which thread held the interpreter lock when.
func ExampleTimeline() {
	in, err := threading.NewInterpreter("")
	if err != nil {
		fmt.Println(err)
		return
	}
	timeline := threading.NewTimeline(1000)
	in.Record(timeline)
	if err := in.Run(func(t *threading.Thread) error { return t.Sleep(time.Millisecond) }); err != nil {
		fmt.Println(err)
	}
	for _, e := range timeline.Events() {
		fmt.Println(e.Thread, e.Kind)
	}
	fmt.Println(in.Stats().Voluntary, "times around something that may block")
	// Output:
	// MainThread (1) taken
	// MainThread (1) dropped
	// MainThread (1) taken
	// MainThread (1) dropped
	// 2 times around something that may block
}
