package stats

import (
	"fmt"
	"math"
	"slices"

	"github.com/montanaflynn/stats"
)

// Quantile returns the p-quantile of xs, 0 ≤ p ≤ 1, by linear interpolation
// between order statistics: type 7 of Hyndman and Fan, "Sample Quantiles in
// Statistical Packages", The American Statistician 50 (1996). It is NaN for no
// values, for a p outside the range, and if a value is NaN.
func Quantile(xs []float64, p float64) float64 {
	if len(xs) == 0 || !(p >= 0 && p <= 1) || slices.ContainsFunc(xs, math.IsNaN) {
		return math.NaN()
	}
	if p == 0 { // which the library takes for a mistake
		return slices.Min(xs)
	}
	q, err := stats.Percentile(xs, 100*p)
	if err != nil {
		panic(fmt.Sprintf("stats: percentile of checked input: %v", err))
	}
	return q
}

// Median is the middle value, or the mean of the middle two.
func Median(xs []float64) float64 { return Quantile(xs, 0.5) }
