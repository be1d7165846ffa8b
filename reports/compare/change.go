package compare

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"golang.org/x/perf/benchmath"
	"golang.org/x/perf/benchunit"
)

// A kind is what a comparison of two samples found.
type kind int

// The kinds.
const (
	undecided  kind = iota // the difference may be noise, which does not mean that there is none
	changed                // the U-test tells the samples apart
	equal                  // all values of both are the same
	exactEqual             // the same, of a count that must not vary
	exactOther             // another count, or one that varies
	described              // two machines: no test says anything
	kinds                  // how many there are
)

// A change is a comparison of a sample with the first.
type change struct {
	kind     kind
	delta    string // as text
	test     string // "(p=0.002 n=6)"; empty where nothing was tested
	warnings []error
}

// compared sets a sample beside the base. The samples of two machines are only
// described.
func compared(assumption benchmath.Assumption, base, c *cell, scale benchunit.Scaler, describe bool) change {
	before, after := base.summary.Center, c.summary.Center
	same := constant(base, c)
	switch exact := assumption == benchmath.AssumeExact; {
	case same && exact:
		return change{kind: exactEqual, delta: "equal"}
	case same:
		return change{kind: equal, delta: "equal"}
	case exact:
		result := assumption.Compare(base.sample, c.sample)
		return change{kind: exactOther, delta: difference(before, after, scale), test: "(" + result.String() + ")", warnings: result.Warnings}
	case describe:
		return change{kind: described, delta: quotient(before, after, scale)}
	}
	result := assumption.Compare(base.sample, c.sample)
	out := change{kind: changed, delta: difference(before, after, scale), test: "(" + result.String() + ")", warnings: result.Warnings}
	if result.P > result.Alpha {
		out.kind, out.delta = undecided, "~"
	}
	return out
}

// constant reports whether all values of some samples are one and the same.
func constant(all ...*cell) bool {
	first := all[0].sample.Values[0]
	for _, c := range all {
		// They are in order.
		if c.sample.Values[0] != first || c.sample.Values[len(c.sample.Values)-1] != first {
			return false
		}
	}
	return true
}

// difference writes a change of a median as a share of it. Nothing is a share of
// zero, and a share of what lies below it misleads: there it is the difference.
func difference(before, after float64, scale benchunit.Scaler) string {
	if before > 0 && after >= 0 && !math.IsInf(after/before, 0) || before == after {
		return percentage(before, after)
	}
	text := formatted(scale, after-before)
	if after >= before {
		text = "+" + text
	}
	return text
}

// percentage is written as benchstat writes it.
func percentage(before, after float64) string {
	return benchmath.Comparison{}.FormatDelta(before, after)
}

// quotient writes the ratio of two medians, or their difference where there is none.
func quotient(before, after float64, scale benchunit.Scaler) string {
	ratio := after / before
	if !(before > 0 && after > 0) || math.IsInf(ratio, 0) || ratio == 0 {
		return difference(before, after, scale)
	}
	return strings.TrimSuffix(fmt.Sprintf("%#.4g", ratio), ".") + "×"
}

// formatted writes a value in a scale, or, where it is too far from it to be
// divided, without one.
func formatted(scale benchunit.Scaler, v float64) string {
	if math.IsInf(v/scale.Factor, 0) {
		return strconv.FormatFloat(v, 'g', 4, 64)
	}
	return scale.Format(v)
}
