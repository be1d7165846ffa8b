package fidelity

import (
	"context"
	"errors"
	"fmt"
	"time"

	"concbench/models/coroutine"
)

// grid is the time since t0, rounded down to 20 ms, give or take.
func grid(loop *coroutine.Loop, t0 time.Duration) string {
	return fmt.Sprintf("+%dms", (loop.Time()-t0+2*time.Millisecond)/(20*time.Millisecond)*20)
}

func sayAfter(out *output, delay time.Duration, what string) func(*coroutine.Task) error {
	return func(t *coroutine.Task) error {
		err := t.Sleep(delay)
		out.print(what)
		return err
	}
}

func task01SayAfterSequential(out *output) error {
	return asyncioRun(func(t *coroutine.Task) error {
		loop := t.Loop()
		t0 := loop.Time()
		out.print("started", grid(loop, t0))
		must(coro(sayAfter(out, 20*time.Millisecond, "hello")).Await(t))
		must(coro(sayAfter(out, 40*time.Millisecond, "world")).Await(t))
		out.print("finished", grid(loop, t0))
		return nil
	})
}

func task02SayAfterTasks(out *output) error {
	return asyncioRun(func(t *coroutine.Task) error {
		loop := t.Loop()
		t0 := loop.Time()
		task1 := t.Start("world", sayAfter(out, 40*time.Millisecond, "world"))
		task2 := t.Start("hello", sayAfter(out, 20*time.Millisecond, "hello"))
		out.print("started", grid(loop, t0))
		must(task1.Await(t))
		must(task2.Await(t))
		out.print("finished", grid(loop, t0))
		return nil
	})
}

func task03DisplayDate(out *output) error {
	display := func(t *coroutine.Task) error {
		endTime := t.Loop().Time() + 100*time.Millisecond
		for tick := 0; ; tick++ {
			out.print("tick", tick)
			if t.Loop().Time()+40*time.Millisecond >= endTime {
				return nil
			}
			if err := t.Sleep(40 * time.Millisecond); err != nil {
				return err
			}
		}
	}
	var displayCallback func(endTime time.Duration, loop *coroutine.Loop, tick int)
	displayCallback = func(endTime time.Duration, loop *coroutine.Loop, tick int) {
		out.print("tock", tick)
		if loop.Time()+40*time.Millisecond < endTime {
			must(loop.CallLater(40*time.Millisecond, func() { displayCallback(endTime, loop, tick+1) }))
		} else {
			loop.Stop()
		}
	}

	loop := must(coroutine.NewLoop())
	must(coroutine.RunUntilComplete(loop, coro(display)))
	endTime := loop.Time() + 100*time.Millisecond
	must(loop.CallSoon(func() { displayCallback(endTime, loop, 0) }))
	ok(loop.RunForever())
	out.print("closed before:", loop.IsClosed())
	ok(loop.Close())
	out.print("closed after:", loop.IsClosed())
	return nil
}

func task04CancelMe(out *output) error {
	cancelMe := func(t *coroutine.Task) error {
		defer out.print("cancel_me: after sleep")
		out.print("cancel_me: before sleep")
		err := t.Sleep(time.Minute)
		if errors.Is(err, coroutine.ErrCancelled) {
			out.print("cancel_me: cancelled")
		}
		return err
	}
	return asyncioRun(func(t *coroutine.Task) error {
		task := t.Start("cancel_me", cancelMe)
		ok(t.Sleep(10 * time.Millisecond))
		out.print("cancel:", task.Cancel(), "cancelled at once:", task.Cancelled())
		if _, err := task.Await(t); !errors.Is(err, coroutine.ErrCancelled) {
			return err
		}
		out.print("main: cancel_me is cancelled now")
		out.print("cancelled:", task.Cancelled(), "cancel again:", task.Cancel())
		return nil
	})
}

func task05Spinner(out *output) error {
	spin := func(text string) func(*coroutine.Task) error {
		return func(t *coroutine.Task) error {
			for i := 0; ; i++ {
				out.print(string("|/-+"[i%4]), text)
				if err := t.Sleep(40 * time.Millisecond); errors.Is(err, coroutine.ErrCancelled) {
					break
				}
			}
			out.print("line cleared")
			return nil
		}
	}
	slowFunction := func(t *coroutine.Task) (int, error) { return 42, t.Sleep(100 * time.Millisecond) }
	supervisor := func(t *coroutine.Task) (int, error) {
		spinner := t.Start("spinner", spin("thinking!"))
		result, err := slowFunction(t)
		if err != nil {
			return 0, err
		}
		spinner.Cancel()
		must(spinner.Await(t))
		out.print("spinner cancelled:", spinner.Cancelled())
		return result, nil
	}
	out.print("Answer:", must(coroutine.Run(context.Background(), supervisor)))
	return nil
}

// created is the number of tasks that there have been in this process, which names
// count. A script has a process of its own.
func created() int {
	loop := must(coroutine.NewLoop())
	defer loop.Close()
	number := 0
	must(coroutine.RunUntilComplete(loop, coro(func(t *coroutine.Task) error {
		_, err := fmt.Sscanf(t.Name(), "Task-%d", &number)
		return err
	})))
	return number
}

func task06NamesAndQueueOfSteps(out *output) error {
	steps := func(n int) func(*coroutine.Task) (string, error) {
		return func(t *coroutine.Task) (string, error) {
			me := t.Loop().CurrentTask().Name()
			for i := range n {
				out.print(me, "step", i)
				if err := t.Yield(); err != nil {
					return "", err
				}
			}
			return me, nil
		}
	}
	before := created()
	return asyncioRun(func(t *coroutine.Task) error {
		a := coroutine.CreateTask(t, steps(2), "alpha")
		b := coroutine.CreateTask(t, steps(3), "beta")
		c := coroutine.CreateTask(t, steps(1))
		c.SetName("gamma")
		out.print("nothing has run yet:", a.Done(), b.Done(), c.Done())
		out.print(must(b.Await(t)), must(a.Result()), must(c.Result()))
		number := 0
		if _, err := fmt.Sscanf(t.Loop().CurrentTask().Name(), "Task-%d", &number); err != nil {
			return err
		}
		out.print("main is", fmt.Sprintf("Task-%d", number-before))
		return nil
	})
}

func task07BackgroundSet(out *output) error {
	background := map[*coroutine.TaskOf[coroutine.None]]bool{}
	job := func(n int) func(*coroutine.Task) error {
		return func(t *coroutine.Task) error {
			err := yields(t, n)
			out.print("job", n, "ends, held:", len(background))
			return err
		}
	}
	return asyncioRun(func(t *coroutine.Task) error {
		for n := range 3 {
			task := t.Start("job", job(n))
			background[task] = true
			task.AddDoneCallback(func() { delete(background, task) })
		}
		out.print("held:", len(background), "all tasks:", len(t.Loop().AllTasks()))
		for len(background) > 0 {
			ok(t.Yield())
		}
		out.print("held:", len(background), "all tasks:", len(t.Loop().AllTasks()))
		return nil
	})
}

func task08Uncancel(out *output) error {
	worker := func(t *coroutine.Task) (string, error) {
		me := t.Loop().CurrentTask()
		for range 2 {
			err := t.Sleep(time.Minute)
			if cancelled, ok := errors.AsType[*coroutine.CancelledError](err); ok {
				out.print("refused:", cancelled.Message, "| requests", me.Cancelling())
				out.print("uncancel ->", me.Uncancel())
			}
		}
		return "done in peace", nil
	}
	return asyncioRun(func(t *coroutine.Task) error {
		task := coroutine.CreateTask(t, worker)
		for _, reason := range []string{"first", "second"} {
			ok(yields(t, 2))
			task.CancelWith(reason)
		}
		out.print(must(task.Await(t)), "| cancelled", task.Cancelled())
		return nil
	})
}
