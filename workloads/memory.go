package workloads

import (
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"

	"concbench/models"
	"concbench/results"
)

var memory = Workload{
	Name: "Memory",
	Doc:  "Tasks start, run their first instruction and then wait, while a process outside reads what this one holds.",
	Params: []ParamDef{
		{Name: "tasks", Default: "1000", Doc: "tasks that are parked at once", Check: intIn(0, 1_000_000)},
		{Name: "parked", Default: "event", Doc: "what they wait for: an event, or the end of a sleep", Check: oneOf("event", "sleep")},
	},
	Metrics: []results.Metric{
		{Name: "parked-bytes", Title: "memory of all parked tasks: resident, page tables, kernel stacks", Better: results.Lower},
		{Name: "parked-pss-bytes", Title: "resident memory of all parked tasks", Better: results.Lower},
		{Name: "parked-private-bytes", Title: "private memory of all parked tasks", Better: results.Lower},
		{Name: "parked-pagetable-bytes", Title: "page tables of all parked tasks", Better: results.Lower},
		{Name: "parked-kernelstack-bytes", Title: "kernel stacks of all parked tasks", Better: results.Lower},
		{Name: "parked-threads", Title: "threads while all are parked, less those before", Better: results.Neither},
		{Name: "released-pss-bytes", Title: "resident memory still held after all have ended", Better: results.Lower},
		{Name: "sec/start", Title: "time per task, from the first start to the last first instruction", Better: results.Lower},
	},
	Supports: needsTasks,
	Expect: func(t *Trial) (results.Work, error) {
		n := int64(t.Params.Int("tasks"))
		return results.Work{Created: n, Finished: n, Checksum: idSum(n * (n - 1) / 2)}, nil
	},
	Run: runMemory,
	Typical: func(name string, p Params, scale float64) time.Duration {
		per := 8 * time.Microsecond
		if name == "threads" {
			per = 500 * time.Microsecond
		}
		d := 100*time.Millisecond + time.Duration(p.Int("tasks"))*per
		if p.String("parked") == "sleep" {
			d += time.Duration(scale * float64(parkedSleep))
		}
		return d
	},
}

const (
	// parkedSleep is how long, before scaling, a task sleeps before it looks
	// whether it may end. Unscaled, it is longer than starting and sampling take
	// as a rule, so that nobody wakes meanwhile; it bounds the end where Cancel
	// wakes nobody.
	parkedSleep = 2 * time.Second

	// settle is the time given to the last task to get from its first
	// instruction to its wait.
	settle = 50 * time.Millisecond
)

// A parking is what the parked tasks share.
type parking struct {
	tasks   int64
	sleep   time.Duration // of a task that waits for the end of a sleep; 0 for an event
	ids     atomic.Int64  // sum of the numbers of the tasks that ran
	ledger  ledger
	roll    *rollCall
	gate    models.Event
	mayEnd  atomic.Bool
	handles []models.Handle
	began   time.Time
	allRan  time.Time
}

func runMemory(t *Trial) error {
	n := t.Params.Int("tasks")
	p := &parking{tasks: int64(n), roll: newRollCall(t, n)}
	if t.Params.String("parked") == "sleep" {
		p.sleep = max(time.Millisecond, time.Duration(t.Scale*float64(parkedSleep)))
	}
	var base, parked, released results.Memory
	err := t.Measure(func(main models.Task) (err error) {
		p.prepare(main)
		if base, err = sample(t, "baseline"); err != nil {
			return err
		}
		err = p.fill(main)
		if err == nil {
			parked, err = sample(t, "parked")
		}
		if p.ledger.finished.Load() > 0 {
			err = errors.Join(err, errors.New("tasks ended before they were released"))
		}
		// The error of a task that could not be started is the reason of all others.
		if err = errors.Join(p.empty(main), err); err != nil {
			return err
		}
		if left := p.ledger.created.Load() - p.ledger.finished.Load(); left > 0 {
			p.ledger.fault("%d tasks had not ended when they were said to have", left)
		}
		released, err = sample(t, "released")
		return err
	})
	p.checkThreads(t.Model.Traits(), parked)
	t.Work = p.ledger.work(idSum(p.ids.Load()))
	if err != nil {
		return err
	}
	p.report(t, base, parked, released)
	return nil
}

// sample collects garbage first, under every model, so that what is read is held.
func sample(t *Trial, label string) (results.Memory, error) {
	runtime.GC()
	m, err := t.Probe.Memory(label)
	if err != nil {
		return m, fmt.Errorf("reading memory when %s: %w", label, err)
	}
	return m, nil
}

// prepare makes the store of handles, the same for every model, and writes to
// each of its pages, so that its bytes are part of the baseline.
func (p *parking) prepare(main models.Task) {
	p.gate = main.NewEvent()
	p.handles = make([]models.Handle, p.tasks)
	for i := range p.handles {
		p.handles[i] = nil
	}
}

// fill starts the tasks and returns when all are parked.
func (p *parking) fill(main models.Task) error {
	p.began = time.Now()
	for i := range p.handles {
		p.handles[i] = main.Start("parked", func(t models.Task) error { return p.body(t, int64(i)) })
	}
	if p.tasks == 0 {
		return nil
	}
	if err := p.roll.wait(main); err != nil {
		return err
	}
	return main.Sleep(settle)
}

func (p *parking) body(t models.Task, id int64) error {
	p.ids.Add(id)
	p.ledger.created.Add(1)
	if p.roll.present() {
		p.allRan = time.Now()
	}
	err := p.park(t)
	p.ledger.finished.Add(1)
	return err
}

func (p *parking) park(t models.Task) error {
	if p.sleep == 0 {
		return p.gate.Wait(t)
	}
	for !p.mayEnd.Load() && !t.Cancelled() {
		if err := t.Sleep(p.sleep); err != nil {
			return err
		}
	}
	return nil
}

// empty releases all tasks, each model in its own idiom, and waits for them.
func (p *parking) empty(main models.Task) error {
	p.mayEnd.Store(true)
	p.gate.Set(main)
	if p.sleep > 0 {
		for _, h := range p.handles {
			h.Cancel()
		}
	}
	var first error
	for _, h := range p.handles {
		if err := h.Join(main); models.Failed(err) && first == nil {
			first = err
		}
	}
	clear(p.handles)
	return first
}

// checkThreads sees that tasks which are threads of their own were so while they
// were parked. Where nobody counts threads the number is 0.
func (p *parking) checkThreads(traits models.Traits, parked results.Memory) {
	if there := parked.Threads; traits.ThreadEach && there > 0 && there < p.tasks {
		p.ledger.fault("%d tasks that are threads of their own were parked, and the process had %d threads", p.tasks, there)
	}
}

// report takes differences: only they are the tasks' own.
func (p *parking) report(t *Trial, base, parked, released results.Memory) {
	pss := parked.PSS - base.PSS
	tables := parked.PageTables - base.PageTables
	stacks := parked.KernelStack - base.KernelStack
	t.set("parked-bytes", float64(pss+tables+stacks))
	t.set("parked-pss-bytes", float64(pss))
	t.set("parked-private-bytes", float64(parked.Private-base.Private))
	t.set("parked-pagetable-bytes", float64(tables))
	t.set("parked-kernelstack-bytes", float64(stacks))
	t.set("parked-threads", float64(parked.Threads-base.Threads))
	t.set("released-pss-bytes", float64(released.PSS-base.PSS))
	if p.tasks > 0 {
		t.set("sec/start", p.allRan.Sub(p.began).Seconds()/float64(p.tasks))
	}
}

func idSum(sum int64) string { return checksum(fmt.Sprint("sum of ids ", sum)) }
