// Package threadtest has the helpers that the tests of packages queue and futures share.
package threadtest

import (
	"errors"
	"testing"

	"concbench/models/internal/leaktest"
	"concbench/models/threads/threading"
)

// Run runs a test on the main thread of an interpreter, under every kind of interpreter
// lock, and checks that no goroutine is left.
func Run(t *testing.T, test func(t *testing.T, main *threading.Thread) error) {
	t.Helper()
	for _, options := range []string{"interval=50us", "gil=off", "gil=ticks"} {
		t.Run("options="+options, func(t *testing.T) {
			defer leaktest.NothingLeft(t)()
			in, err := threading.NewInterpreter(options)
			if err != nil {
				t.Fatal(err)
			}
			if err := in.Run(func(main *threading.Thread) error { return test(t, main) }); err != nil {
				t.Error(err)
			}
		})
	}
}

// Started makes a thread and starts it.
func Started(t *threading.Thread, target threading.Target) (*threading.Thread, error) {
	th := t.NewThread(target)
	return th, th.Start(t)
}

// All starts n threads with body and waits for them.
func All(main *threading.Thread, n int, body func(t *threading.Thread, i int) error) error {
	errs := make([]error, n)
	var all []*threading.Thread
	for i := range n {
		th, err := Started(main, func(t *threading.Thread) error {
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
