package fidelity

import (
	"errors"
	"fmt"
	"time"

	"concbench/models/coroutine"
)

func gather01Factorial(out *output) error {
	factorial := func(name string, number int) coroutine.Awaitable[int] {
		return coroutine.NewCoroutine(func(t *coroutine.Task) (int, error) {
			f := 1
			for i := 2; i <= number; i++ {
				out.print(fmt.Sprintf("Task %s: compute factorial(%d), currently i=%d", name, number, i))
				if err := t.Sleep(10 * time.Millisecond); err != nil {
					return 0, err
				}
				f *= i
			}
			out.print(fmt.Sprintf("Task %s: factorial(%d) = %d", name, number, f))
			return f, nil
		})
	}
	return asyncioRun(func(t *coroutine.Task) error {
		results := must(coroutine.Gather(t, factorial("A", 2), factorial("B", 3), factorial("C", 4)).Await(t))
		out.print(results[0], results[1], results[2])
		return nil
	})
}

// yields is a body that lets rounds go by.
func yields(t *coroutine.Task, rounds int) error {
	for range rounds {
		if err := t.Yield(); err != nil {
			return err
		}
	}
	return nil
}

func gather02ReturnExceptions(out *output) error {
	job := func(name string, rounds int, fails bool) *coroutine.Coroutine[string] {
		return coroutine.NewCoroutine(func(t *coroutine.Task) (string, error) {
			if err := yields(t, rounds); err != nil {
				return "", err
			}
			out.print(name, "ends")
			if fails {
				return "", valueError(name + " failed")
			}
			return name, nil
		})
	}
	return asyncioRun(func(t *coroutine.Task) error {
		for _, r := range must(coroutine.GatherOutcomes(t, job("a", 2, false), job("b", 1, true), job("c", 3, false)).Await(t)) {
			if raised, failed := r.Err.(valueError); failed {
				out.print("ValueError:", raised)
			} else {
				ok(r.Err)
				out.print(r.Value)
			}
		}
		slow := coroutine.CreateTask(t, job("slow", 6, false).Await)
		_, err := coroutine.Gather[string](t, job("d", 1, false), job("e", 2, true), slow).Await(t)
		raised, isValueError := errors.AsType[valueError](err)
		if !isValueError {
			return err
		}
		out.print("ValueError:", raised, "| slow done:", slow.Done())
		_, err = slow.Await(t)
		return err
	})
}

func gather03Cancel(out *output) error {
	job := func(name string) coroutine.Awaitable[coroutine.None] {
		return coro(func(t *coroutine.Task) error {
			err := t.Sleep(time.Minute)
			if errors.Is(err, coroutine.ErrCancelled) {
				out.print(name, "cancelled")
			}
			return err
		})
	}
	return asyncioRun(func(t *coroutine.Task) error {
		group := coroutine.Gather(t, job("x"), job("y"))
		ok(t.Yield())
		group.Cancel()
		if _, err := group.Await(t); !errors.Is(err, coroutine.ErrCancelled) {
			return err
		}
		out.print("gather raised CancelledError")
		return nil
	})
}
