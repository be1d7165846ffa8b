package fidelity

import (
	"time"

	"concbench/models/internal/traces"
	"concbench/models/threads/threading"
)

func lock01Misuse(out *traces.Output, t *threading.Thread) error {
	lock := threading.NewLock()
	acquire := func(what string, timeout time.Duration) {
		acquired, err := lock.AcquireTimeout(t, timeout)
		attempt(out, what, acquired, err)
	}
	does(out, "release a free lock:", lock.Release(t))
	gets(out, "acquire:", lock.Acquire(t))
	out.Print("locked:", lock.Locked())
	out.Print("try again:", lock.TryAcquire(t))
	acquire("timeout 0:", 0)
	acquire("timeout 1 ms:", ms)
	acquire("timeout -2:", -2*time.Second)
	does(out, "release:", lock.Release(t))
	does(out, "release twice:", lock.Release(t))
	acquire("free, timeout 0:", 0)
	check(lock.Release(t))
	acquire("free, timeout 1 s:", time.Second)
	return nil
}

func lock02Stranger(out *traces.Output, t *threading.Thread) error {
	lock := threading.NewLock()
	var order []string
	check(lock.Acquire(t))
	waiter := spawn(t, func(t *threading.Thread) error {
		check(lock.Acquire(t))
		order = append(order, "the waiter has it")
		return lock.Release(t)
	})
	stranger := spawn(t, func(t *threading.Thread) error {
		order = append(order, "a stranger releases")
		return lock.Release(t)
	})
	join(t, waiter, stranger)
	for _, line := range order {
		out.Print(line)
	}
	out.Print("locked:", lock.Locked())
	return nil
}

func rlock01Owner(out *traces.Output, t *threading.Thread) error {
	rlock := threading.NewRLock()
	acquire := func(t *threading.Thread, what string, timeout time.Duration) {
		acquired, err := rlock.AcquireTimeout(t, timeout)
		attempt(out, what, acquired, err)
	}
	inThread := func(turn string) {
		join(t, spawn(t, func(t *threading.Thread) error {
			out.Print(turn+", another thread tries:", rlock.TryAcquire(t))
			acquire(t, turn+", it waits 1 ms:", ms)
			does(out, turn+", it releases:", rlock.Release(t))
			does(out, turn+", and again:", rlock.Release(t))
			does(out, turn+", and again:", rlock.Release(t))
			return nil
		}))
	}
	does(out, "release a free one:", rlock.Release(t))
	acquire(t, "timeout -2:", -2*time.Second)
	gets(out, "acquire:", rlock.Acquire(t))
	gets(out, "again:", rlock.Acquire(t))
	inThread("held twice")
	does(out, "release:", rlock.Release(t))
	inThread("held once")
	does(out, "release:", rlock.Release(t))
	does(out, "once more:", rlock.Release(t))
	inThread("free")
	return nil
}
