package fidelity

import (
	"time"

	"concbench/models/internal/traces"
	"concbench/models/threads/threading"
)

func semaphore01Values(out *traces.Output, t *threading.Thread) error {
	type semaphore interface {
		Acquire(t *threading.Thread) error
		TryAcquire(t *threading.Thread) bool
		AcquireTimeout(t *threading.Thread, timeout time.Duration) (bool, error)
		Release(t *threading.Thread) error
		ReleaseN(t *threading.Thread, n int) error
	}
	for _, c := range []struct {
		name string
		make func(value int) (semaphore, error)
	}{
		{"Semaphore", func(value int) (semaphore, error) { return threading.NewSemaphore(value) }},
		{"BoundedSemaphore", func(value int) (semaphore, error) { return threading.NewBoundedSemaphore(value) }},
	} {
		_, err := c.make(-1)
		does(out, c.name+" of -1:", err)
		sem := must(c.make(1))
		acquire := func(what string, timeout time.Duration) {
			acquired, err := sem.AcquireTimeout(t, timeout)
			attempt(out, c.name+what, acquired, err)
		}
		gets(out, c.name+" acquire:", sem.Acquire(t))
		out.Print(c.name+" try:", sem.TryAcquire(t))
		acquire(" timeout 0:", 0)
		acquire(" timeout -1:", -time.Second)
		acquire(" timeout 1 ms:", ms)
		does(out, c.name+" release 0:", sem.ReleaseN(t, 0))
		does(out, c.name+" release -3:", sem.ReleaseN(t, -3))
		does(out, c.name+" release 2:", sem.ReleaseN(t, 2))
		does(out, c.name+" release:", sem.Release(t))
		does(out, c.name+" release too many:", sem.ReleaseN(t, 5))
		taken := 0
		for sem.TryAcquire(t) {
			taken++
		}
		out.Print(c.name, "had", taken)
	}
	return nil
}

func semaphore02ReleaseMany(out *traces.Output, t *threading.Thread) error {
	sem, lock := must(threading.NewSemaphore(0)), threading.NewLock()
	var done []bool
	var all []*threading.Thread
	for range 3 {
		all = append(all, spawn(t, func(t *threading.Thread) error {
			acquired := must(sem.AcquireTimeout(t, 5*time.Second))
			check(lock.Acquire(t))
			done = append(done, acquired)
			return lock.Release(t)
		}))
	}
	check(sem.ReleaseN(t, 3))
	join(t, all...)
	out.Print(list("went on:", done)...)
	out.Print("left:", sem.TryAcquire(t))
	return nil
}
