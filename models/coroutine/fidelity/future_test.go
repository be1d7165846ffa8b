package fidelity

import (
	"errors"
	"time"

	"concbench/models/coroutine"
)

func future01SetLater(out *output) error {
	setAfter := func(f *coroutine.Future[string], delay time.Duration, value string) func(*coroutine.Task) error {
		return func(t *coroutine.Task) error {
			if err := t.Sleep(delay); err != nil {
				return err
			}
			out.print("setting the result, done before:", f.Done())
			return f.SetResult(value)
		}
	}
	return asyncioRun(func(t *coroutine.Task) error {
		f := coroutine.NewFuture[string](t.Loop())
		task := t.Start("set_after", setAfter(f, 10*time.Millisecond, "... world"))
		out.print("hello ...")
		out.print(must(f.Await(t)))
		out.print("done:", f.Done(), "cancelled:", f.Cancelled())
		must(task.Await(t))
		if err := f.SetResult("twice"); !errors.Is(err, coroutine.ErrInvalidState) {
			return err
		}
		out.print("InvalidStateError")
		return nil
	})
}

func future02States(out *output) error {
	raises := func(label, name string, err error) {
		kind := "ValueError"
		switch {
		case errors.Is(err, coroutine.ErrInvalidState):
			kind = "InvalidStateError"
		case errors.Is(err, coroutine.ErrCancelled):
			kind = "CancelledError"
		}
		out.print(label, name, "raises", kind)
	}
	probe := func(label string, f *coroutine.Future[int]) {
		if v, err := f.Result(); err != nil {
			raises(label, "result", err)
		} else {
			out.print(label, "result ->", v)
		}
		// exception() returns the error of a future that has failed, and raises one
		// that says why there is none; here both are returned.
		switch err := f.Err(); err.(type) {
		case nil:
			out.print(label, "exception ->", nil)
		case valueError:
			out.print(label, "exception -> ValueError:", err)
		default:
			raises(label, "exception", err)
		}
	}
	return asyncioRun(func(t *coroutine.Task) error {
		future := func() *coroutine.Future[int] { return coroutine.NewFuture[int](t.Loop()) }
		pending, finished, failed, cancelled := future(), future(), future(), future()
		ok(finished.SetResult(1))
		ok(failed.SetError(valueError("no")))
		out.print("cancel:", cancelled.Cancel(), "cancel finished:", finished.Cancel())
		labels := []string{"pending", "finished", "failed", "cancelled"}
		for i, f := range []*coroutine.Future[int]{pending, finished, failed, cancelled} {
			out.print(labels[i], "done", f.Done(), "cancelled", f.Cancelled())
			probe(labels[i], f)
		}
		return nil
	})
}

func future03Callbacks(out *output) error {
	return asyncioRun(func(t *coroutine.Task) error {
		f := coroutine.NewFuture[string](t.Loop())
		show := func(name string) func() { return func() { out.print("callback", name, must(f.Result())) } }

		f.AddDoneCallback(show("one"))
		dropped := f.AddDoneCallback(show("dropped"))
		f.AddDoneCallback(show("two"))
		removed := 0
		if f.RemoveDoneCallback(dropped) {
			removed++
		}
		out.print("removed:", removed)
		ok(f.SetResult("R"))
		f.AddDoneCallback(show("late"))
		out.print("set_result has returned")
		if err := t.Yield(); err != nil {
			return err
		}
		out.print("main again")
		return nil
	})
}
