package noise

import (
	"fmt"

	"concbench/results"
	"concbench/stats"
)

// Needed is how many clean rounds an answer needs.
const Needed = stats.LeastRounds

// A Decision is whether a round in reserve is measured, and why.
type Decision struct {
	Verdict Verdict
	Clean   int     // rounds that are
	Of      int     // rounds measured
	Round   int     // the next in reserve, from 0
	Left    int     // rounds in reserve
	Takes   float64 // seconds that the next one will take, about
	Spare   float64 // seconds that are left of the budget
}

// A Verdict is the core of a decision.
type Verdict int

// The verdicts.
const (
	Enough   Verdict = iota // rounds are clean
	Early                   // planned trials are still to be run
	Measure                 // the next round
	Hopeless                // more rounds are missing than are in reserve
	Late                    // the next round takes longer than there is time
)

// Next decides, from what the machine did so far and from nothing that was
// measured, whether the run goes on with a round of its reserve. The same records
// give the same decision, so a run that was interrupted goes on as it would have.
//
// A round is measured if fewer than [Needed] are clean, if those in
// reserve are enough to make it so many, and if it fits into the budget. One that
// was begun is finished.
func Next(run results.Run, records []results.Record) Decision {
	r := newReserve(run, records)
	account := Count(run, r.regular())
	d := Decision{Clean: account.Clean(), Of: len(account.Rounds), Left: len(r.left), Takes: r.takes(), Spare: run.Budget - r.used}
	if d.Left > 0 {
		d.Round = r.left[0]
	}
	switch {
	case r.missing:
		d.Verdict = Early
	case r.begun:
		d.Verdict = Measure
	case d.Clean >= Needed:
		d.Verdict = Enough
	case d.Clean+d.Left < Needed:
		d.Verdict = Hopeless
	case d.Takes > d.Spare:
		d.Verdict = Late
	default:
		d.Verdict = Measure
	}
	return d
}

// String tells the decision in a sentence, without a stop.
func (d Decision) String() string {
	text := fmt.Sprintf("%d of %d rounds are clean, and an answer needs %d: ", d.Clean, d.Of, Needed)
	switch d.Verdict {
	case Measure:
		return text + fmt.Sprintf("round %d is measured from the reserve, in about %.0f s", d.Round+1, d.Takes)
	case Hopeless:
		return text + fmt.Sprintf("%s in reserve are too few to make it so many", rounds(d.Left))
	case Late:
		return text + fmt.Sprintf("another takes about %.0f s, and %.0f s are left", d.Takes, max(0, d.Spare))
	case Early:
		return "planned trials are still to be run"
	}
	return fmt.Sprintf("%d of %d rounds are clean", d.Clean, d.Of)
}

func rounds(n int) string {
	if n == 1 {
		return "1 round"
	}
	return fmt.Sprintf("%d rounds", n)
}

// A reserve is what of a plan has been run, by what counts for its reserve.
type reserve struct {
	records []results.Record
	cells   map[string]*spent // those that rounds in reserve have
	missing bool              // trials that are not in reserve
	begun   bool              // the first of the rounds left
	left    []int             // rounds in reserve that are not finished
	used    float64           // seconds
}

// spent is the time that the trials of one cell took.
type spent struct {
	trials int
	sec    float64
}

func newReserve(run results.Run, records []results.Record) *reserve {
	r := &reserve{records: records, cells: map[string]*spent{}}
	done, begun := map[int]bool{}, map[int]bool{}
	for _, p := range run.Plan {
		if p.Reserve {
			r.cells[cellAtScale(p.Cell, p.Scale)] = &spent{}
		}
	}
	for _, record := range records {
		done[record.Seq], begun[record.Round] = true, true
		r.used += wall(record)
		if cell := r.cells[cellAtScale(record.Cell, record.Scale)]; cell != nil {
			cell.trials++
			cell.sec += wall(record)
		}
	}
	for _, p := range run.Plan {
		switch {
		case done[p.Seq]:
		case !p.Reserve:
			r.missing = true
		case len(r.left) == 0 || r.left[len(r.left)-1] != p.Round:
			r.left = append(r.left, p.Round)
		}
	}
	r.begun = len(r.left) > 0 && begun[r.left[0]]
	return r
}

func cellAtScale(c results.Cell, scale float64) string { return fmt.Sprint(c.Key(), " ", scale) }

// regular are the records of the cells that a round in reserve has; all, if
// there is no reserve. The others, which are run in some rounds only, have too few
// rounds for an answer as it is.
func (r *reserve) regular() []results.Record {
	if len(r.cells) == 0 {
		return r.records
	}
	var some []results.Record
	rounds := map[int]bool{}
	for _, record := range r.records {
		rounds[record.Round] = rounds[record.Round] || r.cells[cellAtScale(record.Cell, record.Scale)] != nil
	}
	for _, record := range r.records {
		if rounds[record.Round] {
			some = append(some, record)
		}
	}
	return some
}

// takes is about how long a whole round in reserve takes: what its cells took
// before.
func (r *reserve) takes() float64 {
	sum := 0.0
	for _, cell := range r.cells {
		if cell.trials > 0 {
			sum += cell.sec / float64(cell.trials)
		}
	}
	return sum
}
