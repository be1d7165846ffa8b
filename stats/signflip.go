package stats

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// exactRounds is the largest number of values for which all 2^n choices of
// signs are tried. Above it, flips are drawn.
const (
	exactRounds = 16
	drawnFlips  = 9_999
)

// SignFlip returns the two-sided p-value of the hypothesis that the values are
// symmetric about 0, by the permutation test that flips their signs and looks
// at the mean: R. A. Fisher, "The Design of Experiments" (1935), section 21. It
// is valid because within a round the order of arms is random, so under the
// hypothesis each difference could as well have had the other sign.
//
// Up to 16 values it is exact. Above, it is drawn 9,999 times, and the observed
// choice counts as one of them, so that p is never 0. It is 1 for no values.
func SignFlip(d []float64, seed uint64) float64 {
	if len(d) == 0 {
		return 1
	}
	observed, size := 0.0, 0.0
	for _, x := range d {
		observed += x
		size += math.Abs(x)
	}
	// Sums of the same numbers in another order differ in their last bits.
	reached := math.Abs(observed) - 1e-12*size
	if len(d) <= exactRounds {
		return exactFlips(d, observed, reached)
	}
	return randomFlips(d, reached, seed)
}

// SmallestP is the smallest value that [SignFlip] can have for n values: that
// of all differences with one sign, which only itself and its mirror reach.
func SmallestP(n int) float64 {
	if n > exactRounds {
		return 1.0 / (drawnFlips + 1)
	}
	return min(1, math.Ldexp(1, 1-n))
}

// exactFlips walks through all choices of signs in Gray code order, in which
// each differs from the one before in one sign.
func exactFlips(d []float64, sum, reached float64) float64 {
	signs := make([]float64, len(d))
	for i := range signs {
		signs[i] = 1
	}
	all := 1 << len(d)
	hits := 0
	for i := range all {
		if i > 0 {
			flip := bits.TrailingZeros(uint(i))
			signs[flip] = -signs[flip]
			sum += 2 * signs[flip] * d[flip]
		}
		if math.Abs(sum) >= reached {
			hits++
		}
	}
	return float64(hits) / float64(all)
}

// randomFlips draws the signs of eight values at a time: the byte that is drawn
// is the place of their sum in a table.
func randomFlips(d []float64, reached float64, seed uint64) float64 {
	var tables [][256]float64
	for eight := range slices.Chunk(d, 8) {
		tables = append(tables, signedSums(eight))
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	hits := 1
	for range drawnFlips {
		sum := 0.0
		var signs uint64
		for i := range tables {
			if i%8 == 0 {
				signs = rng.Uint64()
			}
			sum += tables[i][byte(signs)]
			signs >>= 8
		}
		if math.Abs(sum) >= reached {
			hits++
		}
	}
	return float64(hits) / (drawnFlips + 1)
}

// signedSums are the sums of up to eight values with all choices of signs: a bit
// that is set stands for plus. Of fewer values each sum stands there equally often.
func signedSums(d []float64) (sums [256]float64) {
	for _, x := range d {
		sums[0] -= x
	}
	for signs := 1; signs < len(sums); signs++ {
		sums[signs] = sums[signs&(signs-1)]
		if last := bits.TrailingZeros(uint(signs)); last < len(d) {
			sums[signs] += 2 * d[last]
		}
	}
	return sums
}
