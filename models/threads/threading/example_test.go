package threading_test

import (
	"errors"
	"fmt"

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
