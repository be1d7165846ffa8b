package measure

import (
	"fmt"
	"time"

	"concbench/results"
	"concbench/workloads"
)

// startup is what a trial takes beside its workload.
const startup = 16 * time.Millisecond

// An estimate tells how long the rest of a run will take. A cell takes as long
// as it took before, on average. One that has not been seen takes what its
// workload says is typical, corrected by how wrong that was for the workload's
// other cells.
type estimate struct {
	runner    *Runner
	cells     map[string]*spent // by cellAtScale
	workloads map[string]*spent
	started   time.Time // of the trial that runs
}

// spent is the time that trials took, and what they were thought to take.
type spent struct {
	trials      int
	took, guess time.Duration
}

func newEstimate(r *Runner) *estimate {
	return &estimate{runner: r, cells: map[string]*spent{}, workloads: map[string]*spent{}}
}

// start notes that a trial starts.
func (e *estimate) start() { e.started = time.Now() }

// saw learns from the trial that has just ended.
func (e *estimate) saw(r results.Record) {
	took := time.Since(e.started)
	guess := guess(e.runner.Workloads, e.runner.Plan.Plan[r.Seq])
	add := func(to map[string]*spent, key string) {
		if to[key] == nil {
			to[key] = &spent{}
		}
		to[key].trials++
		to[key].took += took
		to[key].guess += guess
	}
	add(e.cells, cellAtScale(r.Cell, r.Scale))
	add(e.workloads, r.Cell.Workload)
}

func cellAtScale(c results.Cell, scale float64) string { return fmt.Sprint(c.Key(), " ", scale) }

// remaining is the time that the trials of the plan from seq on will take.
func (e *estimate) remaining(seq int) time.Duration {
	var sum time.Duration
	for _, planned := range e.runner.Plan.Plan[seq:] {
		if _, done := e.runner.done[planned.Seq]; !done && e.runner.due(planned) {
			sum += e.trial(planned)
		}
	}
	return sum
}

func (e *estimate) trial(planned results.Planned) time.Duration {
	if cell := e.cells[cellAtScale(planned.Cell, planned.Scale)]; cell != nil {
		return cell.took / time.Duration(cell.trials)
	}
	guess := guess(e.runner.Workloads, planned)
	if others := e.workloads[planned.Cell.Workload]; others != nil {
		return time.Duration(float64(guess) * others.took.Seconds() / others.guess.Seconds())
	}
	return guess
}

// guess is what a trial of a cell takes of which nothing else is known.
func guess(all []workloads.Workload, planned results.Planned) time.Duration {
	return startup + typical(all, planned)
}

// typical is what the workload says a trial takes; 0 if it does not say.
func typical(all []workloads.Workload, p results.Planned) time.Duration {
	for _, w := range all {
		if w.Name == p.Cell.Workload && w.Typical != nil {
			return w.Typical(p.Cell.Model, workloads.Params(p.Cell.Params), p.Scale)
		}
	}
	return 0
}

// generous is the default deadline.
func (r *Runner) generous(p results.Planned) time.Duration {
	return time.Minute + 10*typical(r.Workloads, p)
}
