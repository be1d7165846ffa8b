package coroutine_test

import (
	"context"
	"fmt"
	"slices"

	"concbench/models/coroutine"
	"concbench/models/threads/futures"
	"concbench/models/threads/threading"
)

// Calls go to threads under an interpreter lock, as all of a Python program's
// do. The loop runs beside that lock.
func ExampleDefaultExecutor_gil() {
	in, err := threading.NewInterpreter("")
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	err = in.Run(func(main *threading.Thread) error {
		pool, err := futures.NewThreadPoolExecutor(in, futures.Config{MaxWorkers: 2})
		if err != nil {
			return err
		}
		count := 0 // the interpreter lock guards it: there is no checkpoint within a step
		step := func(context.Context) (int, error) {
			count++
			return count, nil
		}
		return main.Block(func() error { // the main thread lets the lock go
			_, err := coroutine.Run(context.Background(), func(t *coroutine.Task) (coroutine.None, error) {
				counts, err := coroutine.Gather(t, threadCall(step), threadCall(step)).Await(t)
				slices.Sort(counts)
				fmt.Println(counts)
				return coroutine.None{}, err
			}, coroutine.DefaultExecutor(pool))
			return err
		})
	})
	fmt.Println(err)
	// Output:
	// [1 2]
	// <nil>
}

// threadCall is asyncio.to_thread(f), not awaited yet.
func threadCall[T any](f func(context.Context) (T, error)) *coroutine.Coroutine[T] {
	return coroutine.NewCoroutine(func(t *coroutine.Task) (T, error) { return coroutine.ToThread(t, f) })
}
