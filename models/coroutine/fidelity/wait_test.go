package fidelity

import (
	"errors"
	"slices"
	"strings"
	"time"

	"concbench/models/coroutine"
)

func wait01Modes(out *output) error {
	job := func(name string, rounds int, fails bool) func(*coroutine.Task) (string, error) {
		return func(t *coroutine.Task) (string, error) {
			if err := yields(t, rounds); err != nil {
				return "", err
			}
			if fails {
				return "", valueError(name)
			}
			return name, nil
		}
	}
	type tasks = []*coroutine.TaskOf[string]
	names := func(ts tasks) string {
		if len(ts) == 0 {
			return "-"
		}
		var all []string
		for _, t := range ts {
			all = append(all, t.Name())
		}
		slices.Sort(all)
		return strings.Join(all, " ")
	}
	return asyncioRun(func(t *coroutine.Task) error {
		all := tasks{
			coroutine.CreateTask(t, job("quick", 1, false), "quick"),
			coroutine.CreateTask(t, job("bad", 8, true), "bad"),
			coroutine.CreateTask(t, job("slow", 16, false), "slow"),
		}
		wait := func(ts tasks, until coroutine.ReturnWhen, timeout time.Duration) (done, pending tasks) {
			done, pending, err := coroutine.Wait(t, ts, until, timeout)
			ok(err)
			return done, pending
		}
		done, pending := wait(all, coroutine.FirstCompleted, coroutine.NoTimeout)
		out.print("first completed | done", names(done), "| pending", names(pending))
		done, pending = wait(all, coroutine.FirstException, coroutine.NoTimeout)
		out.print("first exception | done", names(done), "| pending", names(pending))
		out.print("error kept in the task:", all[1].Err())
		done, pending = wait(all, coroutine.AllCompleted, coroutine.NoTimeout)
		out.print("all completed | done", names(done), "| pending", names(pending))
		never := coroutine.CreateTask(t, job("never", 1e9, false), "never")
		done, pending = wait(tasks{never}, coroutine.AllCompleted, 10*time.Millisecond)
		out.print("timeout | done", names(done), "| pending", names(pending), "| cancelled", never.Cancelled())
		never.Cancel()
		return nil
	})
}

func shield01Survives(out *output) error {
	something := func(gate *coroutine.Event) func(*coroutine.Task) (string, error) {
		return func(t *coroutine.Task) (string, error) {
			if err := gate.Wait(t); err != nil {
				return "", err
			}
			out.print("something ends")
			return "result", nil
		}
	}
	caller := func(task *coroutine.TaskOf[string]) func(*coroutine.Task) (string, error) {
		return func(t *coroutine.Task) (string, error) {
			v, err := coroutine.Shield(t, task).Await(t)
			if errors.Is(err, coroutine.ErrCancelled) {
				out.print("caller cancelled")
			}
			return v, err
		}
	}
	return asyncioRun(func(t *coroutine.Task) error {
		gate := coroutine.NewEvent()
		task := coroutine.CreateTask(t, something(gate))
		call := coroutine.CreateTask(t, caller(task))
		ok(yields(t, 2))
		call.Cancel()
		if _, err := call.Await(t); !errors.Is(err, coroutine.ErrCancelled) {
			return err
		}
		out.print("main sees the cancel, something done:", task.Done())
		gate.Set()
		out.print(must(task.Await(t)))
		return nil
	})
}
