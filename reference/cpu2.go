package main

import (
	"errors"

	"concbench/models/threads/threading"
	"concbench/stats"
)

// cpu2 is cpu2.py.
func cpu2(args []string) (sample, error) {
	var turns, rounds int
	if err := counts(args, &turns, &rounds); err != nil {
		return nil, err
	}
	var serial, ratios []float64
	err := under("", func(t *threading.Thread) error {
		for range rounds {
			s, _ := timed(func() error { count(t, turns); count(t, turns); return nil })
			p, err := timed(func() error { return twoThreads(t, turns) })
			if err != nil {
				return err
			}
			serial = append(serial, s/2/float64(turns))
			ratios = append(ratios, p/s)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return sample{"sec/checkpoint": stats.Median(serial), "x/serial": stats.Median(ratios)}, nil
}

func twoThreads(t *threading.Thread, turns int) error {
	body := func(t *threading.Thread) error { count(t, turns); return nil }
	both, err := start(t, body, body)
	return errors.Join(err, join(t, both))
}
