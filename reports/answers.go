package reports

import (
	"fmt"
	"slices"
	"strings"

	"concbench/stats"
)

// An Answer is what the data says about a claim.
type Answer string

// The answers. A claim has them of all its evidence together, evidence those
// that are about one value: it holds, it does not, or why that is not decided.
const (
	Holds        Answer = "holds"
	HoldsNot     Answer = "does not hold"
	TooFewRounds Answer = "too few rounds"    // for an interval of 95 %
	TooWide      Answer = "interval too wide" // it lies on both sides of what the claim says
	NoRatio      Answer = "no ratio"          // a value is not above zero
	aside        Answer = ""                  // shown for comparison, says nothing about the claim

	HoldsInPart          Answer = "holds in part"       // and in part it does not
	HoldsWhereDecided    Answer = "holds where decided" // and the rest is not decided
	HoldsNotWhereDecided Answer = "does not hold where decided"
	Undecided            Answer = "undecided" // for several reasons, or for want of evidence
)

// reasons are the answers that leave a claim undecided.
var reasons = []Answer{TooFewRounds, TooWide, NoRatio}

// decided reports whether the answer says that the claim holds, or that it does not.
func (a Answer) decided() bool {
	return a != aside && a != Undecided && !slices.Contains(reasons, a)
}

// together is the answer of all evidence: a claim holds if it does everywhere.
func together(all []Evidence) Answer {
	count := tally(all)
	open := 0
	var why []Answer
	for _, reason := range reasons {
		if count[reason] > 0 {
			open += count[reason]
			why = append(why, reason)
		}
	}
	switch yes, no := count[Holds] > 0, count[HoldsNot] > 0; {
	case yes && no:
		return HoldsInPart
	case yes && open > 0:
		return HoldsWhereDecided
	case yes:
		return Holds
	case no && open > 0:
		return HoldsNotWhereDecided
	case no:
		return HoldsNot
	case len(why) == 1:
		return why[0]
	}
	return Undecided
}

func tally(all []Evidence) map[Answer]int {
	count := map[Answer]int{}
	for _, e := range all {
		count[e.Answer]++
	}
	return count
}

// openText says how much of the evidence is undecided, and why; nothing if none
// is, or if all is for one reason, which is then the answer.
func openText(all []Evidence) string {
	count := tally(all)
	of := len(all) - count[aside]
	var parts []string
	for _, reason := range reasons {
		if n := count[reason]; n > 0 && n < of {
			parts = append(parts, fmt.Sprintf("%s in %d of %d", reason, n, of))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "undecided: " + strings.Join(parts, ", ")
}

// answer says whether the true value lies where a claim wants it: yes and no
// are about the whole interval.
func answer(in stats.Interval, inside func(float64) bool, outside func(lo, hi float64) bool) Answer {
	switch {
	case !in.Sufficient():
		return TooFewRounds
	case inside(in.Lo) && inside(in.Hi):
		return Holds
	case outside(in.Lo, in.Hi):
		return HoldsNot
	}
	return TooWide
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
