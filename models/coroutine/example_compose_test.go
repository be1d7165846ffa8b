package coroutine_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"concbench/models/coroutine"
)

// Three factorials side by side; the results come in the order of the
// arguments.
func ExampleGather() {
	factorial := func(name string, n int) *coroutine.Coroutine[int] {
		return coroutine.NewCoroutine(func(t *coroutine.Task) (int, error) {
			f := 1
			for i := 2; i <= n; i++ {
				fmt.Printf("%s: step %d\n", name, i)
				if err := t.Sleep(time.Millisecond); err != nil {
					return 0, err
				}
				f *= i
			}
			fmt.Printf("%s: %d! = %d\n", name, n, f)
			return f, nil
		})
	}
	run(func(t *coroutine.Task) error {
		results, err := coroutine.Gather[int](t, factorial("A", 2), factorial("B", 3), factorial("C", 4)).Await(t)
		fmt.Println(results)
		return err
	})
	// Output:
	// A: step 2
	// B: step 2
	// C: step 2
	// A: 2! = 2
	// B: step 3
	// C: step 3
	// B: 3! = 6
	// C: step 4
	// C: 4! = 24
	// [2 6 24]
}

// Errors take their places among the outcomes.
func ExampleGatherOutcomes() {
	run(func(t *coroutine.Task) error {
		fails := coroutine.NewCoroutine(func(*coroutine.Task) (string, error) { return "", errors.New("no luck") })
		outcomes, err := coroutine.GatherOutcomes[string](t, coroutine.SleepFor(0, "fine"), fails).Await(t)
		for _, o := range outcomes {
			fmt.Printf("%q %v\n", o.Value, o.Err)
		}
		return err
	})
	// Output:
	// "fine" <nil>
	// "" no luck
}

// Wait tells who is done. It cancels nobody, and a timeout is no error.
func ExampleWait() {
	run(func(t *coroutine.Task) error {
		quick := coroutine.CreateTask(t, coroutine.SleepFor(0, 1).Await, "quick")
		slow := coroutine.CreateTask(t, coroutine.SleepFor(time.Hour, 2).Await, "slow")
		both := []*coroutine.TaskOf[int]{quick, slow}
		done, pending, err := coroutine.Wait(t, both, coroutine.FirstCompleted, coroutine.NoTimeout)
		if err != nil {
			return err
		}
		fmt.Println("done:", done[0].Name(), "pending:", pending[0].Name())
		done, pending, err = coroutine.Wait(t, both, coroutine.AllCompleted, time.Millisecond)
		fmt.Println("done:", len(done), "pending:", len(pending), "cancelled:", slow.Cancelled(), err)
		return nil
	})
	// Output:
	// done: quick pending: slow
	// done: 1 pending: 1 cancelled: false <nil>
}

func ExampleAsCompleted() {
	run(func(t *coroutine.Task) error {
		what := []coroutine.Awaitable[string]{
			coroutine.SleepFor(20*time.Millisecond, "second"),
			coroutine.SleepFor(time.Millisecond, "first"),
		}
		for text, err := range coroutine.AsCompleted(t, coroutine.NoTimeout, what...) {
			fmt.Println(text, err)
		}
		return nil
	})
	// Output:
	// first <nil>
	// second <nil>
}

// An hour is awaited, with a millisecond allowed. What is given up has ended,
// cleaned up and all, when WaitFor returns.
func ExampleWaitFor() {
	run(func(t *coroutine.Task) error {
		eternity := coroutine.NewCoroutine(func(t *coroutine.Task) (string, error) {
			defer fmt.Println("cleaned up")
			return "yay!", t.Sleep(time.Hour)
		})
		_, err := coroutine.WaitFor(t, eternity, time.Millisecond)
		fmt.Println(err, errors.Is(err, context.DeadlineExceeded))
		return nil
	})
	// Output:
	// cleaned up
	// timed out true
}

// A deadline that is set while the block runs.
func ExampleWithTimeout() {
	run(func(t *coroutine.Task) error {
		var expired bool
		err := coroutine.WithTimeout(t, coroutine.NoTimeout, func(scope *coroutine.Timeout) error {
			fmt.Println("no deadline:", scope.When() == coroutine.NoTimeout)
			if err := scope.Reschedule(t.Loop().Time() + time.Millisecond); err != nil {
				return err
			}
			err := t.Sleep(time.Hour)
			expired = scope.Expired()
			return err
		})
		fmt.Println("looks like it has not finished in time:", err, expired)
		return nil
	})
	// Output:
	// no deadline: true
	// looks like it has not finished in time: timed out true
}

// To cancel the one who waits leaves what is shielded alone.
func ExampleShield() {
	run(func(t *coroutine.Task) error {
		gate := coroutine.NewEvent()
		precious := coroutine.CreateTask(t, func(t *coroutine.Task) (string, error) { return "survived", gate.Wait(t) })
		waits := t.Start("waits", func(t *coroutine.Task) error {
			_, err := coroutine.Shield(t, precious).Await(t)
			return err
		})
		if err := t.Yield(); err != nil {
			return err
		}
		waits.Cancel()
		_, err := waits.Await(t)
		fmt.Println("waits:", err)
		gate.Set()
		text, err := precious.Await(t)
		fmt.Println("precious:", text, err)
		return nil
	})
	// Output:
	// waits: task cancelled
	// precious: survived <nil>
}

// If one task of a group fails, the others are cancelled, and the errors come
// out together.
func ExampleWithTaskGroup() {
	run(func(t *coroutine.Task) error {
		broken := errors.New("broken")
		err := coroutine.WithTaskGroup(t, func(g *coroutine.TaskGroup) error {
			coroutine.CreateTask(g, func(t *coroutine.Task) (int, error) { return 0, broken })
			coroutine.CreateTask(g, func(t *coroutine.Task) (int, error) {
				err := t.Sleep(time.Hour)
				fmt.Println("the other:", err)
				return 0, err
			})
			return nil
		})
		fmt.Println(err)
		fmt.Println(errors.Is(err, broken))
		return nil
	})
	// Output:
	// the other: task cancelled
	// unhandled errors in a TaskGroup (1 sub-exception): broken
	// true
}
