package threading_test

import (
	"errors"
	"fmt"
	"os"
	"time"

	"concbench/models/threads/threading"
)

// Four threads count together. Without the lock a thread could be switched away
// between reading the count and writing it.
func Example() {
	in, err := threading.NewInterpreter("interval=500us")
	if err != nil {
		fmt.Println(err)
		return
	}
	err = in.Run(func(t *threading.Thread) error {
		count, lock := 0, threading.NewLock()
		work := func(t *threading.Thread) error {
			for range 100 {
				if err := lock.Acquire(t); err != nil {
					return err
				}
				count++
				if err := lock.Release(t); err != nil {
					return err
				}
			}
			return nil
		}
		var all []*threading.Thread
		for range 4 {
			th := t.NewThread(work)
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
		fmt.Println(count)
		return nil
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output: 400
}

// Nothing stops a thread from outside: it looks at an event by itself.
func ExampleEvent() {
	run(func(t *threading.Thread) error {
		stop := threading.NewEvent()
		spinner := t.NewThread(func(t *threading.Thread) error {
			for {
				if stopped, err := stop.WaitTimeout(t, time.Millisecond); stopped || err != nil {
					fmt.Println("the spinner stops")
					return err
				}
			}
		})
		return errors.Join(spinner.Start(t), stop.Set(t), spinner.Join(t))
	})
	// Output: the spinner stops
}

func ExampleBarrier() {
	run(func(t *threading.Thread) error {
		barrier, err := threading.NewBarrier(2, func(*threading.Thread) error {
			fmt.Println("both are here")
			return nil
		})
		if err != nil {
			return err
		}
		party := func(t *threading.Thread) error { _, err := barrier.Wait(t); return err }
		other := t.NewThread(party)
		if err := errors.Join(other.Start(t), party(t), other.Join(t)); err != nil {
			return err
		}
		_, err = barrier.WaitTimeout(t, time.Millisecond)
		fmt.Println(err)
		return nil
	})
	// Output:
	// both are here
	// the barrier is broken: timed out
}

// What a thread ends with is told to the excepthook, and not by Join.
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

// Misuse is an error in CPython's words.
func ExampleRuntimeError() {
	run(func(t *threading.Thread) error {
		err := threading.NewLock().Release(t)
		var misuse threading.RuntimeError
		fmt.Println(err, errors.As(err, &misuse), err == threading.ErrReleaseUnlocked)
		return nil
	})
	// Output: release unlocked lock true true
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

// run runs main as a program does.
func run(main func(t *threading.Thread) error) {
	in, err := threading.NewInterpreter("")
	if err == nil {
		err = in.Run(main)
	}
	if err != nil {
		fmt.Println(err)
	}
}
