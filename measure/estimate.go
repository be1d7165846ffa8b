package measure

import (
	"time"

	"concbench/results"
	"concbench/workloads"
)

// startup is what a trial takes beside its workload, before one has been seen.
const startup = 30 * time.Millisecond

// An estimate tells how long the rest of a run will take: as long as the same
// cells took so far, and for cells not yet seen what their workloads say is
// typical.
type estimate struct {
	runner *Runner
	took   map[string][]time.Duration // by Cell.Key
	last   time.Time                  // when the trial that runs was started
}

func newEstimate(r *Runner) *estimate {
	return &estimate{runner: r, took: map[string][]time.Duration{}, last: time.Now()}
}

// saw learns from a trial that has just ended.
func (e *estimate) saw(r results.Record) {
	now := time.Now()
	key := r.Cell.Key()
	e.took[key] = append(e.took[key], now.Sub(e.last))
	e.last = now
}

// remaining is the time that the trials of the plan from seq on will take.
func (e *estimate) remaining(seq int) time.Duration {
	e.last = time.Now()
	var sum time.Duration
	for _, planned := range e.runner.Plan.Plan[seq:] {
		if _, done := e.runner.done[planned.Seq]; done {
			continue
		}
		if took := e.took[planned.Cell.Key()]; len(took) > 0 {
			sum += mean(took)
		} else {
			sum += startup + e.runner.typical(planned)
		}
	}
	return sum
}

func mean(ds []time.Duration) time.Duration {
	var sum time.Duration
	for _, d := range ds {
		sum += d
	}
	return sum / time.Duration(len(ds))
}

// typical is what the workload says a trial takes; 0 if it does not say.
func (r *Runner) typical(p results.Planned) time.Duration {
	for _, w := range r.Workloads {
		if w.Name == p.Cell.Workload && w.Typical != nil {
			return w.Typical(p.Cell.Model, workloads.Params(p.Cell.Params), p.Scale)
		}
	}
	return 0
}

// generous is the default deadline.
func (r *Runner) generous(p results.Planned) time.Duration {
	return time.Minute + 10*r.typical(p)
}
