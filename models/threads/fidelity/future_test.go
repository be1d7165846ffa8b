package fidelity

import (
	"io"
	"slices"
	"time"

	"concbench/models/internal/traces"
	"concbench/models/threads/futures"
	"concbench/models/threads/threading"
)

func future01States(out *traces.Output, t *threading.Thread) error {
	type future = futures.Future[int]
	tell := func(f *future) {
		out.Print(f.State(t), "cancelled:", f.Cancelled(t), "running:", f.Running(t), "done:", f.Done(t))
	}
	result := func(f *future, what string, timeout time.Duration) {
		n, err := f.ResultTimeout(t, timeout)
		attempt(out, what, n, err)
	}
	exception := func(what string, exception, err error) {
		if exception != nil {
			out.Print(what, exception)
			return
		}
		does(out, what, err)
	}
	run := func(f *future) {
		runs, err := f.SetRunningOrNotifyCancel(t)
		attempt(out, "run:", runs, err)
	}

	f := futures.NewFuture[int]()
	tell(f)
	result(f, "result, 0:", 0)
	result(f, "result, -1:", -time.Second)
	result(f, "result, 1 ms:", ms)
	e, err := f.ExceptionTimeout(t, ms)
	exception("exception, 1 ms:", e, err)
	run(f)
	tell(f)
	out.Print("cancel:", f.Cancel(t))
	does(out, "set_result:", f.SetResult(t, 42))
	tell(f)
	n, err := f.Result(t)
	attempt(out, "result:", n, err)
	result(f, "result, -1:", -time.Second)
	e, err = f.Exception(t)
	exception("exception:", e, err)
	out.Print("cancel:", f.Cancel(t))
	does(out, "set_result:", f.SetResult(t, 43))
	does(out, "set_exception:", f.SetException(t, ownError{"ValueError", "late"}))

	f = futures.NewFuture[int]()
	does(out, "set_exception:", f.SetException(t, ownError{"ValueError", "boom"}))
	n, err = f.Result(t)
	attempt(out, "result:", n, err)
	e, err = f.Exception(t)
	exception("exception:", e, err)

	f = futures.NewFuture[int]()
	out.Print("cancel:", f.Cancel(t))
	tell(f)
	out.Print("cancel:", f.Cancel(t))
	n, err = f.Result(t)
	attempt(out, "result:", n, err)
	e, err = f.Exception(t)
	exception("exception:", e, err)
	does(out, "set_result:", f.SetResult(t, 1))
	run(f)
	tell(f)
	out.Print("cancel:", f.Cancel(t))
	return nil
}

func future02Callbacks(out *traces.Output, t *threading.Thread) error {
	t.Interpreter().Stderr = io.Discard
	type future = futures.Future[int]
	note := func(what string) func(*threading.Thread, *future) {
		return func(t *threading.Thread, f *future) {
			out.Print(what, "in", t.Name(), "done:", f.Done(t), "cancelled:", f.Cancelled(t))
		}
	}
	fail := func(*threading.Thread, *future) { panic("a callback fails") }

	f := futures.NewFuture[int]()
	f.AddDoneCallback(t, note("first"))
	f.AddDoneCallback(t, fail)
	f.AddDoneCallback(t, note("third"))
	join(t, spawn(t, func(t *threading.Thread) error { return f.SetResult(t, 1) }, threading.Named("completer")))
	f.AddDoneCallback(t, note("late"))
	f.AddDoneCallback(t, fail)

	f = futures.NewFuture[int]()
	f.AddDoneCallback(t, note("of a cancelled one"))
	out.Print("cancel:", f.Cancel(t))
	out.Print("cancel:", f.Cancel(t))
	return nil
}

func wait01Modes(out *traces.Output, t *threading.Thread) error {
	var all []*futures.Future[int]
	for range 4 {
		all = append(all, futures.NewFuture[int]())
	}
	places := func(word string, fs []*futures.Future[int]) []any {
		var places []int
		for _, f := range fs {
			places = append(places, slices.Index(all, f))
		}
		slices.Sort(places)
		return list(word, places)
	}
	answer := func(what string, done, notDone []*futures.Future[int], err error) {
		check(err)
		out.Print(slices.Concat([]any{what}, places("done:", done), places("not:", notDone))...)
	}
	tell := func(what string, fs []*futures.Future[int], when futures.ReturnWhen) {
		done, notDone, err := futures.Wait(t, fs, when)
		answer(what, done, notDone, err)
	}
	within := func(what string, timeout time.Duration, when futures.ReturnWhen) {
		done, notDone, err := futures.WaitTimeout(t, all, when, timeout)
		answer(what, done, notDone, err)
	}
	tell("nothing", nil, futures.AllCompleted)
	within("1 ms", ms, futures.AllCompleted)
	within("0", 0, futures.AllCompleted)
	within("-1", -time.Second, futures.AllCompleted)
	check(all[1].SetResult(t, 1))
	tell("first", slices.Concat(all, all), futures.FirstCompleted)
	all[2].Cancel(t)
	within("cancelled", ms, futures.AllCompleted)
	must(all[2].SetRunningOrNotifyCancel(t))
	within("notified", ms, futures.AllCompleted)
	within("no failure", ms, futures.FirstException)
	check(all[0].SetException(t, ownError{"ValueError", "boom"}))
	tell("failure", all, futures.FirstException)
	check(all[3].SetResult(t, 3))
	tell("all", all, futures.AllCompleted)
	return nil
}

func wait02AsCompleted(out *traces.Output, t *threading.Thread) error {
	type future = futures.Future[int]
	a, b, c, d := futures.NewFuture[int](), futures.NewFuture[int](), futures.NewFuture[int](), futures.NewFuture[int]()
	all := []*future{a, b, c, d}
	nexts := map[*future]func(){
		c: func() { check(a.SetResult(t, 0)) },
		a: func() { b.Cancel(t) },
	}
	listed := func(what string, fs func(yield func(*future, error) bool)) {
		for f, err := range fs {
			if err != nil {
				does(out, what, err)
				return
			}
			out.Print("done:", slices.Index(all, f))
			if next := nexts[f]; next != nil {
				delete(nexts, f)
				next()
			}
		}
		does(out, what, nil)
	}
	check(c.SetResult(t, 0))
	listed("1 ms:", futures.AsCompletedTimeout(t, []*future{a, b, c, d, c}, ms))
	must(b.SetRunningOrNotifyCancel(t))
	check(d.SetException(t, ownError{"ValueError", "boom"}))
	listed("one:", futures.AsCompleted(t, []*future{d}))
	listed("0:", futures.AsCompletedTimeout(t, []*future{d}, 0))
	listed("none:", futures.AsCompletedTimeout[*future](t, nil, 0))
	listed("-1:", futures.AsCompletedTimeout(t, []*future{futures.NewFuture[int]()}, -time.Second))
	return nil
}
