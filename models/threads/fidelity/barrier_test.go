package fidelity

import (
	"slices"
	"time"

	"concbench/models/internal/traces"
	"concbench/models/threads/threading"
)

func barrier01Rounds(out *traces.Output, t *threading.Thread) error {
	var actions []string
	barrier := must(threading.NewBarrier(3, func(*threading.Thread) error {
		actions = append(actions, "action")
		return nil
	}))
	lock := threading.NewLock()
	var indexes [2][]int
	var all []*threading.Thread
	for range 3 {
		all = append(all, spawn(t, func(t *threading.Thread) error {
			for turn := range 2 {
				index := must(barrier.WaitTimeout(t, 5*time.Second))
				check(lock.Acquire(t))
				indexes[turn] = append(indexes[turn], index)
				check(lock.Release(t))
			}
			return nil
		}))
	}
	join(t, all...)
	slices.Sort(indexes[0])
	slices.Sort(indexes[1])
	out.Print(append(list("indexes:", indexes[0]), list("then", indexes[1])...)...)
	out.Print(list("actions:", actions)...)
	out.Print("parties:", barrier.Parties(), "waiting:", barrier.Waiting(t), "broken:", barrier.Broken(t))
	return nil
}

func barrier02Broken(out *traces.Output, t *threading.Thread) error {
	// waitingAt has two threads wait at the barrier while call is made.
	waitingAt := func(barrier *threading.Barrier, call func() (any, error)) {
		lock := threading.NewLock()
		var told []any
		party := func(t *threading.Thread) error {
			var answer any
			answer, err := barrier.Wait(t)
			if err != nil {
				answer = raised(err)
			}
			check(lock.Acquire(t))
			told = append(told, answer)
			return lock.Release(t)
		}
		all := []*threading.Thread{spawn(t, party), spawn(t, party)}
		for barrier.Waiting(t) < 2 {
			check(t.Sleep(ms / 2))
		}
		answer, err := call()
		attempt(out, "  the call:", answer, err)
		join(t, all...)
		out.Print(list("  the two got:", told)...)
		out.Print("  broken:", barrier.Broken(t), "waiting:", barrier.Waiting(t))
	}
	fail := func(*threading.Thread) error { return ownError{"Broken", "the action failed"} }
	for _, name := range []string{"timeout", "timeout 0", "abort", "reset", "action"} {
		out.Print(name)
		barrier := must(threading.NewBarrier(4, nil))
		if name == "action" {
			barrier = must(threading.NewBarrier(3, fail))
		}
		call := map[string]func() (any, error){
			"timeout":   func() (any, error) { return barrier.WaitTimeout(t, 2*ms) },
			"timeout 0": func() (any, error) { return barrier.WaitTimeout(t, 0) },
			"abort":     func() (any, error) { return nil, barrier.Abort(t) },
			"reset":     func() (any, error) { return nil, barrier.Reset(t) },
			"action":    func() (any, error) { return barrier.Wait(t) },
		}[name]
		waitingAt(barrier, call)
		index, err := barrier.WaitTimeout(t, -time.Second)
		attempt(out, "  the next:", index, err)
		does(out, "  reset:", barrier.Reset(t))
		out.Print("  broken:", barrier.Broken(t))
	}
	return nil
}
