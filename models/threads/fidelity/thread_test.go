package fidelity

import (
	"errors"
	"slices"
	"strings"
	"time"

	"concbench/models/internal/traces"
	"concbench/models/threads/threading"
)

func thread01Life(out *traces.Output, t *threading.Thread) error {
	in, gate := t.Interpreter(), threading.NewEvent()
	th := t.NewThread(func(t *threading.Thread) error {
		_, err := gate.WaitTimeout(t, 5*time.Second)
		return err
	})
	tell := func(when string) {
		out.Print(when, "alive:", th.IsAlive(), "ident:", th.Ident() != 0,
			"listed:", slices.Contains(in.Enumerate(), th), "count:", in.ActiveCount())
	}
	tell("new:")
	does(out, "join:", th.Join(t))
	does(out, "join 0:", th.JoinTimeout(t, 0))
	check(th.SetDaemon(true))
	check(th.SetDaemon(false))
	check(th.Start(t))
	tell("started:")
	does(out, "start:", th.Start(t))
	does(out, "daemon:", th.SetDaemon(true))
	does(out, "join 0:", th.JoinTimeout(t, 0))
	does(out, "join -1:", th.JoinTimeout(t, -time.Second))
	does(out, "join 1 ms:", th.JoinTimeout(t, ms))
	out.Print("alive:", th.IsAlive())
	check(gate.Set(t))
	does(out, "join:", th.Join(t))
	tell("ended:")
	does(out, "join again:", th.Join(t))
	does(out, "start:", th.Start(t))
	does(out, "daemon:", th.SetDaemon(true))
	does(out, "join oneself:", t.Join(t))
	out.Print("main is current:", in.MainThread() == t)
	nothing := spawn(t, nil)
	does(out, "join of one without a target:", nothing.Join(t))
	return nil
}

func thread02Names(out *traces.Output, t *threading.Thread) error {
	work := threading.Target(func(t *threading.Thread) error {
		out.Print("I am", t.Name())
		return nil
	})
	out.Print(t.Name())
	all := []*threading.Thread{
		t.NewThread(work), t.NewThread(work, threading.Named("own")), t.NewThread(nil),
		t.NewTimer(0, work).Thread, t.NewThread(work),
	}
	// A function inside another has no name in Go, but a number.
	workName := func(name string) string { return strings.Replace(name, "(func1)", "(work)", 1) }
	var names []string
	for _, th := range all {
		th.SetName(workName(th.Name()))
		names = append(names, th.Name())
	}
	out.Print(strings.Join(names, ", "))
	all[len(all)-1].SetName("changed")
	for _, th := range all {
		check(th.Start(t))
		join(t, th)
	}
	t.SetName("chief")
	out.Print(t.Interpreter().MainThread().Name())
	return nil
}

func thread03Daemons(out *traces.Output, t *threading.Thread) error {
	out.Print("main:", t.Daemon(), "child:", t.NewThread(nil).Daemon())
	join(t, spawn(t, func(t *threading.Thread) error {
		out.Print("child of a daemon:", t.NewThread(nil).Daemon(),
			"and if told otherwise:", t.NewThread(nil, threading.Daemon(false)).Daemon())
		return nil
	}, threading.Daemon(true)))

	began := must(threading.NewSemaphore(0))
	lock, barrier := threading.NewLock(), must(threading.NewBarrier(2, nil))
	check(lock.Acquire(t))
	for _, wait := range []func(t *threading.Thread) error{
		lock.Acquire, threading.NewEvent().Wait, must(threading.NewSemaphore(0)).Acquire,
		func(t *threading.Thread) error { return t.Sleep(50 * ms) },
		func(t *threading.Thread) error { _, err := barrier.Wait(t); return err },
	} {
		spawn(t, func(t *threading.Thread) error {
			check(began.Release(t))
			check(wait(t))
			out.Print("a daemon goes on")
			return nil
		}, threading.Daemon(true))
		check(began.Acquire(t))
	}
	daemons := 0
	for _, th := range t.Interpreter().Enumerate() {
		if th.Daemon() {
			daemons++
		}
	}
	out.Print("daemons:", daemons)
	out.Print("main ends")
	return nil
}

func thread04Uncaught(out *traces.Output, t *threading.Thread) error {
	in := t.Interpreter()
	in.SetExcepthook(func(th *threading.Thread, err error) {
		own, _ := errors.AsType[ownError](err)
		if errors.Is(err, threading.ErrSystemExit) {
			own.kind = "SystemExit"
		}
		out.Print("hook:", own.kind, own, "in", th.Name(), "which runs it:", in.CurrentThread() == th)
	})
	run := func(err error) {
		th := spawn(t, func(*threading.Thread) error { return err }, threading.Named("worker"))
		does(out, "join:", th.Join(t))
		out.Print("alive:", th.IsAlive())
	}
	run(ownError{"ValueError", "boom"})
	run(threading.ErrSystemExit)
	in.SetExcepthook(func(*threading.Thread, error) { out.Print("another hook") })
	run(ownError{"RuntimeError", "bang"})
	return nil
}

func thread05Exit(out *traces.Output, t *threading.Thread) error {
	main := t
	grandchild := func(t *threading.Thread) error {
		check(t.Sleep(10 * ms))
		out.Print("the grandchild ends")
		return nil
	}
	spawn(t, func(t *threading.Thread) error {
		join(t, main)
		out.Print("main is alive:", main.IsAlive())
		spawn(t, grandchild)
		out.Print("the child ends")
		return nil
	})
	out.Print("main ends")
	return nil
}

func local01Own(out *traces.Output, t *threading.Thread) error {
	var local threading.Local[string]
	has := func(t *threading.Thread) bool { _, ok := local.Get(t); return ok }
	get := func(t *threading.Thread) string { v, _ := local.Get(t); return v }
	local.Set(t, "main s")
	join(t, spawn(t, func(t *threading.Thread) error {
		out.Print("in a thread:", has(t))
		local.Set(t, "the thread s")
		out.Print("in a thread:", get(t))
		return nil
	}))
	out.Print("in main:", get(t))
	local.Delete(t)
	out.Print("in main:", has(t))
	return nil
}

func timer01Cancel(out *traces.Output, t *threading.Thread) error {
	ran := threading.NewEvent()
	timer := t.NewTimer(ms, ran.Set)
	out.Print("name:", timer.Name(), "daemon:", timer.Daemon())
	does(out, "join:", timer.Join(t))
	does(out, "start:", timer.Start(t))
	set, err := ran.WaitTimeout(t, 5*time.Second)
	attempt(out, "ran:", set, err)
	does(out, "join:", timer.Join(t))
	does(out, "cancel after the end:", timer.Cancel(t))
	does(out, "start again:", timer.Start(t))

	tooLate := func(*threading.Thread) error {
		out.Print("a cancelled timer runs")
		return nil
	}
	never := t.NewTimer(time.Minute, tooLate)
	check(never.Start(t))
	out.Print("alive:", never.IsAlive())
	check(never.Cancel(t))
	join(t, never.Thread)
	out.Print("alive:", never.IsAlive())

	before := t.NewTimer(time.Minute, tooLate)
	check(before.Cancel(t))
	check(before.Start(t))
	join(t, before.Thread)

	less := t.NewTimer(-time.Second, func(*threading.Thread) error {
		out.Print("less than no time is no time")
		return nil
	})
	check(less.Start(t))
	join(t, less.Thread)
	return nil
}
