package futures_test

import (
	"errors"
	"fmt"
	"os"
	"time"

	"concbench/models/threads/futures"
	"concbench/models/threads/threading"
)

// The arguments of a call are what its function has captured. Its result has a type, and
// its error is the error that it returned.
func ExampleSubmit() {
	inPool(func(t *threading.Thread, pool *futures.ThreadPoolExecutor) error {
		pow := func(x, n int) int {
			y := 1
			for range n {
				y *= x
			}
			return y
		}
		x, n := 2, 10 // pool.submit(pow, 2, 10)
		power, err := futures.Submit(t, pool, func(*threading.Thread) (int, error) { return pow(x, n), nil })
		missing, err2 := futures.Submit(t, pool, func(*threading.Thread) (*os.File, error) { return os.Open("/nonexistent") })
		pause, err3 := futures.Submit(t, pool, futures.Do(func(t *threading.Thread) error { return t.Sleep(time.Millisecond) }))
		if err := errors.Join(err, err2, err3); err != nil {
			return err
		}
		y, err := power.Result(t)
		fmt.Println(y, err)
		_, err = missing.Result(t)
		fmt.Println(errors.Is(err, os.ErrNotExist))
		_, err = pause.Result(t)
		fmt.Println(err)
		return nil
	})
	// Output:
	// 1024 <nil>
	// true
	// <nil>
}

func ExampleFuture() {
	inPool(func(t *threading.Thread, pool *futures.ThreadPoolExecutor) error {
		begun, gate := threading.NewEvent(), threading.NewEvent()
		future, err := futures.Submit(t, pool, futures.Do(func(t *threading.Thread) error {
			return errors.Join(begun.Set(t), gate.Wait(t))
		}))
		if err := errors.Join(err, begun.Wait(t)); err != nil {
			return err
		}
		_, err = future.ResultTimeout(t, time.Millisecond)
		fmt.Println(errors.Is(err, futures.ErrTimeout), errors.Is(err, os.ErrDeadlineExceeded))
		fmt.Println("cancelled:", future.Cancel(t), "running:", future.Running(t), "done:", future.Done(t))
		if err := gate.Set(t); err != nil {
			return err
		}
		exception, err := future.Exception(t)
		fmt.Println("exception:", exception, "state:", future.State(t))
		return err
	})
	// Output:
	// true true
	// cancelled: false running: true done: false
	// exception: <nil> state: FINISHED
}

// An executor of your own completes futures by hand.
func ExampleNewFuture() {
	future := futures.NewFuture[int]()
	run, err := future.SetRunningOrNotifyCancel(nil)
	fmt.Println(run, err, future.SetResult(nil, 42))
	fmt.Println(future.Result(nil))
	fmt.Println(future.SetException(nil, errors.New("too late")))
	// Output:
	// true <nil> <nil>
	// 42 <nil>
	// FINISHED: the future is done already
}

// A callback is called by the thread that completes the future.
func ExampleFuture_AddDoneCallback() {
	inPool(func(t *threading.Thread, pool *futures.ThreadPoolExecutor) error {
		future := futures.NewFuture[string]()
		future.AddDoneCallback(t, func(t *threading.Thread, f *futures.Future[string]) {
			result, err := f.Result(t)
			fmt.Println(t.Name(), "tells:", result, err)
		})
		return future.SetResult(t, "well done")
	})
	// Output: MainThread tells: well done <nil>
}

// The futures may have results of different types; a type switch tells them apart.
func ExampleAsCompleted() {
	inPool(func(t *threading.Thread, pool *futures.ThreadPoolExecutor) error {
		first := threading.NewEvent()
		number, err := futures.Submit(t, pool, func(t *threading.Thread) (int, error) { return 42, first.Wait(t) })
		text, err2 := futures.Submit(t, pool, func(t *threading.Thread) (string, error) { return "soon", nil })
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		for f, err := range futures.AsCompleted(t, []futures.Waitable{number, text}) {
			if err != nil {
				return err
			}
			switch f := f.(type) {
			case *futures.Future[int]:
				fmt.Println(f.Result(t))
			case *futures.Future[string]:
				fmt.Println(f.Result(t))
				if err := first.Set(t); err != nil {
					return err
				}
			}
		}
		return nil
	})
	// Output:
	// soon <nil>
	// 42 <nil>
}

func ExampleWait() {
	inPool(func(t *threading.Thread, pool *futures.ThreadPoolExecutor) error {
		gate := threading.NewEvent()
		quick, err := futures.Submit(t, pool, func(*threading.Thread) (string, error) { return "quick", nil })
		slow, err2 := futures.Submit(t, pool, func(t *threading.Thread) (string, error) { return "slow", gate.Wait(t) })
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		done, notDone, err := futures.Wait(t, []*futures.Future[string]{quick, slow}, futures.FirstCompleted)
		fmt.Println(len(done), "done,", len(notDone), "not:", done[0] == quick)
		return errors.Join(err, gate.Set(t))
	})
	// Output: 1 done, 1 not: true
}

// An initializer prepares every thread of a pool. If it fails, the pool is broken.
func ExampleConfig() {
	inPool(func(t *threading.Thread, _ *futures.ThreadPoolExecutor) error {
		t.Interpreter().Stderr = os.Stdout
		pool, err := futures.NewThreadPoolExecutor(t.Interpreter(), futures.Config{
			MaxWorkers:       1,
			ThreadNamePrefix: "db",
			Initializer:      func(*threading.Thread) error { return os.ErrPermission },
		})
		if err != nil {
			return err
		}
		return pool.With(t, func() error {
			name, err := futures.Submit(t, pool, func(t *threading.Thread) (string, error) { return t.Name(), nil })
			if err == nil {
				_, err = name.Result(t)
			}
			fmt.Println(err)
			fmt.Println(errors.Is(err, futures.ErrBrokenThreadPool), errors.Is(err, os.ErrPermission))
			return nil
		})
	})
	// Output:
	// Exception in initializer:
	// permission denied
	// A thread initializer failed, the thread pool is not usable anymore
	// true true
}

// A shutdown can cancel the jobs that no worker has begun.
func ExampleThreadPoolExecutor_Shutdown() {
	inPool(func(t *threading.Thread, _ *futures.ThreadPoolExecutor) error {
		pool, err := futures.NewThreadPoolExecutor(t.Interpreter(), futures.Config{MaxWorkers: 1})
		if err != nil {
			return err
		}
		begun, gate := threading.NewEvent(), threading.NewEvent()
		_, err = futures.Submit(t, pool, futures.Do(func(t *threading.Thread) error {
			return errors.Join(begun.Set(t), gate.Wait(t))
		}))
		pending, err2 := futures.Submit(t, pool, futures.Do(gate.Wait))
		err = errors.Join(err, err2, begun.Wait(t), pool.Shutdown(t, futures.NoWait, futures.CancelFutures), gate.Set(t))
		fmt.Println("cancelled:", pending.Cancelled(t))
		_, refused := futures.Submit(t, pool, futures.Do(gate.Wait))
		fmt.Println(refused)
		return errors.Join(err, pool.Shutdown(t))
	})
	// Output:
	// cancelled: true
	// cannot schedule new futures after shutdown
}
