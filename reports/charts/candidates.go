package charts

import (
	"math"
	"slices"
	"strconv"
)

// slack is how far values may lie beyond the outermost labels, as a share of their
// range: noise below zero must not cost the space to the next label.
const slack = 0.03

// candidates are the labellings that hold the values from low to high, at
// least one of which has three labels at equal distances.
func (a Axis) candidates(low, high float64) []candidate {
	var all []candidate
	if a.Log {
		inward := math.Pow(high/low, slack)
		all = a.logarithmic(low*inward, high/inward)
	} else {
		inward := slack * (high - low)
		all = a.evenly(low+inward, high-inward)
	}
	for i := range all {
		c := &all[i]
		c.low, c.high = min(low, c.labels[0]), max(high, c.labels[len(c.labels)-1])
		c.waste = 1 - (a.share(high, c.low, c.high) - a.share(low, c.low, c.high))
	}
	return all
}

func (a Axis) logarithmic(low, high float64) []candidate {
	if a.Unit.Binary() && high >= leastDoubled {
		return doublings(low, high)
	}
	return decades(low, high)
}

func (a Axis) evenly(low, high float64) []candidate {
	if a.Quantiles {
		return quantiles(high)
	}
	return linear(low, high, a.Unit.Binary() && high-low >= leastDoubled*mostIntervals)
}

// leastDoubled is the smallest number of bytes of which doublings are round: a
// quarter. An axis of nothing but smaller parts, which only a mean has, is counted
// in tens.
const leastDoubled = 0.25

// mostIntervals are more than there is ever room for between labels.
const mostIntervals = 16

// linear steps by 1, 2, 2.5 or 5 times a power of ten, or by a power of two.
func linear(low, high float64, binary bool) []candidate {
	var all []candidate
	base, multiples := 10.0, []float64{1, 2, 2.5, 5}
	if binary {
		base, multiples = 2, []float64{1}
	}
	span := high - low
	exponent := math.Floor(math.Log(span/mostIntervals) / math.Log(base))
	for {
		for _, m := range multiples {
			step := m * math.Pow(base, exponent)
			// What arithmetic adds to a multiple must not cost a whole interval.
			first, last := math.Floor(low/step+1e-9), math.Ceil(high/step-1e-9)
			last = max(last, first+leastLabels-1)
			if last-first > mostIntervals {
				continue
			}
			c := candidate{}
			for i := first; i <= last; i++ {
				c.labels = append(c.labels, i*step)
			}
			all = append(all, c)
			if last-first < leastLabels {
				return all
			}
		}
		exponent++
	}
}

// doublings steps by 2, 4, 8 and so on.
func doublings(low, high float64) []candidate {
	var all []candidate
	first, last := floorLog(low, 2), ceilLog(high, 2)
	for every := 1; ; every++ {
		intervals := max(leastLabels-1, (last-first+every-1)/every)
		if intervals <= mostIntervals {
			all = append(all, powers(high, 2, first, every, intervals))
		}
		if intervals < leastLabels {
			return all
		}
	}
}

// powers labels every so-manyth power of a base.
func powers(high, base float64, first, every, intervals int) candidate {
	first -= (every*intervals - (ceilLog(high, base) - first)) / 2
	last := first + every*intervals
	c := candidate{}
	for e := first; e <= last; e++ {
		if v := math.Pow(base, float64(e)); (e-first)%every == 0 {
			c.labels = append(c.labels, v)
		} else if last-first <= 4*mostIntervals {
			c.ticks = append(c.ticks, v)
		}
	}
	return c
}

// decades labels 1, 2 and 5 times powers of ten, or 1 and 3 times, or powers
// alone, or every so-manyth power; or, unevenly, the ends and what fits between.
func decades(low, high float64) []candidate {
	var all []candidate
	for _, multiples := range [][]float64{{1, 2, 5}, {1, 3}, {1}} {
		if c := patterned(low, high, multiples); len(c.labels) <= mostIntervals {
			all = append(all, c)
		}
	}
	first, last := floorLog(low, 10), ceilLog(high, 10)
	for every := 2; ; every++ {
		intervals := max(leastLabels-1, (last-first+every-1)/every)
		if intervals <= mostIntervals {
			all = append(all, powers(high, 10, first, every, intervals))
		}
		if intervals < leastLabels {
			break
		}
	}
	if c, ok := uneven(low, high); ok {
		all = append(all, c)
	}
	return all
}

// patterned labels all of some multiples of the powers of ten.
func patterned(low, high float64, multiples []float64) candidate {
	from, to := floorLog(low, 10)-2, ceilLog(high, 10)+2
	labels := multiplesOf(from, to, multiples)
	first, last := around(labels, low, high)
	c := candidate{labels: labels[first : last+1]}
	if to-from <= mostIntervals {
		c.ticks = slices.DeleteFunc(multiplesOf(from, to, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9}),
			func(v float64) bool { return v < labels[first] || v > labels[last] })
	}
	return c
}

// uneven labels the tightest ends of the pattern 1, 2, 5 and of what lies
// between, powers of ten first, as much as fits.
func uneven(low, high float64) (candidate, bool) {
	c := patterned(low, high, []float64{1, 2, 5})
	inner := c.labels[1 : len(c.labels)-1]
	c.labels = []float64{c.labels[0], c.labels[len(c.labels)-1]}
	for _, power := range []bool{true, false} {
		for _, v := range inner {
			if isPower := math.Pow(10, float64(floorLog(v, 10))) == v; isPower == power {
				c.more = append(c.more, v)
			}
		}
	}
	return c, len(c.more) > 0 && len(c.more) <= 4*mostIntervals
}

func multiplesOf(from, to int, multiples []float64) []float64 {
	var all []float64
	for e := from; e <= to; e++ {
		for _, m := range multiples {
			all = append(all, m*math.Pow(10, float64(e)))
		}
	}
	return all
}

// around returns the places of the last value at or below low and of the first
// at or above high, or of more values where these are too few to be labels. There
// must be a value to spare at both ends.
func around(values []float64, low, high float64) (first, last int) {
	for values[first+1] <= low*(1+1e-9) {
		first++
	}
	for last = first; values[last] < high*(1-1e-9); {
		last++
	}
	if last-first < leastLabels-1 {
		first--
	}
	return first, max(last, first+leastLabels-1)
}

// floorLog and ceilLog are the exponents of the powers at or beyond v; a power
// itself is not missed for the last bit of a logarithm.
func floorLog(v, base float64) int {
	return int(math.Floor(math.Log(v)/math.Log(base) + 1e-9))
}

func ceilLog(v, base float64) int {
	return int(math.Ceil(math.Log(v)/math.Log(base) - 1e-9))
}

// quantiles label 0 %, 50 %, 90 %, 99 % and so on, or end halfway to the next,
// at 95 % or 99.5 %. Values are minus the decimal logarithm of what lies beyond.
func quantiles(high float64) []candidate {
	const half = 0.30102999566398120 // of ten: log10(2)
	last := max(1, int(math.Ceil(high-1e-9)))
	c := candidate{labels: []float64{0, half}}
	for e := 1; e <= last; e++ {
		c.labels = append(c.labels, float64(e))
	}
	coarse := candidate{labels: slices.Delete(slices.Clone(c.labels), 1, 2), ticks: []float64{half}}
	ends := candidate{labels: []float64{0, float64(last)}, more: c.labels[1 : len(c.labels)-1]}
	all := []candidate{c, coarse, ends}
	if end := float64(last-1) + half; last > 1 && high <= end+1e-9 {
		tight := candidate{labels: slices.Clone(c.labels)}
		tight.labels[len(tight.labels)-1] = end
		all = append(all, tight)
	}
	return all
}

// quantileText writes 2 as "99 %" and 2.301 as "99.5 %".
func quantileText(v float64) string {
	beyond := 100 * math.Pow(10, -v)
	decimals := max(0, int(math.Ceil(v-2-1e-9)))
	return strconv.FormatFloat(100-beyond, 'f', decimals, 64) + "\u00a0%"
}
