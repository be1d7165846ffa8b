package reports

import (
	"slices"

	"concbench/stats"
)

// An Answer is what the data says about a claim.
type Answer string

// The answers.
const (
	Holds       Answer = "holds"
	HoldsInPart Answer = "holds in part"
	HoldsAsTold Answer = "holds where n ≥ 6" // and the rest has too few rounds to tell
	HoldsNot    Answer = "does not hold"
	CannotTell  Answer = "cannot tell"
	aside       Answer = "" // shown for comparison, says nothing about the claim
)

// leastRounds are the fewest from which an interval of the median has 95 %.
const leastRounds = 6

// A Finding is a claim that people read, and what this run says about it.
type Finding struct {
	ID       string // as in docs/statistics.md
	Claim    string
	Rule     string // how the answer follows from the numbers
	Answer   Answer
	Evidence []Evidence
}

// Evidence is one sentence with its number, interval and count.
type Evidence struct {
	Text   string
	N      int // rounds
	Answer Answer
}

// Lead is the first evidence that decided the answer, and nil if there is none.
func (f Finding) Lead() *Evidence {
	wanted := f.Answer
	switch wanted {
	case HoldsAsTold:
		wanted = Holds
	case HoldsInPart:
		wanted = HoldsNot
	}
	i := slices.IndexFunc(f.Evidence, func(e Evidence) bool { return e.Answer == wanted })
	if i < 0 {
		return nil
	}
	return &f.Evidence[i]
}

// A claim is a row of the table of claims.
type claim struct {
	id, text, rule string
	evidence       func(d *data) []Evidence
}

func (d *data) findings() []Finding {
	var all []Finding
	for _, c := range claims {
		f := Finding{ID: c.id, Claim: c.text, Rule: c.rule, Evidence: c.evidence(d)}
		f.Answer = together(f.Evidence)
		all = append(all, f)
	}
	return all
}

// together is the answer of all evidence: a claim holds if it does everywhere.
func together(all []Evidence) Answer {
	var answers []Answer
	for _, e := range all {
		if e.Answer != aside && !slices.Contains(answers, e.Answer) {
			answers = append(answers, e.Answer)
		}
	}
	switch has := func(a Answer) bool { return slices.Contains(answers, a) }; {
	case len(answers) == 1:
		return answers[0]
	case has(Holds) && has(HoldsNot):
		return HoldsInPart
	case has(Holds):
		return HoldsAsTold
	case has(HoldsNot):
		return HoldsNot
	}
	return CannotTell
}

// answer says whether the true value lies where a claim wants it: yes and no
// are about the whole interval.
func answer(in stats.Interval, inside func(float64) bool, outside func(lo, hi float64) bool) Answer {
	switch {
	case !in.Sufficient():
		return CannotTell
	case inside(in.Lo) && inside(in.Hi):
		return Holds
	case outside(in.Lo, in.Hi):
		return HoldsNot
	}
	return CannotTell
}

// above answers whether a value is larger than a bound.
func above(in stats.Interval, bound float64) Answer {
	return answer(in, func(v float64) bool { return v > bound }, func(_, hi float64) bool { return hi <= bound })
}

// below answers whether a value is at most a bound.
func below(in stats.Interval, bound float64) Answer {
	return answer(in, func(v float64) bool { return v <= bound }, func(lo, _ float64) bool { return lo > bound })
}

// near answers whether a value is within the practical margin of another.
func near(in stats.Interval, value float64) Answer {
	low, high := value/(1+stats.Margin), value*(1+stats.Margin)
	return answer(in,
		func(v float64) bool { return v >= low && v <= high },
		func(lo, hi float64) bool { return hi < low || lo > high })
}

// note tells cells of one workload apart in a sentence.
func (d *data) note(c *cellData) string {
	if text := d.heading(c, d.where(c.Workload)); text != "" {
		return ", " + text
	}
	return ""
}
