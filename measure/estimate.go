package measure

import (
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
//
// It counts the trials that are left of each cell. To go through the plan before every
// trial would take longer than a trial in a plan of many thousands.
type estimate struct {
	runner    *Runner
	cells     map[cellAtScale]*rest
	workloads map[string]*spent
	started   time.Time // of the trial that runs
}

// A cellAtScale is a cell's key and the scale of its durations.
type cellAtScale struct {
	cell  string
	scale float64
}

// A rest is what is left to run of a cell, and what is known of it.
type rest struct {
	spent
	trial results.Planned // any of them
	left  int
}

// spent is the time that trials took, and what they were thought to take.
type spent struct {
	trials      int
	took, guess time.Duration
}

func newEstimate(r *Runner) *estimate {
	e := &estimate{runner: r, cells: map[cellAtScale]*rest{}, workloads: map[string]*spent{}}
	e.count()
	return e
}

// count counts what is left of each cell. It is due anew when a round in reserve is called.
func (e *estimate) count() {
	for _, cell := range e.cells {
		cell.left = 0
	}
	for _, planned := range e.runner.Plan.Plan {
		key := cellAtScale{planned.Cell.Key(), planned.Scale}
		if e.cells[key] == nil {
			e.cells[key] = &rest{trial: planned}
		}
		if e.runner.left(planned) {
			e.cells[key].left++
		}
	}
}

// start notes that a trial starts.
func (e *estimate) start() { e.started = time.Now() }

// saw learns from the trial that has just ended.
func (e *estimate) saw(r results.Record) {
	cell := e.cells[cellAtScale{r.Cell.Key(), r.Scale}]
	if e.workloads[r.Cell.Workload] == nil {
		e.workloads[r.Cell.Workload] = &spent{}
	}
	took, guess := time.Since(e.started), guess(e.runner.Workloads, cell.trial)
	cell.left--
	cell.add(took, guess)
	e.workloads[r.Cell.Workload].add(took, guess)
}

func (s *spent) add(took, guess time.Duration) {
	s.trials++
	s.took += took
	s.guess += guess
}

// remaining is the time that the trials that are left will take.
func (e *estimate) remaining() time.Duration {
	var sum time.Duration
	for _, cell := range e.cells {
		if cell.left > 0 {
			sum += time.Duration(cell.left) * e.one(cell)
		}
	}
	return sum
}

// one is the time that a trial of the cell will take.
func (e *estimate) one(cell *rest) time.Duration {
	if cell.trials > 0 {
		return cell.took / time.Duration(cell.trials)
	}
	guess := guess(e.runner.Workloads, cell.trial)
	if others := e.workloads[cell.trial.Cell.Workload]; others != nil {
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
