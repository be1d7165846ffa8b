package fidelity

import (
	"io"
	"iter"
	"time"

	"concbench/models/internal/traces"
	"concbench/models/threads/futures"
	"concbench/models/threads/threading"
)

// pool is a with statement: the body runs with a pool, which is shut down then.
func pool(t *threading.Thread, config futures.Config, body func(p *futures.ThreadPoolExecutor)) {
	p := must(futures.NewThreadPoolExecutor(t.Interpreter(), config))
	body(p)
	check(p.Shutdown(t))
}

// result prints what a future gives in the end.
func result[T any](out *traces.Output, t *threading.Thread, what string, f *futures.Future[T]) {
	v, err := f.Result(t)
	attempt(out, what, v, err)
}

func me(t *threading.Thread) (string, error) { return t.Name(), nil }

func pool01Submit(out *traces.Output, t *threading.Thread) error {
	_, err := futures.NewThreadPoolExecutor(t.Interpreter(), futures.Config{MaxWorkers: -1})
	does(out, "no workers:", err)
	name := func(p *futures.ThreadPoolExecutor) { result(out, t, "name:", must(futures.Submit(t, p, me))) }
	pool(t, futures.Config{MaxWorkers: 1}, name)
	pool(t, futures.Config{MaxWorkers: 1, ThreadNamePrefix: "mine"}, func(p *futures.ThreadPoolExecutor) {
		name(p)
		failing := must(futures.Submit(t, p, func(*threading.Thread) (any, error) {
			return nil, ownError{"ValueError", "boom"}
		}))
		result(out, t, "result:", failing)
		out.Print("exception:", must(failing.Exception(t)))
		gate, begun := threading.NewEvent(), threading.NewEvent()
		running := must(futures.Submit(t, p, func(t *threading.Thread) (bool, error) {
			check(begun.Set(t))
			return gate.WaitTimeout(t, 5*time.Second)
		}))
		pending := must(futures.Submit(t, p, me))
		check(begun.Wait(t))
		out.Print("cancel the running one:", running.Cancel(t))
		_, err := running.ResultTimeout(t, ms)
		does(out, "result, 1 ms:", err)
		out.Print("cancel the pending one:", pending.Cancel(t))
		out.Print("cancel it again:", pending.Cancel(t))
		result(out, t, "its result:", pending)
		check(gate.Set(t))
		result(out, t, "result:", running)
		name(p)
		out.Print("state:", pending.State(t))
	})
	pool(t, futures.Config{MaxWorkers: 1}, name)
	out.Print("threads:", t.Interpreter().ActiveCount())
	return nil
}

func pool02Map(out *traces.Output, t *threading.Thread) error {
	gate := threading.NewEvent()
	job := func(t *threading.Thread, n int) (int, error) {
		if n == 3 {
			return 0, ownError{"ValueError", "three"}
		}
		if n > 5 {
			must(gate.WaitTimeout(t, 5*time.Second))
		}
		return n * n, nil
	}
	listed := func(results iter.Seq2[int, error], err error) {
		check(err)
		for r, err := range results {
			if err != nil {
				out.Print(raised(err))
				continue
			}
			out.Print("result", r)
		}
	}
	pool(t, futures.Config{MaxWorkers: 3}, func(p *futures.ThreadPoolExecutor) {
		listed(futures.Map(t, p, job, []int{0, 1, 2}))
		listed(futures.Map(t, p, job, nil))
		listed(futures.Map(t, p, job, []int{4, 3, 2, 1}))
		listed(futures.MapTimeout(t, p, job, []int{1, 9}, 2*ms))
		check(gate.Set(t))
	})
	var last *futures.ThreadPoolExecutor
	done := 0
	pool(t, futures.Config{MaxWorkers: 1}, func(p *futures.ThreadPoolExecutor) {
		last = p
		check(gate.Clear(t))
		results, err := futures.Map(t, p, func(t *threading.Thread, n int) (any, error) {
			if n > 0 {
				must(gate.WaitTimeout(t, 5*time.Second))
			}
			done++
			return nil, nil
		}, []int{0, 1, 2, 3})
		check(err)
		for first, err := range results {
			attempt(out, "first", first, err)
			break
		}
		check(gate.Set(t))
	})
	out.Print("done:", done < 4)
	_, err := futures.Map(t, last, job, []int{1})
	does(out, "map after the end:", err)
	return nil
}

func pool03Shutdown(out *traces.Output, t *threading.Thread) error {
	for _, cancel := range []bool{false, true} {
		gate, begun := threading.NewEvent(), threading.NewEvent()
		var done []int
		counted := func(t *threading.Thread, n int) (int, error) {
			must(gate.WaitTimeout(t, 5*time.Second))
			done = append(done, n)
			return n, nil
		}
		p := must(futures.NewThreadPoolExecutor(t.Interpreter(), futures.Config{MaxWorkers: 1}))
		submit := func(n int) (*futures.Future[int], error) {
			return futures.Submit(t, p, func(t *threading.Thread) (int, error) {
				if n == 0 {
					check(begun.Set(t))
				}
				return counted(t, n)
			})
		}
		all := []*futures.Future[int]{must(submit(0)), must(submit(1)), must(submit(2))}
		check(begun.Wait(t))
		options := []futures.ShutdownOption{futures.NoWait}
		if cancel {
			options = append(options, futures.CancelFutures)
		}
		does(out, "shutdown:", p.Shutdown(t, options...))
		_, err := submit(3)
		does(out, "submit:", err)
		out.Print("cancelled:", all[0].Cancelled(t), all[1].Cancelled(t), all[2].Cancelled(t))
		check(gate.Set(t))
		does(out, "shutdown:", p.Shutdown(t))
		out.Print(list("done:", done)...)
		does(out, "shutdown again:", p.Shutdown(t))
		_, err = submit(3)
		does(out, "submit:", err)
	}
	p := must(futures.NewThreadPoolExecutor(t.Interpreter(), futures.Config{MaxWorkers: 1}))
	self := must(futures.Submit(t, p, func(t *threading.Thread) (any, error) { return nil, p.Shutdown(t) }))
	result(out, t, "a worker waits for itself:", self)
	p = must(futures.NewThreadPoolExecutor(t.Interpreter(), futures.Config{MaxWorkers: 1}))
	does(out, "an empty pool:", p.Shutdown(t))
	return nil
}

func pool04Initializer(out *traces.Output, t *threading.Thread) error {
	t.Interpreter().Stderr = io.Discard
	var local threading.Local[string]
	gate := threading.NewEvent()
	prepare := func(t *threading.Thread) error {
		local.Set(t, "prepared")
		return nil
	}
	fail := func(t *threading.Thread) error {
		must(gate.WaitTimeout(t, 5*time.Second))
		return ownError{"ValueError", "boom"}
	}
	pool(t, futures.Config{MaxWorkers: 1, Initializer: prepare}, func(p *futures.ThreadPoolExecutor) {
		result(out, t, "result:", must(futures.Submit(t, p, func(t *threading.Thread) (string, error) {
			word, _ := local.Get(t)
			return word, nil
		})))
	})
	pool(t, futures.Config{MaxWorkers: 1, Initializer: fail}, func(p *futures.ThreadPoolExecutor) {
		never := func(*threading.Thread) (any, error) {
			out.Print("never")
			return nil, nil
		}
		pending := []*futures.Future[any]{must(futures.Submit(t, p, never)), must(futures.Submit(t, p, never))}
		check(gate.Set(t))
		for _, f := range pending {
			result(out, t, "pending:", f)
		}
		_, err := futures.Submit(t, p, never)
		does(out, "submit:", err)
	})
	return nil
}

func pool05Exit(out *traces.Output, t *threading.Thread) error {
	in, gate := t.Interpreter(), threading.NewEvent()
	p := must(futures.NewThreadPoolExecutor(in, futures.Config{MaxWorkers: 1}))
	submitUntilRefused := func(t *threading.Thread) {
		for {
			if _, err := futures.Submit(t, p, me); err != nil {
				out.Print(raised(err))
				return
			}
			check(t.Sleep(ms))
		}
	}
	for n := range 3 {
		must(futures.Submit(t, p, func(t *threading.Thread) (any, error) {
			must(gate.WaitTimeout(t, 5*time.Second))
			out.Print("job", n)
			if n == 2 {
				submitUntilRefused(t)
			}
			return nil, nil
		}))
	}
	must(in.AtExit(func(t *threading.Thread) { check(gate.Set(t)) }))
	out.Print("main ends")
	return nil
}
