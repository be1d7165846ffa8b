package stats

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSignFlipOfFishersPlants(t *testing.T) {
	// Darwin's fifteen pairs of plants, in eighths of an inch. Fisher counted 835 +
	// 28 of 32768 choices of signs with a sum at least as high as 314, and as many
	// as low: p is 2 x 863 / 32768 ("The Design of Experiments", section 21).
	plants := []float64{49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48}
	near(t, "p", SignFlip(plants, 1), 2*863.0/32768)
}

func TestSignFlipByHand(t *testing.T) {
	near(t, "p of nothing", SignFlip(nil, 1), 1)
	near(t, "p of zeros", SignFlip([]float64{0, 0, 0}, 1), 1)
	near(t, "p of one side", SignFlip([]float64{1, 2, 3, 4, 5, 6}, 1), 2.0/64)
	near(t, "p of 1, 2, -4", SignFlip([]float64{1, 2, -4}, 1), 1) // sums 7 5 3 1, each twice; |-1| is reached by all
}

func TestDrawnSignFlipAgreesWithTheExactOne(t *testing.T) {
	d := []float64{0.3, -0.1, 0.4, 0.2, -0.3, 0.5, 0.1, 0.2, -0.2, 0.3, 0.1}
	exact := SignFlip(d, 1)
	sum := 0.0
	for _, x := range d {
		sum += x
	}
	drawn := randomFlips(d, sum-1e-9, 1)
	if math.Abs(drawn-exact) > 4*math.Sqrt(exact*(1-exact)/drawnFlips) {
		t.Errorf("drawn %v, exact %v", drawn, exact)
	}
	long := slices.Concat(d, d)
	if SignFlip(long, 5) != SignFlip(long, 5) {
		t.Error("the same seed gives another p")
	}
	if p := SignFlip(slices.Repeat([]float64{1}, 40), 1); p != 1.0/(drawnFlips+1) {
		t.Errorf("p is %v, want the smallest that can be drawn", p)
	}
}

func TestSignFlipIsRarelyWrongWithoutAnEffect(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	const tests = 4_000
	alarms := 0
	for range tests {
		d := make([]float64, 8)
		for i := range d { // skewed, but the arms are exchangeable
			d[i] = rng.ExpFloat64() - rng.ExpFloat64()
		}
		if SignFlip(d, 1) <= 0.05 {
			alarms++
		}
	}
	if share := float64(alarms) / tests; share > 0.05+4*math.Sqrt(0.05*0.95/tests) {
		t.Errorf("%v false alarms at 0.05", share)
	}
}

func TestCompareByHand(t *testing.T) {
	a, b := []float64{2, 4, 8, 16, 32, 64}, []float64{1, 2, 4, 8, 16, 16}
	c, err := Compare(a, b, 1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ratio", c.Ratio, 2)
	near(t, "low", c.Lo, 2)
	near(t, "high", c.Hi, 4)
	near(t, "confidence", c.Confidence, 0.96875)
	near(t, "p", c.P, 2.0/64)
}

func TestCompareTurnedRoundIsTheInverse(t *testing.T) {
	positive := rapid.SliceOfN(rapid.Float64Range(1e-9, 1e9), 1, 12)
	rapid.Check(t, func(t *rapid.T) {
		a := positive.Draw(t, "a")
		b := rapid.SliceOfN(rapid.Float64Range(1e-9, 1e9), len(a), len(a)).Draw(t, "b")
		x, err1 := Compare(a, b, 1)
		y, err2 := Compare(b, a, 1)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		for _, pair := range [][2]float64{{x.Ratio, 1 / y.Ratio}, {x.Lo, 1 / y.Hi}, {x.Hi, 1 / y.Lo}, {x.P, y.P}} {
			if math.Abs(pair[0]/pair[1]-1) > 1e-9 {
				t.Fatalf("%+v and %+v", x, y)
			}
		}
	})
}

func TestWhatHasNoRatio(t *testing.T) {
	for _, test := range [][2][]float64{{nil, nil}, {{1}, {1, 2}}, {{0}, {1}}, {{1}, {0}}, {{-1}, {1}}, {{math.NaN()}, {1}}, {{math.Inf(1)}, {1}}} {
		if _, err := Compare(test[0], test[1], 1); !errors.Is(err, ErrNoRatio) {
			t.Errorf("%v: error %v", test, err)
		}
	}
}

func TestHolmByHand(t *testing.T) {
	// Holm's own order: .01 x 4, .02 x 3 = .06, .03 x 2 = .06, .04 x 1 raised to .06.
	got := Holm([]float64{0.04, 0.01, 0.03, 0.02})
	for i, want := range []float64{0.06, 0.04, 0.06, 0.06} {
		near(t, "adjusted p", got[i], want)
	}
	if got := Holm([]float64{0.9, 0.8}); got[0] != 1 || got[1] != 1 {
		t.Errorf("above 1: %v", got)
	}
	if len(Holm(nil)) != 0 {
		t.Error("of nothing")
	}
}

func TestHolmNeverLowersAndKeepsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ps := rapid.SliceOf(rapid.Float64Range(0, 1)).Draw(t, "ps")
		adjusted := Holm(ps)
		for i, p := range ps {
			if adjusted[i] < p || adjusted[i] > 1 {
				t.Fatalf("%v became %v", p, adjusted[i])
			}
			for j, q := range ps {
				if p < q && adjusted[i] > adjusted[j] {
					t.Fatalf("%v and %v changed places: %v", p, q, adjusted)
				}
			}
		}
	})
}

func TestVerdicts(t *testing.T) {
	for _, test := range []struct {
		lo, hi, confidence float64
		want               Verdict
	}{
		{0.90, 0.97, 0.97, Faster}, {1.03, 1.5, 0.97, Slower}, {0.99, 1.01, 0.97, Equivalent}, {0.5, 2, 0.97, TooUncertain},
		{0.97, 0.99, 0.97, LeansFaster}, {1.01, 1.03, 0.97, LeansSlower}, {0.5, 0.6, 0.94, TooFew}, {1 / 1.02, 1.02, 0.95, Equivalent},
		{0.99, 1.03, 0.97, TooUncertain}, {0.5, 1, 0.97, TooUncertain},
	} {
		if got := Judge(Interval{test.lo, test.hi, test.confidence}, Margin); got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
	}
}

func TestSmallestPIsReached(t *testing.T) {
	for n := range 20 {
		d := make([]float64, n)
		for i := range d {
			d[i] = 1 + float64(i)/10
		}
		if got, want := SmallestP(n), SignFlip(d, 1); got > want || n <= exactRounds && got != want {
			t.Errorf("n=%d: %v, want %v", n, got, want)
		}
	}
}
