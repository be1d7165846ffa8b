package stats

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Lag1 is the autocorrelation of xs at lag 1, and 0 where there is none to
// speak of: fewer than 3 values, or all the same.
func Lag1(xs []float64) float64 {
	if len(xs) < 3 {
		return 0
	}
	mean := 0.0
	for _, x := range xs {
		mean += x / float64(len(xs))
	}
	var together, alone float64
	for i, x := range xs {
		alone += (x - mean) * (x - mean)
		if i > 0 {
			together += (x - mean) * (xs[i-1] - mean)
		}
	}
	if alone == 0 {
		return 0
	}
	return together / alone
}

// LagP is the chance that xs in random order have an autocorrelation at lag 1
// as high as theirs: a permutation test, drawn 1,999 times, in which the observed
// order counts as one. Of more than a hundred values that distribution is taken for
// normal, as it is in the limit. A bound on the autocorrelation itself, such as 2/√n, is of
// no use here: the estimate of few values lies far below the truth, and of six
// values none reaches that bound.
func LagP(xs []float64, seed uint64) float64 {
	const draws, many = 1_999, 100
	if n := float64(len(xs)); n > many {
		return distuv.UnitNormal.Survival((Lag1(xs) + 1/n) * math.Sqrt(n))
	}
	rng := rand.New(rand.NewPCG(seed, 1))
	observed, drawn := Lag1(xs), slices.Clone(xs)
	hits := 1
	for range draws {
		rng.Shuffle(len(drawn), func(i, j int) { drawn[i], drawn[j] = drawn[j], drawn[i] })
		if Lag1(drawn) >= observed-1e-12 { // sums in another order differ in their last bits
			hits++
		}
	}
	return float64(hits) / (draws + 1)
}
