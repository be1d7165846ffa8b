package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"concbench/models/threads/threading"
)

// emulateVerb is the first argument of a process that runs one program under the
// emulation.
const emulateVerb = "emulate"

// programs are the emulation's side of the scripts.
var programs = map[string]func(args []string) (sample, error){
	"convoy":    convoy,
	"cpu2":      cpu2,
	"handoff":   handoff,
	"startjoin": startJoin,
}

// emulate runs one program with its arguments and prints its numbers.
func emulate(args []string, w io.Writer) error {
	if len(args) == 0 || programs[args[0]] == nil {
		return fmt.Errorf("%s %q: no such program", emulateVerb, args)
	}
	got, err := programs[args[0]](args[1:])
	if err != nil {
		return fmt.Errorf("%s %q: %w", emulateVerb, args, err)
	}
	return json.NewEncoder(w).Encode(got)
}

// errUsage is the error of a program whose arguments its script would not take.
var errUsage = errors.New("wrong arguments; the script of the same name says which it takes")

// under runs main as the main thread of the emulation.
func under(options string, main func(*threading.Thread) error) error {
	in, err := threading.NewInterpreter(options)
	if err != nil {
		return err
	}
	return in.Run(main)
}

// start starts a thread for each target.
func start(t *threading.Thread, targets ...threading.Target) (started []*threading.Thread, err error) {
	for _, target := range targets {
		th := t.NewThread(target)
		if err := th.Start(t); err != nil {
			return started, err
		}
		started = append(started, th)
	}
	return started, nil
}

func join(t *threading.Thread, started []*threading.Thread) error {
	for _, th := range started {
		if err := th.Join(t); err != nil {
			return err
		}
	}
	return nil
}

// counts reads arguments that are whole numbers above 0.
func counts(args []string, into ...*int) error {
	if len(args) != len(into) {
		return errUsage
	}
	for i, p := range into {
		n, err := strconv.Atoi(args[i])
		if err != nil || n < 1 {
			return errUsage
		}
		*p = n
	}
	return nil
}

// checkpointWork is the number of dependent multiplications that the emulation does between
// two checkpoints. With 12 there is a checkpoint every 15 to 20 ns. CPython 3.11 has one
// every 16 to 21 ns when it counts a variable down to zero in a while loop.
const checkpointWork = 12

// count computes for n checkpoints.
func count(t *threading.Thread, n int) {
	x := uint64(n)
	for range n {
		for range checkpointWork {
			x = x*6364136223846793005 + 1442695040888963407
		}
		t.Checkpoint()
	}
	if x == 1 { // keeps the compiler from leaving the work out
		panic("reference: the generator has a fixed point after all")
	}
}

// timed is how many seconds f takes.
func timed(f func() error) (float64, error) {
	begin := time.Now()
	err := f()
	return time.Since(begin).Seconds(), err
}
