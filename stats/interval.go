package stats

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Level is the confidence that intervals are asked to have.
const Level = 0.95

// An Interval is a range for an unknown value and the probability with which
// such ranges hold it.
type Interval struct {
	Lo, Hi     float64
	Confidence float64 // achieved, not asked for
}

// Sufficient reports whether the interval has the confidence asked for. If not,
// it is the range of too few values and must be shown as that.
func (i Interval) Sufficient() bool { return i.Confidence >= Level }

// A Summary is the centre of a sample with its interval.
type Summary struct {
	N      int
	Median float64
	Interval
}

// Summarise returns the median of xs with its order-statistic interval. The
// zero Summary is that of no values.
func Summarise(xs []float64) Summary {
	if len(xs) == 0 {
		return Summary{}
	}
	return Summary{N: len(xs), Median: Median(xs), Interval: MedianInterval(xs)}
}

// LeastRounds is the smallest number of values whose median has an interval
// with a confidence of [Level].
const LeastRounds = 6

// MedianInterval returns the narrowest symmetric pair of order statistics that
// holds the median of a continuous distribution with a probability of at least
// [Level]. The pair (k, n+1-k) misses it when fewer than k values lie on one
// side, so its confidence is 1 - 2 P(B < k) with B binomial (n, 1/2): Thompson,
// "On Confidence Ranges for the Median", Annals of Mathematical Statistics 7
// (1936). When no pair reaches Level, which is so for n < [LeastRounds], it is
// the whole range with the confidence that has.
func MedianInterval(xs []float64) Interval {
	n := len(xs)
	if n == 0 {
		return Interval{Lo: math.NaN(), Hi: math.NaN()}
	}
	sorted := slices.Sorted(slices.Values(xs))
	k := intervalRank(n)
	return Interval{Lo: sorted[k-1], Hi: sorted[n-k], Confidence: 1 - 2*binomialBelow(n, k, 0.5)}
}

// intervalRank is the k of the pair (k, n+1-k) that [MedianInterval] takes.
func intervalRank(n int) int {
	k := 1
	for 2*(k+1) <= n && 1-2*binomialBelow(n, k+1, 0.5) >= Level {
		k++
	}
	return k
}

// binomialBelow is P(B < k) for B binomial (n, p).
func binomialBelow(n, k int, p float64) float64 {
	return distuv.Binomial{N: float64(n), P: p}.CDF(float64(k - 1))
}
