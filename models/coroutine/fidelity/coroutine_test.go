package fidelity

import (
	"errors"

	"concbench/models/coroutine"
)

func coroutine01Nested(out *output) error {
	nested := func(*coroutine.Task) (int, error) {
		out.print("nested runs")
		return 42, nil
	}
	middle := func(t *coroutine.Task) (int, error) {
		v, err := coroutine.NewCoroutine(nested).Await(t)
		return v + 1, err
	}
	return asyncioRun(func(t *coroutine.Task) error {
		unused := coroutine.NewCoroutine(nested)
		out.print("created, nothing has run")
		unused.Close()
		task := coroutine.CreateTask(t, nested)
		out.print("awaited:", must(coroutine.NewCoroutine(middle).Await(t)))
		out.print("task:", must(task.Await(t)))
		return nil
	})
}

func coroutine02Reuse(out *output) error {
	once := func(t *coroutine.Task) (string, error) { return "value", t.Yield() }
	fail := func(t *coroutine.Task) error {
		if err := t.Yield(); err != nil {
			return err
		}
		return valueError("from the coroutine")
	}
	return asyncioRun(func(t *coroutine.Task) error {
		c := coroutine.NewCoroutine(once)
		out.print(must(c.Await(t)))
		_, err := c.Await(t)
		if !errors.Is(err, coroutine.ErrReused) {
			return err
		}
		out.print("RuntimeError:", words(err))
		_, err = coro(fail).Await(t)
		raised, ok := errors.AsType[valueError](err)
		if !ok {
			return err
		}
		out.print("ValueError:", raised)
		return nil
	})
}
