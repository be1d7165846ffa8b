package fidelity

import (
	"cmp"
	"slices"
	"time"

	"concbench/models/internal/traces"
	"concbench/models/threads/queue"
	"concbench/models/threads/threading"
)

func queue01Limits(out *traces.Output, t *threading.Thread) error {
	for _, c := range []struct {
		name string
		q    *queue.Queue[int]
	}{{"Queue", queue.NewQueue[int](1)}, {"LifoQueue", queue.NewLifoQueue[int](1)}, {"PriorityQueue", queue.NewPriorityQueue[int](1)}} {
		q := c.q
		emptyQueue(out, t, c.name, q.GetNowait, q.GetTimeout)
		empty, err := q.Empty(t)
		attempt(out, c.name+" empty:", empty, err)
		does(out, c.name+" put:", q.Put(t, 7))
		size, err := q.Len(t)
		attempt(out, c.name+" size:", size, err)
		full, err := q.Full(t)
		attempt(out, c.name+" full:", full, err)
		does(out, c.name+" put_nowait:", q.PutNowait(t, 8))
		does(out, c.name+" put, 0:", q.PutTimeout(t, 8, 0))
		does(out, c.name+" put, 1 ms:", q.PutTimeout(t, 8, ms))
		does(out, c.name+" put, -1:", q.PutTimeout(t, 8, -time.Second))
		queueOfOne(out, t, c.name, q.GetTimeout)
	}
	q := &queue.SimpleQueue[int]{}
	emptyQueue(out, t, "SimpleQueue", q.GetNowait, q.GetTimeout)
	out.Print("SimpleQueue empty:", q.Empty())
	q.Put(t, 7)
	does(out, "SimpleQueue put:", nil)
	out.Print("SimpleQueue size:", q.Len())
	queueOfOne(out, t, "SimpleQueue", q.GetTimeout)
	return nil
}

type getTimeout = func(t *threading.Thread, timeout time.Duration) (int, error)

func emptyQueue(out *traces.Output, t *threading.Thread, name string, getNowait func(t *threading.Thread) (int, error), get getTimeout) {
	item, err := getNowait(t)
	attempt(out, name+" get_nowait:", item, err)
	item, err = get(t, 0)
	attempt(out, name+" get, 0:", item, err)
	item, err = get(t, ms)
	attempt(out, name+" get, 1 ms:", item, err)
	item, err = get(t, -time.Second)
	attempt(out, name+" get, -1:", item, err)
}

func queueOfOne(out *traces.Output, t *threading.Thread, name string, get getTimeout) {
	item, err := get(t, -time.Second)
	attempt(out, name+" get, -1, of one item:", item, err)
	item, err = get(t, time.Second)
	attempt(out, name+" get, 1 s:", item, err)
}

func queue02Kinds(out *traces.Output, t *threading.Thread) error {
	type ranked struct{ rank, serial int }
	fifo, lifo, prio := queue.NewQueue[int](0), queue.NewLifoQueue[int](0), queue.NewPriorityQueue[int](0)
	simple := &queue.SimpleQueue[int]{}
	ranks := must(queue.NewPriorityQueueFunc(0, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) }))
	for n := range 12 {
		for _, q := range []*queue.Queue[int]{fifo, lifo, prio} {
			check(q.Put(t, n*7%12))
		}
		simple.Put(t, n*7%12)
		check(ranks.Put(t, ranked{n * 7 % 3, n}))
	}
	twelve := func(name string, get func(t *threading.Thread) (int, error)) {
		words := []any{name}
		for range 12 {
			words = append(words, must(get(t)))
		}
		out.Print(words...)
	}
	twelve("fifo", fifo.Get)
	twelve("lifo", lifo.Get)
	twelve("priority", prio.Get)
	twelve("simple", simple.Get)
	twelve("equal ranks", func(t *threading.Thread) (int, error) { r, err := ranks.Get(t); return r.serial, err })
	unlimited := queue.NewQueue[int](-1)
	for n := range 100 {
		check(unlimited.PutNowait(t, n))
	}
	out.Print("unlimited", must(unlimited.Len(t)), must(unlimited.Full(t)))
	return nil
}

func queue03Tasks(out *traces.Output, t *threading.Thread) error {
	q := queue.NewQueue[any](0)
	var done []any
	does(out, "task_done of nothing:", q.TaskDone(t))
	does(out, "join of nothing:", q.Join(t))
	for n := range 5 {
		check(q.Put(t, n))
	}
	worker := spawn(t, func(t *threading.Thread) error {
		for {
			item := must(q.Get(t))
			if item == nil {
				return q.TaskDone(t)
			}
			done = append(done, item)
			check(q.TaskDone(t))
		}
	})
	does(out, "join:", q.Join(t))
	out.Print(list("done:", done)...)
	check(q.Put(t, nil))
	join(t, worker)
	does(out, "join:", q.Join(t))
	does(out, "task_done once more:", q.TaskDone(t))
	return nil
}

func queue04HandOver(out *traces.Output, t *threading.Thread) error {
	passing := func(name string, put func(t *threading.Thread, n int) error, get func(t *threading.Thread) (int, error), left func() int) {
		var got []int
		getter := spawn(t, func(t *threading.Thread) error {
			for range 20 {
				got = append(got, must(get(t)))
			}
			return nil
		})
		for n := range 20 {
			check(put(t, n))
		}
		join(t, getter)
		out.Print(name, len(got), "in order:", slices.IsSorted(got), "left:", left())
	}
	for _, c := range []struct {
		name string
		q    *queue.Queue[int]
	}{
		{"Queue", queue.NewQueue[int](1)}, {"Queue", queue.NewQueue[int](3)},
		{"LifoQueue", queue.NewLifoQueue[int](1)}, {"PriorityQueue", queue.NewPriorityQueue[int](1)},
	} {
		passing(c.name, c.q.Put, c.q.Get, func() int { return must(c.q.Len(t)) })
	}
	simple := &queue.SimpleQueue[int]{}
	passing("SimpleQueue", func(t *threading.Thread, n int) error { simple.Put(t, n); return nil }, simple.Get, simple.Len)
	return nil
}
