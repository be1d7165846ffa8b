package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestLag1(t *testing.T) {
	near(t, "of a trend", Lag1([]float64{1, 2, 3, 4, 5}), 0.4) // (2+0+0+2)/10
	near(t, "of a see-saw", Lag1([]float64{1, -1, 1, -1}), -0.75)
	near(t, "of two", Lag1([]float64{1, 2}), 0)
	near(t, "of the same", Lag1([]float64{3, 3, 3}), 0)
}

// TestLagPWarnsAsOftenAsIsSaid: rounds that are independent are called alike
// in one run of forty, at any number of rounds. How often those are that really
// are alike is what docs/statistics.md says.
func TestLagPWarnsAsOftenAsIsSaid(t *testing.T) {
	for _, test := range []struct {
		rounds      int
		alike       float64
		least, most float64
	}{
		{6, 0, 0.005, 0.025}, {20, 0, 0.01, 0.025}, {101, 0, 0.01, 0.025}, {101, 0.3, 0.7, 1},
		{6, 0.5, 0.05, 0.1}, {20, 0.5, 0.4, 0.6},
		{6, 0.8, 0.11, 0.16}, {20, 0.8, 0.75, 0.95},
	} {
		const runs = 500
		warned := 0
		rng := rand.New(rand.NewPCG(uint64(test.rounds), math.Float64bits(test.alike)))
		for range runs {
			if LagP(chain(rng, test.rounds, test.alike), 1) <= 0.025 {
				warned++
			}
		}
		share := float64(warned) / runs
		if blur := 4 * math.Sqrt(0.025/runs); share < test.least || share > test.most+blur {
			t.Errorf("%d rounds, autocorrelation %v: warned of in %.3f, want %v to %v", test.rounds, test.alike, share, test.least, test.most)
		}
	}
}

// TestIntervalsOfRoundsThatAreAlikeMissMoreOften holds the documentation's
// numbers: the interval's confidence is that of independent rounds.
func TestIntervalsOfRoundsThatAreAlikeMissMoreOften(t *testing.T) {
	for _, test := range []struct {
		rounds int
		alike  float64
		missed float64
	}{{6, 0, 0.03}, {6, 0.3, 0.08}, {6, 0.5, 0.15}, {20, 0, 0.04}, {20, 0.3, 0.10}, {20, 0.5, 0.18}} {
		const runs = 20_000
		missed := 0
		rng := rand.New(rand.NewPCG(uint64(test.rounds), math.Float64bits(test.alike)))
		for range runs {
			if in := MedianInterval(chain(rng, test.rounds, test.alike)); in.Lo > 0 || in.Hi < 0 {
				missed++
			}
		}
		if share := float64(missed) / runs; math.Abs(share-test.missed) > 0.01 {
			t.Errorf("%d rounds, autocorrelation %v: the interval misses in %.3f, and the documentation says %v", test.rounds, test.alike, share, test.missed)
		}
	}
}

// chain is a sequence of standard normal values, each of which resembles the one
// before.
func chain(rng *rand.Rand, n int, alike float64) []float64 {
	xs := make([]float64, n)
	x := rng.NormFloat64()
	for i := range xs {
		xs[i] = x
		x = alike*x + math.Sqrt(1-alike*alike)*rng.NormFloat64()
	}
	return xs
}
