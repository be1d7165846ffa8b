package coroutine_test

import (
	"errors"
	"fmt"

	"concbench/models/coroutine"
)

// One task at a time is inside.
func ExampleLock() {
	run(func(t *coroutine.Task) error {
		lock := coroutine.NewLock()
		worker := func(t *coroutine.Task) (coroutine.None, error) {
			return coroutine.None{}, lock.With(t, func() error {
				fmt.Println(t.Name(), "enters")
				defer fmt.Println(t.Name(), "leaves")
				return t.Yield()
			})
		}
		a, b := coroutine.CreateTask(t, worker, "a"), coroutine.CreateTask(t, worker, "b")
		_, err := coroutine.Gather(t, a, b).Await(t)
		fmt.Println("misuse:", lock.Release())
		return err
	})
	// Output:
	// a enters
	// a leaves
	// b enters
	// b leaves
	// misuse: coroutine: Lock.Release: Lock is not acquired.
}

// Set lets go all who wait.
func ExampleEvent() {
	run(func(t *coroutine.Task) error {
		event := coroutine.NewEvent()
		waiter := t.Start("waiter", func(t *coroutine.Task) error {
			fmt.Println("waiting for it ...")
			defer fmt.Println("... got it!")
			return event.Wait(t)
		})
		if err := t.Yield(); err != nil {
			return err
		}
		fmt.Println("set")
		event.Set()
		_, err := waiter.Await(t)
		return err
	})
	// Output:
	// waiting for it ...
	// set
	// ... got it!
}

func ExampleCondition() {
	run(func(t *coroutine.Task) error {
		stock, news := 0, coroutine.NewCondition(nil)
		buyer := t.Start("buyer", func(t *coroutine.Task) error {
			return news.With(t, func() error {
				err := news.WaitFor(t, func() bool { return stock >= 2 })
				fmt.Println("bought", stock)
				return err
			})
		})
		for range 2 {
			err := news.With(t, func() error {
				stock++
				fmt.Println("delivered")
				return news.NotifyAll()
			})
			if err = errors.Join(err, t.Yield()); err != nil {
				return err
			}
		}
		_, err := buyer.Await(t)
		return err
	})
	// Output:
	// delivered
	// delivered
	// bought 2
}

// At most two are inside.
func ExampleSemaphore() {
	run(func(t *coroutine.Task) error {
		seats, err := coroutine.NewBoundedSemaphore(2)
		if err != nil {
			return err
		}
		inside, most := 0, 0
		guest := func(t *coroutine.Task) (coroutine.None, error) {
			return coroutine.None{}, seats.With(t, func() error {
				inside++
				most = max(most, inside)
				defer func() { inside-- }()
				return t.Yield()
			})
		}
		var guests []coroutine.Awaitable[coroutine.None]
		for range 6 {
			guests = append(guests, coroutine.CreateTask(t, guest))
		}
		_, err = coroutine.Gather(t, guests...).Await(t)
		fmt.Println("at most", most)
		fmt.Println(seats.Release())
		return err
	})
	// Output:
	// at most 2
	// coroutine: Semaphore.Release: BoundedSemaphore released too many times
}

// All wait for the last.
func ExampleBarrier() {
	run(func(t *coroutine.Task) error {
		barrier, err := coroutine.NewBarrier(3)
		if err != nil {
			return err
		}
		arrive := func(t *coroutine.Task) (int, error) {
			place, err := barrier.Wait(t)
			fmt.Println(t.Name(), "passes", err)
			return place, err
		}
		a, b := coroutine.CreateTask(t, arrive, "a"), coroutine.CreateTask(t, arrive, "b")
		if err := t.Yield(); err != nil {
			return err
		}
		fmt.Println("waiting:", barrier.Waiting(), "of", barrier.Parties())
		t.SetName("main")
		if _, err := arrive(t); err != nil {
			return err
		}
		_, err = coroutine.Gather(t, a, b).Await(t)
		return err
	})
	// Output:
	// waiting: 2 of 3
	// main passes <nil>
	// a passes <nil>
	// b passes <nil>
}

// Join returns when every item is marked as done.
func ExampleQueue() {
	run(func(t *coroutine.Task) error {
		queue := coroutine.NewQueue[string](2)
		fmt.Println(queue.PutNowait("wash"), queue.PutNowait("dry"), queue.PutNowait("fold"))
		worker := t.Start("worker", func(t *coroutine.Task) error {
			for {
				job, err := queue.Get(t)
				if err != nil {
					return err
				}
				fmt.Println(job)
				if err := queue.TaskDone(); err != nil {
					return err
				}
			}
		})
		if err := queue.Put(t, "iron"); err != nil {
			return err
		}
		if err := queue.Join(t); err != nil {
			return err
		}
		worker.Cancel()
		_, err := queue.GetNowait()
		fmt.Println(err)
		return nil
	})
	// Output:
	// <nil> <nil> coroutine: queue is full
	// wash
	// dry
	// iron
	// coroutine: queue is empty
}

func ExampleNewPriorityQueue() {
	run(func(t *coroutine.Task) error {
		smallest, newest := coroutine.NewPriorityQueue[int](0), coroutine.NewLifoQueue[int](0)
		for _, n := range []int{5, 1, 3} {
			if err := errors.Join(smallest.PutNowait(n), newest.PutNowait(n)); err != nil {
				return err
			}
		}
		for range 3 {
			s, _ := smallest.GetNowait()
			n, _ := newest.GetNowait()
			fmt.Println(s, n)
		}
		return nil
	})
	// Output:
	// 1 3
	// 3 1
	// 5 5
}
