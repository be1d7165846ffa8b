package futures_test

import (
	"errors"
	"fmt"
	"time"

	"concbench/models/threads/futures"
	"concbench/models/threads/threading"
)

func Example() {
	inPool(func(t *threading.Thread, pool *futures.ThreadPoolExecutor) error {
		answer, err := futures.Submit(t, pool, func(t *threading.Thread) (int, error) {
			return 42, t.Sleep(time.Millisecond)
		})
		if err != nil {
			return err
		}
		n, err := answer.Result(t)
		fmt.Println(n)
		return err
	})
	// Output: 42
}

// Results come in the order of the arguments. An error comes in its place, and is the last.
func ExampleMap() {
	inPool(func(t *threading.Thread, pool *futures.ThreadPoolExecutor) error {
		inverse := func(_ *threading.Thread, n int) (float64, error) {
			if n == 0 {
				return 0, errors.New("division by zero")
			}
			return 1 / float64(n), nil
		}
		results, err := futures.Map(t, pool, inverse, []int{1, 2, 0, 4})
		if err != nil {
			return err
		}
		for x, err := range results {
			fmt.Println(x, err)
		}
		return nil
	})
	// Output:
	// 1 <nil>
	// 0.5 <nil>
	// 0 division by zero
}

// A pool takes jobs from goroutines that are no threads, such as an event loop, without
// making them wait.
func ExampleThreadPoolExecutor_GoWith() {
	inPool(func(t *threading.Thread, pool *futures.ThreadPoolExecutor) error {
		done := threading.NewEvent()
		go func() {
			err := pool.GoWith(func(t *threading.Thread) {
				fmt.Println("on a thread of the pool")
				done.Set(t)
			})
			if err != nil {
				fmt.Println(err)
			}
		}()
		if err := errors.Join(done.Wait(t), pool.Shutdown(t)); err != nil {
			return err
		}
		fmt.Println(pool.Go(func() {}))
		return nil
	})
	// Output:
	// on a thread of the pool
	// cannot schedule new futures after shutdown
}

// inPool runs main in an interpreter, with a pool that ends with it.
func inPool(main func(t *threading.Thread, pool *futures.ThreadPoolExecutor) error) {
	in, err := threading.NewInterpreter("")
	if err == nil {
		err = in.Run(func(t *threading.Thread) error {
			pool, err := futures.NewThreadPoolExecutor(in, futures.Config{MaxWorkers: 3})
			if err != nil {
				return err
			}
			return main(t, pool)
		})
	}
	if err != nil {
		fmt.Println(err)
	}
}
