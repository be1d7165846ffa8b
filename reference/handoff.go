package main

import (
	"errors"
	"fmt"

	"concbench/internal/platform"
	"concbench/models/threads/threading"
)

// handoff is handoff.py.
func handoff(args []string) (sample, error) {
	var turns int
	if len(args) != 2 || args[0] != "same" && args[0] != "any" {
		return nil, errUsage
	}
	if err := counts(args[1:], &turns); err != nil {
		return nil, err
	}
	var took float64
	err := under("", func(t *threading.Thread) (err error) {
		took, err = passTurns(t, args[0] == "same", turns)
		return err
	})
	if err != nil {
		return nil, err
	}
	return sample{"sec/handoff": took / float64(2*turns)}, nil
}

func passTurns(t *threading.Thread, same bool, turns int) (took float64, err error) {
	ping, pong := threading.NewLock(), threading.NewLock()
	if err := errors.Join(pin(t, same), ping.Acquire(t), pong.Acquire(t)); err != nil {
		return 0, err
	}
	other, err := start(t, func(t *threading.Thread) error {
		return errors.Join(pin(t, same), alternate(t, turns, ping.Acquire, pong.Release))
	})
	if err != nil {
		return 0, err
	}
	took, err = timed(func() error { return alternate(t, turns, ping.Release, pong.Acquire) })
	return took, errors.Join(err, join(t, other))
}

// pin keeps the calling thread on the first processor that it may use, if same. A script
// does that once for its process; here a thread inherits nothing.
func pin(t *threading.Thread, same bool) error {
	if !same {
		return nil
	}
	cpus, err := platform.Affinity()
	if err != nil {
		return fmt.Errorf("the processors of this process: %w", err)
	}
	return t.Pin(cpus[0])
}

func alternate(t *threading.Thread, n int, first, second func(*threading.Thread) error) error {
	for range n {
		if err := first(t); err != nil {
			return err
		}
		if err := second(t); err != nil {
			return err
		}
	}
	return nil
}
