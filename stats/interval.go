package stats

import (
	"math"
	"slices"
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

// MedianInterval returns the narrowest symmetric pair of order statistics that
// holds the median of a continuous distribution with a probability of at least
// [Level]. The pair (k, n+1-k) misses it when fewer than k values lie on one
// side, so its confidence is 1 - 2 P(B < k) with B binomial (n, 1/2): Thompson,
// "On Confidence Ranges for the Median", Annals of Mathematical Statistics 7
// (1936). When no pair reaches Level, which is so for n < 6, it is the whole
// range with the confidence that has.
func MedianInterval(xs []float64) Interval {
	n := len(xs)
	if n == 0 {
		return Interval{Lo: math.NaN(), Hi: math.NaN()}
	}
	sorted := slices.Sorted(slices.Values(xs))
	best := Interval{Lo: sorted[0], Hi: sorted[n-1], Confidence: 1 - 2*binomialBelow(n, 1)}
	for k := 2; 2*k <= n; k++ {
		confidence := 1 - 2*binomialBelow(n, k)
		if confidence < Level {
			break
		}
		best = Interval{Lo: sorted[k-1], Hi: sorted[n-k], Confidence: confidence}
	}
	return best
}

// binomialBelow is P(B < k) for B binomial (n, 1/2).
func binomialBelow(n, k int) float64 {
	sum := 0.0
	for i := range k {
		sum += math.Exp(logChoose(n, i) - float64(n)*math.Ln2)
	}
	return sum
}

func logChoose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}
