package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"concbench/models/threads/threading"
	"concbench/stats"
)

// convoy is convoy.py.
func convoy(args []string) (sample, error) {
	if len(args) < 4 || args[0] != "sleep" && args[0] != "echo" {
		return nil, errUsage
	}
	hogs, err := strconv.Atoi(args[1])
	interval, err2 := seconds(args[2])
	length, err3 := seconds(args[3])
	if errors.Join(err, err2, err3) != nil || hogs < 0 {
		return nil, errUsage
	}
	var waits []float64
	err = under(fmt.Sprintf("interval=%v", interval), func(t *threading.Thread) error {
		waits, err = besideHogs(t, args[0] == "echo", hogs, length, args[4:])
		return err
	})
	if err != nil {
		return nil, err
	}
	return sample{"p50-sec": stats.Quantile(waits, 0.50), "p99-sec": stats.Quantile(waits, 0.99)}, nil
}

// seconds reads a time above 0 and up to an hour.
func seconds(text string) (time.Duration, error) {
	s, err := strconv.ParseFloat(text, 64)
	if !(s > 0 && s <= 3600) {
		err = errUsage
	}
	return time.Duration(s * float64(time.Second)), err
}

// besideHogs waits again and again until length has passed, and returns the waits in
// seconds.
func besideHogs(t *threading.Thread, echoing bool, hogs int, length time.Duration, command []string) (waits []float64, err error) {
	peer, err := startPeer(command)
	if err != nil {
		return nil, err
	}
	stop := false // the interpreter lock guards it
	hog := func(t *threading.Thread) error {
		for !stop {
			count(t, 10_000)
		}
		return nil
	}
	started, err := start(t, slices.Repeat([]threading.Target{hog}, hogs)...)
	wait := func() error { return t.Sleep(time.Millisecond) }
	if echoing {
		wait = func() error { return peer.exchange(t) }
	}
	for begin := time.Now(); err == nil && time.Since(begin) < length; {
		var took float64
		took, err = timed(wait)
		waits = append(waits, took)
		t.Checkpoint() // the jump back of the script's loop
	}
	stop = true
	return waits, errors.Join(err, peer.end(), join(t, started))
}
