package coroutine_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"concbench/models/coroutine"
)

// An inner body waits and computes, an outer one waits for it and prints.
func ExampleRun() {
	compute := func(t *coroutine.Task, x, y int) (int, error) {
		fmt.Printf("compute %d + %d\n", x, y)
		if err := t.Sleep(time.Millisecond); err != nil {
			return 0, err
		}
		return x + y, nil
	}
	sum, err := coroutine.Run(context.Background(), func(t *coroutine.Task) (int, error) {
		return compute(t, 1, 2)
	})
	fmt.Println("sum", sum, err)
	// Output:
	// compute 1 + 2
	// sum 3 <nil>
}

// A runner keeps its loop between the runs.
func ExampleRunner() {
	r, err := coroutine.NewRunner()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer r.Close()
	which := func(t *coroutine.Task) (*coroutine.Loop, error) { return t.Loop(), nil }
	first, _ := coroutine.RunWith(r, context.Background(), which)
	second, _ := coroutine.RunWith(r, context.Background(), which)
	fmt.Println("the same loop:", first == second)
	// Output: the same loop: true
}

// Tasks begin once their creator waits, and take turns.
func ExampleCreateTask() {
	run(func(t *coroutine.Task) error {
		steps := func(t *coroutine.Task) (string, error) {
			for i := range 2 {
				fmt.Println(t.Name(), "step", i)
				if err := t.Yield(); err != nil {
					return "", err
				}
			}
			return t.Name() + " is done", nil
		}
		a := coroutine.CreateTask(t, steps, "alpha")
		b := coroutine.CreateTask(t, steps)
		b.SetName("beta")
		fmt.Println("nothing has run yet:", a.Done(), b.Done())
		last, err := b.Await(t)
		if err != nil {
			return err
		}
		first, err := a.Result()
		fmt.Println(first, "and", last)
		return err
	})
	// Output:
	// nothing has run yet: false false
	// alpha step 0
	// beta step 0
	// alpha step 1
	// beta step 1
	// alpha is done and beta is done
}

// A cancellation arrives at the wait. The body may clean up, pass it on, or
// refuse it.
func ExampleTask_Cancel() {
	run(func(t *coroutine.Task) error {
		obeys := t.Start("obeys", func(t *coroutine.Task) error {
			defer fmt.Println("cleaned up")
			return t.Sleep(time.Hour)
		})
		refuses := t.Start("refuses", func(t *coroutine.Task) error {
			err := t.Sleep(time.Hour)
			fmt.Println("refused:", err, "requests:", t.Cancelling())
			t.Uncancel()
			return nil
		})
		if err := t.Yield(); err != nil {
			return err
		}
		fmt.Println("asked:", obeys.Cancel(), refuses.CancelWith("time to go"))
		_, err := obeys.Await(t)
		fmt.Println("cancelled:", errors.Is(err, coroutine.ErrCancelled), obeys.Cancelled())
		_, err = refuses.Await(t)
		fmt.Println("cancelled:", err, refuses.Cancelled())
		return nil
	})
	// Output:
	// asked: true true
	// cleaned up
	// refused: task cancelled: time to go requests: 1
	// cancelled: true true
	// cancelled: <nil> false
}

// The values of a context are asyncio's context variables: a task inherits
// those that its creator has at that moment.
func ExampleTask_SetContext() {
	type user struct{}
	run(func(t *coroutine.Task) error {
		greet := func(t *coroutine.Task) (coroutine.None, error) {
			fmt.Println("hello", t.Context().Value(user{}))
			return coroutine.None{}, nil
		}
		t.SetContext(context.WithValue(t.Context(), user{}, "Ada"))
		first := coroutine.CreateTask(t, greet)
		t.SetContext(context.WithValue(t.Context(), user{}, "Grace"))
		second := coroutine.CreateTask(t, greet)
		_, err := coroutine.Gather(t, first, second).Await(t)
		return err
	})
	// Output:
	// hello Ada
	// hello Grace
}

// A future is completed by whoever knows the outcome.
func ExampleFuture() {
	run(func(t *coroutine.Task) error {
		f := coroutine.NewFuture[string](t.Loop())
		_, err := f.Result()
		fmt.Println("pending:", errors.Is(err, coroutine.ErrInvalidState))
		t.Loop().CallLater(time.Millisecond, func() { f.SetResult("... world") })
		fmt.Println("hello ...")
		text, err := f.Await(t)
		fmt.Println(text, err)
		fmt.Println("twice:", f.SetResult("again"))
		return nil
	})
	// Output:
	// pending: true
	// hello ...
	// ... world <nil>
	// twice: coroutine: SetResult: invalid state
}

// Callbacks run through the loop, in order, never inside SetResult.
func ExampleFuture_AddDoneCallback() {
	run(func(t *coroutine.Task) error {
		f := coroutine.NewFuture[int](t.Loop())
		show := func(name string) func() {
			return func() {
				v, _ := f.Result()
				fmt.Println(name, v)
			}
		}
		f.AddDoneCallback(show("one"))
		dropped := f.AddDoneCallback(show("dropped"))
		f.AddDoneCallback(show("two"))
		fmt.Println("removed:", f.RemoveDoneCallback(dropped))
		f.SetResult(42)
		fmt.Println("set")
		return t.Yield()
	})
	// Output:
	// removed: true
	// set
	// one 42
	// two 42
}

// To make a coroutine runs nothing. It runs where it is awaited, once.
func ExampleCoroutine() {
	run(func(t *coroutine.Task) error {
		c := coroutine.NewCoroutine(func(t *coroutine.Task) (int, error) {
			fmt.Println("it runs")
			return 42, nil
		})
		fmt.Println("made")
		v, err := c.Await(t)
		fmt.Println(v, err)
		_, err = c.Await(t)
		fmt.Println(err)
		return nil
	})
	// Output:
	// made
	// it runs
	// 42 <nil>
	// coroutine: await: cannot reuse already awaited coroutine
}

// A future stays what it is; a coroutine gets a task.
func ExampleEnsureFuture() {
	run(func(t *coroutine.Task) error {
		f := coroutine.NewFuture[int](t.Loop())
		fmt.Println("itself:", coroutine.EnsureFuture(t, f) == coroutine.FutureOf[int](f))
		task := coroutine.EnsureFuture(t, coroutine.SleepFor(0, 7))
		v, err := task.Await(t)
		fmt.Println(v, err)
		return nil
	})
	// Output:
	// itself: true
	// 7 <nil>
}

func ExampleSleepFor() {
	run(func(t *coroutine.Task) error {
		text, err := coroutine.SleepFor(time.Millisecond, "slept").Await(t)
		fmt.Println(text)
		return err
	})
	// Output: slept
}

// An asynchronous generator may wait between its values. One that is left
// behind is closed at the end of Run.
func ExampleAsyncGenerator() {
	run(func(t *coroutine.Task) error {
		ticks := coroutine.NewAsyncGenerator(func(y *coroutine.AsyncYielder[int, coroutine.None]) error {
			defer fmt.Println("closed")
			for i := 0; ; i++ {
				if err := y.Task().Sleep(time.Millisecond); err != nil {
					return err
				}
				if _, err := y.Yield(i); err != nil {
					return err
				}
			}
		})
		for i, err := range ticks.All(t) {
			if err != nil {
				return err
			}
			fmt.Println("tick", i)
			if i == 2 {
				break
			}
		}
		fmt.Println("main ends")
		return nil
	})
	// Output:
	// tick 0
	// tick 1
	// tick 2
	// main ends
	// closed
}

func ExampleRunningLoop() {
	_, err := coroutine.RunningLoop()
	fmt.Println(err)
	run(func(t *coroutine.Task) error {
		l, err := coroutine.RunningLoop()
		if err != nil {
			return err
		}
		t.SetName("main")
		fmt.Println(l == t.Loop(), l.CurrentTask().Name(), len(l.AllTasks()))
		return nil
	})
	// Output:
	// coroutine: RunningLoop: no running event loop
	// true main 1
}
