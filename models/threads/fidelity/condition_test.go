package fidelity

import (
	"slices"
	"time"

	"concbench/models/internal/traces"
	"concbench/models/threads/threading"
)

func condition01Misuse(out *traces.Output, t *threading.Thread) error {
	never := func() bool { return false }
	for _, c := range []struct {
		kind string
		lock threading.Locker
	}{{"RLock", threading.NewRLock()}, {"Lock", threading.NewLock()}} {
		cond := threading.NewCondition(c.lock)
		wait := func(what string, timeout time.Duration) {
			notified, err := cond.WaitTimeout(t, timeout)
			attempt(out, c.kind+what, notified, err)
		}
		waitFor := func(what string, timeout time.Duration) {
			is, err := cond.WaitForTimeout(t, never, timeout)
			attempt(out, c.kind+what, is, err)
		}
		acquire := func(what string, timeout time.Duration) {
			acquired, err := cond.AcquireTimeout(t, timeout)
			attempt(out, c.kind+what, acquired, err)
		}
		gets(out, c.kind+" wait:", cond.Wait(t))
		wait(" wait 0:", 0)
		gets(out, c.kind+" wait_for:", cond.WaitFor(t, never))
		gets(out, c.kind+" wait_for what is so:", cond.WaitFor(t, func() bool { return true }))
		does(out, c.kind+" notify:", cond.Notify(t, 1))
		does(out, c.kind+" notify_all:", cond.NotifyAll(t))
		does(out, c.kind+" release:", cond.Release(t))
		check(cond.Acquire(t))
		does(out, c.kind+" notify nobody:", cond.Notify(t, 3))
		wait(" wait 0, held:", 0)
		wait(" wait -1, held:", -time.Second)
		wait(" wait 1 ms, held:", ms)
		waitFor(" wait_for 1 ms, held:", ms)
		waitFor(" wait_for -1, held:", -time.Second)
		acquire(" held by somebody, timeout 0:", 0)
		if c.kind == "RLock" {
			check(cond.Release(t))
		}
		check(cond.Release(t))
		acquire(" timeout -2:", -2*time.Second)
	}
	return nil
}

func condition02Wakes(out *traces.Output, t *threading.Thread) error {
	cond := threading.NewCondition(nil)
	ready := must(threading.NewSemaphore(0))
	var order []string
	waiter := func(name string) threading.Target {
		return func(t *threading.Thread) error {
			check(cond.Acquire(t))
			check(cond.Acquire(t))
			check(ready.Release(t))
			notified := must(cond.WaitTimeout(t, 5*time.Second))
			order = append(order, name)
			out.Print("notified:", notified)
			check(cond.NotifyAll(t))
			check(cond.Release(t))
			return cond.Release(t)
		}
	}
	var all []*threading.Thread
	for i, name := range []string{"a", "b", "c"} {
		all = append(all, spawn(t, waiter(name)))
		check(ready.Acquire(t))
		check(cond.Acquire(t))
		out.Print("the lock is free while", i+1, "wait")
		check(cond.Release(t))
	}
	check(cond.Acquire(t))
	check(cond.Notify(t, 1))
	out.Print("gone on:", len(order))
	check(cond.Release(t))
	join(t, all...)
	first := order[0]
	slices.Sort(order)
	out.Print(append([]any{"first:", first}, list("all:", order)...)...)
	return nil
}

func event01Waits(out *traces.Output, t *threading.Thread) error {
	event := threading.NewEvent()
	wait := func(what string, timeout time.Duration) {
		set, err := event.WaitTimeout(t, timeout)
		attempt(out, what, set, err)
	}
	out.Print("is set:", event.IsSet())
	wait("wait 0:", 0)
	wait("wait -1:", -time.Second)
	wait("wait 1 ms:", ms)
	lock := threading.NewLock() // list.append needs none in Python
	var woken []bool
	var all []*threading.Thread
	for range 3 {
		all = append(all, spawn(t, func(t *threading.Thread) error {
			set := must(event.WaitTimeout(t, 5*time.Second))
			check(lock.Acquire(t))
			woken = append(woken, set)
			return lock.Release(t)
		}))
	}
	does(out, "set:", event.Set(t))
	join(t, all...)
	out.Print(list("woken:", woken)...)
	gets(out, "wait:", event.Wait(t))
	wait("wait 0:", 0)
	does(out, "clear:", event.Clear(t))
	out.Print("is set:", event.IsSet())
	wait("wait 0:", 0)
	return nil
}
