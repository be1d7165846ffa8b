package fidelity

import (
	"context"
	"errors"
	"time"

	"concbench/models/coroutine"
)

func executor01Blocking(out *output) error {
	type osError struct{ error }
	blockingIO := func() (string, error) {
		time.Sleep(30 * time.Millisecond)
		return "slept", nil
	}
	fails := func() (int, error) { return 0, osError{errors.New("disk on fire")} }
	sum := func(numbers ...int) func() (int, error) {
		return func() (total int, err error) {
			for _, n := range numbers {
				total += n
			}
			return total, nil
		}
	}
	return asyncioRun(func(t *coroutine.Task) error {
		beats := 0
		f := coroutine.RunInExecutor(t.Loop(), nil, blockingIO)
		for !f.Done() {
			beats++
			if err := t.Sleep(5 * time.Millisecond); err != nil {
				return err
			}
		}
		out.print("default pool:", must(f.Result()), "| loop kept turning:", beats > 1)
		pool := &coroutine.ThreadPoolExecutor{MaxWorkers: 1}
		out.print("own pool:", must(coroutine.RunInExecutor(t.Loop(), pool, sum(1, 2, 3)).Await(t)))
		_, err := coroutine.RunInExecutor(t.Loop(), pool, fails).Await(t)
		if !errors.As(err, new(osError)) {
			return err
		}
		out.print("OSError:", err)
		ok(pool.Shutdown(true, false))
		err = coroutine.RunInExecutor(t.Loop(), pool, sum()).Err()
		if !errors.Is(err, coroutine.ErrPoolShutdown) {
			return err
		}
		out.print("RuntimeError:", words(err))
		return nil
	})
}

func executor02ToThread(out *output) error {
	gate := make(chan struct{})
	blockingIO := coroutine.NewCoroutine(func(t *coroutine.Task) (string, error) {
		return coroutine.ToThread(t, func(context.Context) (string, error) {
			<-gate
			return "blocking_io complete", nil
		})
	})
	ticker := coroutine.NewCoroutine(func(t *coroutine.Task) (string, error) {
		for n := range 3 {
			out.print("tick", n)
			if err := t.Yield(); err != nil {
				return "", err
			}
		}
		close(gate)
		return "ticker complete", nil
	})
	return asyncioRun(func(t *coroutine.Task) error {
		lines, err := coroutine.Gather(t, blockingIO, ticker).Await(t)
		for _, line := range lines {
			out.print(line)
		}
		if err != nil {
			return err
		}
		_, onLoop := coroutine.ToThread(t, func(context.Context) (*coroutine.Loop, error) { return coroutine.RunningLoop() })
		out.print("another thread:", errors.Is(onLoop, coroutine.ErrNoLoop))
		return nil
	})
}
