package fidelity

import (
	"errors"
	"fmt"

	"concbench/models/coroutine"
)

func queue01Workers(out *output) error {
	worker := func(t *coroutine.Task, name string, queue *coroutine.Queue[int]) error {
		for {
			n, err := queue.Get(t)
			if err != nil {
				return err
			}
			for range n {
				if err := t.Yield(); err != nil {
					return err
				}
			}
			out.print(name, "has worked", n, "rounds")
			if err := queue.TaskDone(); err != nil {
				return err
			}
		}
	}
	return asyncioRun(func(t *coroutine.Task) error {
		queue := coroutine.NewQueue[int](0)
		for _, n := range []int{5, 1, 2, 4, 3} {
			ok(queue.PutNowait(n))
		}
		var workers []*coroutine.TaskOf[coroutine.None]
		for i := range 3 {
			workers = append(workers, t.Start("", func(t *coroutine.Task) error {
				return worker(t, fmt.Sprint("worker-", i), queue)
			}))
		}
		ok(queue.Join(t))
		out.print("queue done, left", queue.Len())
		var all []coroutine.Awaitable[coroutine.None]
		for _, w := range workers {
			w.Cancel()
			all = append(all, w)
		}
		var names []any
		for _, outcome := range must(coroutine.GatherOutcomes(t, all...).Await(t)) {
			if errors.Is(outcome.Err, coroutine.ErrCancelled) {
				names = append(names, "CancelledError")
			}
		}
		out.print(names...)
		err := queue.TaskDone()
		if !errors.Is(err, coroutine.ErrTasksDone) {
			return err
		}
		out.print("ValueError:", words(err))
		return nil
	})
}

func queue02Kinds(out *output) error {
	producer := func(t *coroutine.Task, queue *coroutine.Queue[int]) error {
		for n := range 4 {
			if err := queue.Put(t, n); err != nil {
				return err
			}
			out.print("put", n)
		}
		return nil
	}
	return asyncioRun(func(t *coroutine.Task) error {
		queue := coroutine.NewQueue[int](2)
		task := t.Start("", func(t *coroutine.Task) error { return producer(t, queue) })
		ok(t.Yield())
		out.print("full:", queue.Full())
		for !task.Done() || !queue.Empty() {
			out.print("got", must(queue.Get(t)))
			ok(t.Yield())
		}
		if _, err := queue.GetNowait(); errors.Is(err, coroutine.ErrQueueEmpty) {
			out.print("QueueEmpty")
		}
		prio := coroutine.NewPriorityQueue[int](0)
		lifo := coroutine.NewLifoQueue[int](3)
		for _, n := range []int{5, 1, 3} {
			ok(prio.PutNowait(n))
			ok(lifo.PutNowait(n))
		}
		if err := lifo.PutNowait(9); errors.Is(err, coroutine.ErrQueueFull) {
			out.print("QueueFull")
		}
		for _, q := range []struct {
			kind  string
			queue *coroutine.Queue[int]
		}{{"priority:", prio}, {"lifo:", lifo}} {
			line := []any{q.kind}
			for range 3 {
				line = append(line, must(q.queue.GetNowait()))
			}
			out.print(line...)
		}
		return nil
	})
}
