package measure

import (
	"concbench/noise"
	"concbench/results"
)

// due tells whether a trial of the plan is to be run as far as is known: it is
// not in reserve, or its round has been called.
func (r *Runner) due(p results.Planned) bool { return !p.Reserve || r.called[p.Round] }

// Due is how many trials of the plan are to be run, as far as is known.
func (r *Runner) Due() int {
	n := 0
	for _, p := range r.Plan.Plan {
		if r.due(p) {
			n++
		}
	}
	return n
}

// call decides whether the round in reserve is measured, and says so. It asks
// once for each round, when all that comes before has been run.
func (r *Runner) call(round int) bool {
	if r.called[round] {
		return true
	}
	d := noise.Next(r.Plan, r.summary().Records)
	r.called[round] = d.Verdict == noise.Measure
	if d.Verdict != noise.Enough {
		r.Progress.Reserve(d, r.Due())
	}
	return r.called[round]
}
