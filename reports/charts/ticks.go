package charts

import (
	"cmp"
	"math"
	"slices"
)

// A labelling is an axis with its labels, of which the first and the last stand at
// its ends, or so close to them that both ends can be read ("loose labels": P. Heckbert, "Nice Numbers for Graph Labels",
// Graphics Gems, 1990). Among the labellings that hold the data, the chooser
// takes the one that wastes least of the axis, labels enough of it, and labels
// it evenly; that is the idea of Talbot, Lin and Hanrahan, "An Extension of
// Wilkinson's Algorithm for Positioning Tick Labels on Axes", IEEE TVCG 16
// (2010). gonum/plot has that algorithm for linear axes, but it neither
// measures the labels nor knows units.
type labelling struct {
	low, high float64
	marks     []mark
}

// A mark is a tick, with a label or without.
type mark struct {
	value float64
	label string
}

// A candidate is a labelling before its labels are measured.
type candidate struct {
	low, high float64
	labels    []float64 // all of these, which include the ends
	more      []float64 // and of these, best first, those that still fit; an uneven axis
	ticks     []float64 // without labels
	waste     float64   // share of the axis without data
}

// A ruler measures the labels of an axis.
type ruler struct {
	length float64              // of the axis, points
	extent func(string) float64 // of a label along the axis, points
	gap    float64              // at least this between two labels, points
	most   int                  // labels
	beyond [2]float64           // how far a label may reach beyond the low and the high end, points
}

// center is the middle of a label that stands at a share of the axis: there, or
// as near as what lies beyond the ends allows.
func (r ruler) center(share float64, label string) float64 {
	half := r.extent(label) / 2
	return max(min(share*r.length, r.length+r.beyond[1]-half), half-r.beyond[0])
}

// leastLabels are the fewest from which a reader can tell the scale.
const leastLabels = 3

// choose labels an axis that holds the values from low to high. It labels both
// ends and at least one value between them. An axis that is too short for three
// labels has two, at its ends; one too short for two has one, at its upper end.
func (a Axis) choose(low, high float64, r ruler) labelling {
	var best *candidate
	var chosen []float64
	least := math.Inf(1)
	all := a.candidates(low, high)
	for _, c := range all {
		labels := a.fit(c, r)
		if cost := c.cost(len(labels)); len(labels) >= leastLabels && cost < least {
			best, chosen, least = &c, labels, cost
		}
	}
	if best == nil {
		c := slices.MinFunc(all, func(x, y candidate) int {
			return cmp.Or(cmp.Compare(len(x.labels), len(y.labels)), cmp.Compare(x.waste, y.waste))
		})
		best, chosen = &c, a.ends(c, r)
	}
	return a.written(*best, chosen)
}

// What a labelling loses by each fault, as a share of an axis without data.
const (
	costOfUneven = 0.35
	costOfFew    = 0.06 // for each label that is missing to five
	enoughLabels = 5
)

func (c candidate) cost(labels int) float64 {
	cost := c.waste + costOfFew*float64(max(0, enoughLabels-labels))
	if len(c.more) > 0 {
		cost += costOfUneven
	}
	return cost
}

// fit returns the values that are labelled, in order, and none if the labels
// that must be there do not fit.
func (a Axis) fit(c candidate, r ruler) []float64 {
	if len(c.labels) > r.most || !a.apart(c, c.labels, r) {
		return nil
	}
	labels := slices.Clone(c.labels)
	for _, v := range c.more {
		if len(labels) == r.most {
			break
		}
		at, _ := slices.BinarySearch(labels, v)
		if with := slices.Insert(slices.Clone(labels), at, v); a.apart(c, with, r) {
			labels = with
		}
	}
	return labels
}

// ends are the labels of an axis that is too short for three.
func (a Axis) ends(c candidate, r ruler) []float64 {
	last := c.labels[len(c.labels)-1]
	if both := []float64{c.labels[0], last}; a.apart(c, both, r) {
		return both
	}
	return []float64{last}
}

// apart reports whether no label touches its neighbour.
func (a Axis) apart(c candidate, labels []float64, r ruler) bool {
	text := a.writer(c)
	end := math.Inf(-1) // of the label before
	for _, v := range labels {
		label := text(v)
		center, half := r.center(a.share(v, c.low, c.high), label), r.extent(label)/2
		if center-half < end {
			return false
		}
		end = center + half + r.gap
	}
	return true
}

func (a Axis) written(c candidate, labels []float64) labelling {
	l := labelling{low: c.low, high: c.high}
	text := a.writer(c)
	for _, v := range labels {
		l.marks = append(l.marks, mark{v, text(v)})
	}
	for _, v := range slices.Concat(c.labels, c.more, c.ticks) {
		if !slices.ContainsFunc(l.marks, func(m mark) bool { return m.value == v }) {
			l.marks = append(l.marks, mark{value: v})
		}
	}
	return l
}

// share is where a value stands on the way from low to high, from 0 to 1.
func (a Axis) share(v, low, high float64) float64 {
	if a.Log {
		return (math.Log(v) - math.Log(low)) / (math.Log(high) - math.Log(low))
	}
	return (v - low) / (high - low)
}

// writer returns how the labels of a labelling are written. A logarithmic axis
// gives each label the name that suits it; all labels of a linear one have one
// name, the largest that leaves them round.
func (a Axis) writer(c candidate) func(float64) string {
	if a.Quantiles {
		return quantileText
	}
	if a.Log || len(a.Unit.Names) == 0 {
		return a.Unit.Tick
	}
	step := a.Unit.Step(max(math.Abs(c.low), math.Abs(c.high)))
	for step > 0 && slices.ContainsFunc(c.labels, func(v float64) bool { return !short(v / a.Unit.Factors[step]) }) {
		step--
	}
	return func(v float64) string { return a.Unit.tickIn(step, v) }
}

// short reports whether a number has at most two decimals.
func short(v float64) bool {
	return math.Abs(100*v-math.Round(100*v)) <= 1e-9*math.Abs(100*v)
}
