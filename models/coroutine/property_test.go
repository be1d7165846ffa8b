package coroutine

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Whatever tasks do with each other and the primitives, and wherever they are
// cancelled: the rules are kept, nobody waits for what is there, and all end.
func TestPrimitivesKeepTheirRules(t *testing.T) {
	for name, kinds := range games {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				objects := rapid.IntRange(1, 4).Draw(rt, "objects")
				program := rapid.SliceOfN(bodies(kinds, objects, 2), 1, 6).Draw(rt, "program")
				p := newPlayground()
				run(t, func(task *Task) error { return p.play(task, program) })
				if len(p.broken) > 0 {
					rt.Fatalf("%q", p.broken)
				}
			})
		})
	}
}

// games are kinds of moves that make trouble together. Frequent ones stand
// there more than once.
var games = map[string][]string{
	"locks":      {"lock", "lock", "lock"},
	"semaphores": {"semaphore", "semaphore", "semaphore"},
	"events":     {"event", "event", "set", "clear"},
	"conditions": {"condition", "condition", "condition", "notify", "notify", "lock"},
	"barriers":   {"barrier", "barrier", "barrier", "barrier", "abort", "reset"},
	"queues":     {"put", "put", "get", "get", "put at once", "get at once", "done", "join"},
	"all": {"lock", "lock", "semaphore", "semaphore", "event", "event", "set", "clear", "condition", "notify", "barrier", "barrier",
		"reset", "put", "put", "get", "get", "put at once", "get at once", "done", "done", "join"},
}

// A move is one thing that a task does.
type move struct {
	Kind   string
	Which  int // of its kind of object
	Whom   int // of the tasks, to cancel
	Rounds int // how long, or how many
	Body   []move
}

func bodies(kinds []string, objects, depth int) *rapid.Generator[[]move] {
	kind := rapid.SampledFrom(append([]string{"yield", "sleep", "spawn", "cancel"}, kinds...))
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) move {
		m := move{
			Kind:   kind.Draw(t, "kind"),
			Which:  rapid.IntRange(0, objects-1).Draw(t, "which"),
			Whom:   rapid.IntRange(0, 9).Draw(t, "whom"),
			Rounds: rapid.IntRange(0, 3).Draw(t, "rounds"),
		}
		if m.Kind == "spawn" && depth > 0 {
			m.Body = bodies(kinds, objects, depth-1).Draw(t, "body")
		}
		return m
	}), 1, 8)
}

// A playground is what the tasks of a program share.
type playground struct {
	rules
	tasks      []*TaskOf[None]
	locks      []*ruledSection
	semaphores []*ruledSection
	events     []*ruledEvent
	conditions []*ruledCondition
	barriers   []*ruledBarrier
	queues     []*ruledQueue
	value      int
}

func newPlayground() *playground {
	p := &playground{}
	r := &p.rules
	for range 2 {
		p.locks = append(p.locks, &ruledSection{rules: r, acquirer: NewLock(), name: "a lock", permits: 1})
		p.events = append(p.events, &ruledEvent{rules: r})
	}
	for n := range 3 {
		p.semaphores = append(p.semaphores, &ruledSection{rules: r, acquirer: must(NewBoundedSemaphore((n + 1) % 3)), name: "a semaphore", permits: (n + 1) % 3})
		p.barriers = append(p.barriers, &ruledBarrier{rules: r, Barrier: must(NewBarrier(3 - n))})
		shared := p.locks[0].acquirer.(*Lock)
		c := &ruledCondition{rules: r, Condition: NewCondition(shared), lock: p.locks[0]}
		if n == 2 {
			c.Condition = NewCondition(nil)
			c.lock = &ruledSection{rules: r, acquirer: c.Condition, name: "a condition", permits: 1}
		}
		p.conditions = append(p.conditions, c)
	}
	first := func([]int) int { return 0 }
	last := func(items []int) int { return len(items) - 1 }
	smallest := func(items []int) int { return slices.Index(items, slices.Min(items)) }
	p.queues = []*ruledQueue{
		{rules: r, Queue: NewQueue[int](1), next: first}, {rules: r, Queue: NewQueue[int](0), next: first},
		{rules: r, Queue: NewLifoQueue[int](2), next: last}, {rules: r, Queue: NewPriorityQueue[int](2), next: smallest},
	}
	return p
}

func (p *playground) play(task *Task, program [][]move) error {
	l := task.Loop()
	for _, body := range program {
		p.start(task, body)
	}
	for l.ready.Len() > 0 || len(l.timers.entries) > 0 {
		task.Yield()
	}
	p.atRest()
	for n := 0; slices.ContainsFunc(p.tasks, func(t *TaskOf[None]) bool { return !t.Done() }); n++ {
		if n == 1000 {
			p.check(false, "not all tasks end")
			break
		}
		for _, t := range p.tasks {
			t.Cancel()
		}
		task.Yield()
	}
	p.atRest()
	return nil
}

func (p *playground) start(by *Task, body []move) {
	p.tasks = append(p.tasks, by.Start("", func(t *Task) error {
		for _, m := range body {
			p.do(t, m)
		}
		return nil
	}))
}

// do makes a move. That it fails is fine if the rules are kept.
func (p *playground) do(t *Task, m move) error {
	rest := func() (err error) {
		for range m.Rounds {
			if err == nil {
				err = t.Yield()
			}
		}
		return err
	}
	condition, barrier := pick(p.conditions, m), pick(p.barriers, m)
	event, queue := pick(p.events, m), pick(p.queues, m)
	switch m.Kind {
	case "yield":
		return t.Yield()
	case "sleep":
		return t.Sleep(time.Duration(m.Rounds) * time.Microsecond)
	case "spawn":
		p.start(t, m.Body)
	case "cancel":
		p.tasks[m.Whom%len(p.tasks)].Cancel()
	case "lock":
		return pick(p.locks, m).enter(t, rest)
	case "semaphore":
		return pick(p.semaphores, m).enter(t, rest)
	case "set":
		event.set()
	case "clear":
		event.Clear()
	case "event":
		return event.wait(t)
	case "notify":
		return condition.notify(t, m.Rounds)
	case "condition":
		return condition.wait(t)
	case "barrier":
		return barrier.wait(t)
	case "abort":
		barrier.Abort()
	case "reset":
		barrier.Reset()
	default:
		return p.withQueue(t, m.Kind, queue)
	}
	return nil
}

func (p *playground) withQueue(t *Task, kind string, q *ruledQueue) error {
	p.value++
	v := p.value * 7 % 1009 // unlike any other
	switch kind {
	case "put":
		return q.put(t, v)
	case "get":
		return q.get(t)
	case "put at once":
		return q.hasPut(v, q.PutNowait(v))
	case "get at once":
		return q.hasGot(q.GetNowait())
	case "done":
		q.done()
		return nil
	case "join":
		return q.join(t)
	}
	panic("unknown move " + kind)
}

func pick[T any](all []T, m move) T { return all[m.Which%len(all)] }

func (p *playground) atRest() {
	atRest(p.locks)
	atRest(p.semaphores)
	atRest(p.events)
	atRest(p.conditions)
	atRest(p.barriers)
	atRest(p.queues)
}

func atRest[T interface{ atRest() }](all []T) {
	for _, one := range all {
		one.atRest()
	}
}
