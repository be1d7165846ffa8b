package fidelity

import (
	"errors"
	"time"

	"concbench/models/coroutine"
)

func taskgroup01TwoTasks(out *output) error {
	job := func(name string, rounds int) func(*coroutine.Task) (string, error) {
		return func(t *coroutine.Task) (string, error) {
			err := yields(t, rounds)
			out.print(name, "ends")
			return name, err
		}
	}
	return asyncioRun(func(t *coroutine.Task) error {
		var task1, task2 *coroutine.TaskOf[string]
		ok(coroutine.WithTaskGroup(t, func(tg *coroutine.TaskGroup) error {
			task1 = coroutine.CreateTask(tg, job("one", 3))
			task2 = coroutine.CreateTask(tg, job("two", 1), "second")
			out.print("still inside")
			return nil
		}))
		out.print("both tasks have completed:", must(task1.Result()), must(task2.Result()), task2.Name())
		return nil
	})
}

func taskgroup02Failure(out *output) error {
	bad := func(name string) func(*coroutine.Task) error {
		return func(t *coroutine.Task) error {
			if err := t.Yield(); err != nil {
				return err
			}
			return valueError(name)
		}
	}
	sleeper := func(t *coroutine.Task) error {
		err := t.Sleep(time.Minute)
		if errors.Is(err, coroutine.ErrCancelled) {
			out.print("sleeper cancelled")
		}
		return err
	}
	return asyncioRun(func(t *coroutine.Task) error {
		var s *coroutine.TaskOf[coroutine.None]
		err := coroutine.WithTaskGroup(t, func(tg *coroutine.TaskGroup) error {
			tg.Start("bad", bad("first"))
			tg.Start("bad", bad("second"))
			s = tg.Start("sleeper", sleeper)
			return nil
		})
		group, isGroup := errors.AsType[*coroutine.GroupError](err)
		if !isGroup {
			return err
		}
		out.print(group.Message)
		for _, err := range group.Errors {
			if raised, isValueError := err.(valueError); isValueError {
				out.print("ValueError", raised)
			}
		}
		out.print("sleeper cancelled:", s.Cancelled())
		return nil
	})
}
