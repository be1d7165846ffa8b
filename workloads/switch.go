package workloads

import (
	"fmt"
	"time"

	"concbench/models"
	"concbench/results"
)

var switching = Workload{
	Name: "Switch",
	Doc:  "Tasks hand the processor to each other, by yielding or through semaphores, many thousand times.",
	Params: []ParamDef{
		{Name: "via", Default: "yield", Doc: "yield: each task yields in a loop; handoff: a token goes round, each task blocks until it has it", Check: oneOf("yield", "handoff")},
		{Name: "tasks", Default: "2", Doc: "tasks that take turns", Check: intIn(2, 10_000)},
		{Name: "cpu", Default: "any", Doc: "same: the process is held to one processor from outside; cross: neighbours are pinned to different ones", Check: oneOf("any", "same", "cross")},
		{Name: "laps", Default: "auto", Doc: "turns of each task; auto: so many that all together take 200000, or 10000 with cpu=cross", Check: checkLaps},
	},
	Metrics: []results.Metric{
		{Name: "sec/switch", Title: "time per one-way switch", Better: results.Lower},
		{Name: "switches/switch", Title: "kernel context switches per switch", Better: results.Neither},
		{Name: "turns/yield", Title: "share of yields or hand-offs after which another task ran", Better: results.Neither},
	},
	Supports: supportsSwitch,
	Expect: func(t *Trial) (results.Work, error) {
		r := newRing(t)
		return r.work(r.size, r.size, r.size*r.laps), nil
	},
	Run: runSwitch,
	Typical: func(name string, p Params, _ float64) time.Duration {
		per := 300 * time.Nanosecond
		if name == "threads" {
			per = 5 * time.Microsecond
		}
		if p.String("cpu") == "cross" {
			per = 30 * time.Microsecond
		}
		return time.Duration(p.Int("tasks")*lapsOf(p)) * per
	},
}

func supportsSwitch(name string, traits models.Traits, p Params) error {
	if err := needsTasks(name, traits, p); err != nil {
		return err
	}
	cpu := p.String("cpu")
	switch {
	case cpu == "cross" && traits.OneThread:
		return fmt.Errorf("%s keeps all tasks on one thread, so none can be on another processor: try cpu=same", name)
	case cpu != "same" && traits.Parallel && p.String("via") == "yield":
		return fmt.Errorf("%s can run tasks on several processors, where they yield and nobody is there to switch to: try cpu=same", name)
	}
	return nil
}

func checkLaps(s string) error {
	if s == "auto" {
		return nil
	}
	if intIn(1, 100_000_000)(s) != nil {
		return fmt.Errorf("want auto or a whole number from 1 to 100000000")
	}
	return nil
}

// lapsOf is the same for every model, since a longer trial is a different one.
// The slowest, pinned to two processors, needs some 30 µs a switch.
func lapsOf(p Params) int {
	if p.String("laps") != "auto" {
		return p.Int("laps")
	}
	switches := 200_000
	if p.String("cpu") == "cross" {
		switches = 10_000
	}
	return max(1, switches/p.Int("tasks"))
}

func runSwitch(t *Trial) error {
	r := newRing(t)
	if err := r.place(t.Params.String("cpu")); err != nil {
		return err
	}
	err := t.Measure(func(main models.Task) error {
		r.whole.from = time.Now()
		handles, err := r.start(main)
		if err != nil {
			return err
		}
		if _, err := r.barrier.Wait(main); err != nil {
			return err
		}
		r.kernel = -t.Probe.KernelSwitches()
		r.open()
		if _, err := r.barrier.Wait(main); err != nil {
			return err
		}
		err = models.JoinAll(main, handles...)
		r.whole.to = time.Now()
		r.kernel += t.Probe.KernelSwitches()
		return err
	})
	t.Work = r.done(t.Model.Traits())
	if err != nil {
		return err
	}
	return r.report(t)
}
