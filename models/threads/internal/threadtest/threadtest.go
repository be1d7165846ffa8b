// Package threadtest is what the tests of the packages above package threads share.
package threadtest

import (
	"errors"
	"testing"

	"concbench/models/internal/leaktest"
	"concbench/models/threads"
)

// Run runs a test on the main thread of an interpreter, under every kind of
// interpreter lock, and sees that no goroutine is left.
func Run(t *testing.T, test func(t *testing.T, main *threads.Thread) error) {
	t.Helper()
	for _, options := range []string{"interval=50us", "gil=off", "gil=ticks"} {
		t.Run("options="+options, func(t *testing.T) {
			defer leaktest.NothingLeft(t)()
			in, err := threads.NewInterpreter(options)
			if err != nil {
				t.Fatal(err)
			}
			if err := in.Run(func(main *threads.Thread) error { return test(t, main) }); err != nil {
				t.Error(err)
			}
		})
	}
}

// Started makes a thread and starts it.
func Started(t *threads.Thread, target threads.Target) (*threads.Thread, error) {
	th := t.NewThread(target)
	return th, th.Start(t)
}

// All starts n threads with body and waits for them.
func All(main *threads.Thread, n int, body func(t *threads.Thread, i int) error) error {
	errs := make([]error, n)
	var all []*threads.Thread
	for i := range n {
		th, err := Started(main, func(t *threads.Thread) error {
			errs[i] = body(t, i)
			return nil
		})
		if err != nil {
			return err
		}
		all = append(all, th)
	}
	for _, th := range all {
		if err := th.Join(main); err != nil {
			return err
		}
	}
	return errors.Join(errs...)
}
