package stats

import (
	"math"
	"sort"

	"gonum.org/v1/gonum/stat/distuv"
)

// Power is the chance that a comparison of n rounds is judged [Slower] when the
// true ratio is 1+difference and the logarithms of the rounds' ratios are normal
// with the standard deviation sd. The lower end of the interval is the k-th
// smallest of them, so it lies beyond the margin when fewer than k rounds do not:
// the exact power of the sign test. With a margin of 0 it is the chance that the
// interval lies wholly above 1. Fewer than [LeastRounds] judge nothing.
//
// A true difference of the margin itself has a power of half of what the interval
// may miss, at any sd and any n: 1.6 % for six rounds, 2.1 % for 20.
func Power(n int, difference, sd, margin float64) float64 {
	if n < LeastRounds {
		return 0
	}
	inside := distuv.UnitNormal.CDF((math.Log1p(margin) - math.Log1p(difference)) / sd)
	return binomialBelow(n, intervalRank(n), inside)
}

// Detectable is the smallest true difference, as a share, that a comparison of
// n rounds judges [Slower] with the given power; see [Power]. It is infinite for
// fewer rounds than [LeastRounds].
func Detectable(n int, sd, margin, power float64) float64 {
	if n < LeastRounds {
		return math.Inf(1)
	}
	const steps = 10_000 // of the difference, in standard deviations from the margin
	at := func(i int) float64 { return math.Log1p(margin) + sd*(float64(i)/1_000-5) }
	i := sort.Search(steps, func(i int) bool { return Power(n, math.Expm1(at(i)), sd, margin) >= power })
	return math.Expm1(at(i))
}
