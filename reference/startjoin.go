package main

import (
	"errors"

	"concbench/models/threads/threading"
)

// startJoin is startjoin.py.
func startJoin(args []string) (sample, error) {
	var times int
	if err := counts(args, &times); err != nil {
		return nil, err
	}
	var took float64
	err := under("", func(t *threading.Thread) (err error) {
		nothing := func(*threading.Thread) error { return nil }
		took, err = timed(func() error {
			for range times {
				started, err := start(t, nothing)
				if err = errors.Join(err, join(t, started)); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	return sample{"sec/thread": took / float64(times)}, nil
}
