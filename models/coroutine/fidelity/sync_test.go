package fidelity

import (
	"errors"
	"time"

	"concbench/models/coroutine"
)

func lock01Mutex(out *output) error {
	worker := func(name string, lock *coroutine.Lock) coroutine.Awaitable[coroutine.None] {
		return coro(func(t *coroutine.Task) error {
			for turn := range 2 {
				if err := lock.With(t, func() error {
					out.print(name, "turn", turn, "in")
					err := t.Yield()
					out.print(name, "turn", turn, "out")
					return err
				}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return asyncioRun(func(t *coroutine.Task) error {
		lock := coroutine.NewLock()
		if err := gather(t, worker("a", lock), worker("b", lock), worker("c", lock)); err != nil {
			return err
		}
		out.print("locked:", lock.Locked())
		err := lock.Release()
		if !errors.Is(err, coroutine.ErrNotAcquired) {
			return err
		}
		out.print("RuntimeError:", words(err))
		return nil
	})
}

func event01Waiter(out *output) error {
	return asyncioRun(func(t *coroutine.Task) error {
		event := coroutine.NewEvent()
		var tasks []coroutine.Awaitable[coroutine.None]
		for _, name := range []string{"w1", "w2"} {
			tasks = append(tasks, t.Start(name, func(t *coroutine.Task) error {
				out.print(name, "waiting for it ...")
				err := event.Wait(t)
				out.print(name, "... got it!")
				return err
			}))
		}
		if err := t.Sleep(10 * time.Millisecond); err != nil {
			return err
		}
		event.Set()
		out.print("set:", event.IsSet())
		if err := gather(t, tasks...); err != nil {
			return err
		}
		event.Clear()
		out.print("set:", event.IsSet())
		return nil
	})
}

func condition01Notify(out *output) error {
	var shelf []string
	consumer := func(t *coroutine.Task, name string, cond *coroutine.Condition) error {
		return cond.With(t, func() error {
			if err := cond.WaitFor(t, func() bool { return len(shelf) > 0 }); err != nil {
				return err
			}
			out.print(name, "takes", shelf[0])
			shelf = shelf[1:]
			return nil
		})
	}
	return asyncioRun(func(t *coroutine.Task) error {
		cond := coroutine.NewCondition(nil)
		var tasks []coroutine.Awaitable[coroutine.None]
		for _, name := range []string{"c1", "c2", "c3"} {
			tasks = append(tasks, t.Start(name, func(t *coroutine.Task) error { return consumer(t, name, cond) }))
		}
		ok(t.Yield())
		ok(cond.With(t, func() error {
			shelf = append(shelf, "apple")
			err := cond.Notify(1)
			out.print("apple on the shelf")
			return err
		}))
		must(tasks[0].Await(t))
		ok(cond.With(t, func() error {
			shelf = append(shelf, "pear", "plum")
			err := cond.NotifyAll()
			out.print("pear and plum on the shelf")
			return err
		}))
		ok(gather(t, tasks...))
		err := cond.Notify(1)
		if !errors.Is(err, coroutine.ErrNotifyUnheld) {
			return err
		}
		out.print("RuntimeError:", words(err))
		return nil
	})
}

func semaphore01Limit(out *output) error {
	return asyncioRun(func(t *coroutine.Task) error {
		sem := must(coroutine.NewBoundedSemaphore(2))
		var workers []coroutine.Awaitable[coroutine.None]
		for _, n := range []int{1, 4, 1, 2} {
			workers = append(workers, coro(func(t *coroutine.Task) error {
				return sem.With(t, func() error {
					out.print("in", n)
					for range n {
						if err := t.Yield(); err != nil {
							return err
						}
					}
					out.print("out", n)
					return nil
				})
			}))
		}
		if err := gather(t, workers...); err != nil {
			return err
		}
		out.print("locked:", sem.Locked())
		err := sem.Release()
		if !errors.Is(err, coroutine.ErrOverReleased) {
			return err
		}
		out.print("ValueError:", words(err))
		return nil
	})
}

func barrier01Phases(out *output) error {
	worker := func(t *coroutine.Task, name string, barrier *coroutine.Barrier) error {
		index, err := barrier.Wait(t)
		if err == nil {
			out.print(name, "passes with index", index)
		} else if errors.Is(err, coroutine.ErrBrokenBarrier) {
			out.print(name, "BrokenBarrierError")
			return nil
		}
		return err
	}
	return asyncioRun(func(t *coroutine.Task) error {
		barrier := must(coroutine.NewBarrier(3))
		start := func(name string) coroutine.Awaitable[coroutine.None] {
			return t.Start(name, func(t *coroutine.Task) error { return worker(t, name, barrier) })
		}
		a, b := start("a"), start("b")
		ok(t.Yield())
		out.print("waiting", barrier.Waiting(), "of", barrier.Parties())
		ok(worker(t, "main", barrier))
		ok(gather(t, a, b))
		c := start("c")
		ok(t.Yield())
		barrier.Abort()
		must(c.Await(t))
		out.print("broken:", barrier.Broken())
		barrier.Reset()
		out.print("broken:", barrier.Broken())
		phase := func(name string) coroutine.Awaitable[coroutine.None] {
			return coro(func(t *coroutine.Task) error { return worker(t, name, barrier) })
		}
		return gather(t, phase("d"), phase("e"), phase("f"))
	})
}
