package workloads

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"concbench/models"
	"concbench/results"
)

// A ring is the tasks of Switch and what they share. Its tasks meet at a
// barrier before and after a warm-up, so that starting them is not measured.
type ring struct {
	size, laps int
	handoff    bool
	cpus       []int // to pin tasks to, in turn; empty to leave them alone

	roll    *rollCall
	gate    models.Event // opens when all are there, or some never will be
	broken  bool         // a ring with a member missing; written before the gate opens
	barrier models.Barrier
	token   []models.Semaphore // token[i] lets task i run
	holder  int                // whose turn it is, guarded by the token itself
	last    atomic.Int64       // who ran last, when yielding
	members []member

	whole   stretch
	clock   time.Time   // when the measured laps began
	started atomic.Bool // the clock is running
	kernel  int64       // context switches in the measured laps
	ledger  ledger
}

// A member is what one task of the ring counts for itself. The padding keeps
// two members out of one cache line.
type member struct {
	stay
	hops      int // turns taken in the measured laps
	turns     int // of them, those after which another task had run
	outOfTurn bool
	rushed    bool // it went on before the clock was started
	_         [64]byte
}

func newRing(t *Trial) *ring {
	size := t.Params.Int("tasks")
	r := &ring{
		size:    size,
		laps:    lapsOf(t.Params),
		handoff: t.Params.String("via") == "handoff",
		members: make([]member, size),
		roll:    newRollCall(t, size),
	}
	for i := range r.members {
		r.members[i].name = fmt.Sprint("switcher ", i)
	}
	return r
}

// place finds the processors of cpu=cross, and sees that cpu=same is true.
func (r *ring) place(cpu string) (err error) {
	switch cpu {
	case "same":
		return onOneCPU()
	case "cross":
		r.cpus, err = twoCPUs()
	}
	return err
}

// open starts the clock of the measured laps.
func (r *ring) open() {
	r.clock = time.Now()
	r.started.Store(true)
}

// start makes the primitives and the tasks. A task that fails before the
// barrier would leave the others waiting there, so pinning comes first and its
// error is kept until the measured part is over.
func (r *ring) start(main models.Task) ([]models.Handle, error) {
	r.gate = main.NewEvent()
	r.barrier = main.NewBarrier(r.size + 1)
	if r.handoff {
		for range r.size {
			r.token = append(r.token, main.NewSemaphore(0))
		}
		r.token[0].Release(main)
	}
	var handles []models.Handle
	for i := range r.size {
		handles = append(handles, main.Start(r.members[i].name, func(t models.Task) error { return r.body(t, i) }))
	}
	missing := r.roll.wait(main)
	r.broken = missing != nil
	r.gate.Set(main)
	if r.broken {
		// The error of a task that could not be started is the reason.
		return nil, errors.Join(models.JoinAll(main, handles...), missing)
	}
	return handles, nil
}

// warmUp is the share of the laps that runs before the clock starts.
const warmUp = 10

func (r *ring) body(t models.Task, i int) error {
	m := &r.members[i]
	if m.begin(); m.runs > 1 {
		return fmt.Errorf("%s was run again", m.name)
	}
	r.roll.present()
	if err := r.gate.Wait(t); err != nil || r.broken {
		return err
	}
	pinned := r.pin(t, i)
	if err := r.run(t, i, r.laps/warmUp); err != nil {
		return err
	}
	for range 2 {
		if _, err := r.barrier.Wait(t); err != nil {
			return err
		}
	}
	m.hops, m.turns = 0, 0
	m.rushed = !r.started.Load()
	err := r.run(t, i, r.laps)
	m.end()
	if pinned != nil {
		return pinned
	}
	return err
}

func (r *ring) pin(t models.Task, i int) error {
	if len(r.cpus) == 0 {
		return nil
	}
	p, ok := t.(models.Pinner)
	if !ok {
		return fmt.Errorf("the model cannot hold a task to a processor: try cpu=any")
	}
	cpu := r.cpus[i%len(r.cpus)]
	if err := p.Pin(cpu); err != nil {
		return err
	}
	return heldTo(cpu)
}

func (r *ring) run(t models.Task, i, laps int) error {
	if r.handoff {
		return r.pass(t, i, laps)
	}
	return r.yield(t, i, laps)
}

// pass takes the token, looks whether it really is this task's turn, and hands
// it on: one hop is one blocking switch.
func (r *ring) pass(t models.Task, i, laps int) error {
	me, next := &r.members[i], (i+1)%r.size
	mine, others := r.token[i], r.token[next]
	for range laps {
		if err := mine.Acquire(t); err != nil {
			return err
		}
		if r.holder != i {
			me.outOfTurn = true
		}
		r.holder = next
		me.hops++
		others.Release(t)
	}
	me.turns = me.hops
	return nil
}

// yield lets others run and counts how often one did: a yield that finds
// nobody ready, or is overtaken by its own task, is no switch.
func (r *ring) yield(t models.Task, i, laps int) error {
	me, id := &r.members[i], int64(i)
	for range laps {
		if r.last.Load() != id {
			r.last.Store(id)
			me.turns++
		}
		if err := t.Yield(); err != nil {
			return err
		}
		me.hops++
	}
	return nil
}

// enough is how many yields it takes to judge how many of them are switches.
const enough = 1000

// report divides by the switches that there were. A yield after which the same
// task goes on is none; a model in which most are of that kind has no number.
func (r *ring) report(t *Trial) error {
	var end time.Time
	turns := 0
	for i := range r.members {
		turns += r.members[i].turns
		if r.members[i].ended.After(end) {
			end = r.members[i].ended
		}
	}
	hops := r.size * r.laps
	if turns == 0 || hops >= enough && 2*turns < hops {
		return fmt.Errorf("only %d of %d yields let another task run, so this is no time of a switch: try via=handoff, or cpu=same", turns, hops)
	}
	t.set("sec/switch", end.Sub(r.clock).Seconds()/float64(turns))
	t.set("switches/switch", float64(r.kernel)/float64(turns))
	t.set("turns/yield", float64(turns)/float64(hops))
	return nil
}

// done is the ledger of what the members counted.
func (r *ring) done(traits models.Traits) results.Work {
	ran, ended, hops := 0, 0, 0
	var stays []*stay
	for i := range r.members {
		m := &r.members[i]
		ran, hops = ran+m.runs, hops+m.hops
		if !m.ended.IsZero() {
			ended++
		}
		if m.outOfTurn {
			r.ledger.fault("%s went on when it was not its turn", m.name)
		}
		if m.rushed {
			r.ledger.fault("%s went on before the clock was started", m.name)
		}
		stays = append(stays, &m.stay)
	}
	r.ledger.inspect(traits, r.whole, 0, stays...)
	return r.work(ran, ended, hops)
}

func (r *ring) work(ran, ended, hops int) results.Work {
	r.ledger.created.Add(int64(ran))
	r.ledger.finished.Add(int64(ended))
	r.ledger.messages.Add(int64(hops))
	return r.ledger.work(checksum(fmt.Sprintf("%d hops of %d tasks, handed on: %v", hops, r.size, r.handoff)))
}
