package threads_test

import (
	"errors"
	"fmt"
	"os"
	"time"

	"concbench/models/threads"
)

// Four threads count together. Without the lock a thread could be switched away
// between reading the count and writing it.
func Example() {
	in, err := threads.NewInterpreter("interval=500us")
	if err != nil {
		fmt.Println(err)
		return
	}
	err = in.Run(func(t *threads.Thread) error {
		count, lock := 0, threads.NewLock()
		work := func(t *threads.Thread) error {
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
		var all []*threads.Thread
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
	run(func(t *threads.Thread) error {
		stop := threads.NewEvent()
		spinner := t.NewThread(func(t *threads.Thread) error {
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
	run(func(t *threads.Thread) error {
		barrier, err := threads.NewBarrier(2, func(*threads.Thread) error {
			fmt.Println("both are here")
			return nil
		})
		if err != nil {
			return err
		}
		party := func(t *threads.Thread) error { _, err := barrier.Wait(t); return err }
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
	// the barrier is broken
}

// What a thread ends with is told to the excepthook, and not by Join.
func ExampleInterpreter_SetExcepthook() {
	run(func(t *threads.Thread) error {
		t.Interpreter().SetExcepthook(func(t *threads.Thread, err error) {
			fmt.Printf("%s: %v\n", t.Name(), err)
		})
		worker := t.NewThread(func(*threads.Thread) error {
			return errors.New("no more work")
		}, threads.Named("worker"))
		return errors.Join(worker.Start(t), worker.Join(t))
	})
	// Output: worker: no more work
}

// Misuse is an error in CPython's words.
func ExampleRuntimeError() {
	run(func(t *threads.Thread) error {
		err := threads.NewLock().Release(t)
		var misuse threads.RuntimeError
		fmt.Println(err, errors.As(err, &misuse), err == threads.ErrReleaseUnlocked)
		return nil
	})
	// Output: release unlocked lock true true
}

func ExampleFile() {
	run(func(t *threads.Thread) error {
		r, w, err := t.Pipe()
		if err != nil {
			return err
		}
		writer := t.NewThread(func(t *threads.Thread) error {
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
func run(main func(t *threads.Thread) error) {
	in, err := threads.NewInterpreter("")
	if err == nil {
		err = in.Run(main)
	}
	if err != nil {
		fmt.Println(err)
	}
}
