package stats

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func upTo(n int) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = float64(i + 1)
	}
	return xs
}

func TestMedianIntervalFromTheTable(t *testing.T) {
	// Conover, "Practical Nonparametric Statistics", and any binomial table: the
	// order statistics around the median, and the confidence they have.
	for _, want := range []struct {
		n          int
		lo, hi     float64
		confidence float64
	}{
		{6, 1, 6, 0.96875}, {8, 1, 8, 0.9921875}, {9, 2, 8, 0.9609375}, {10, 2, 9, 0.978515625},
		{12, 3, 10, 0.96142578125}, {20, 6, 15, 0.9586105346679688}, {30, 10, 21, 0.957226}, {50, 18, 33, 0.967160},
	} {
		got := MedianInterval(upTo(want.n))
		if got.Lo != want.lo || got.Hi != want.hi || math.Abs(got.Confidence-want.confidence) > 1e-6 {
			t.Errorf("n=%d: %+v, want %+v", want.n, got, want)
		}
		if !got.Sufficient() {
			t.Errorf("n=%d: not sufficient", want.n)
		}
	}
}

func TestFewerThanSixValuesHaveARangeOnly(t *testing.T) {
	for n, confidence := range map[int]float64{1: 0, 2: 0.5, 3: 0.75, 4: 0.875, 5: 0.9375} {
		got := MedianInterval(upTo(n))
		if got.Sufficient() || got.Lo != 1 || got.Hi != float64(n) || math.Abs(got.Confidence-confidence) > 1e-12 {
			t.Errorf("n=%d: %+v, want the range and %v", n, got, confidence)
		}
	}
	if got := MedianInterval(nil); got.Sufficient() || !math.IsNaN(got.Lo) {
		t.Errorf("of nothing: %+v", got)
	}
	if got := Summarise(nil); got != (Summary{}) {
		t.Errorf("summary of nothing: %+v", got)
	}
}

func TestMedianIntervalCoversAsOftenAsItSays(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const n, samples = 11, 20_000
	held := 0
	var confidence float64
	for range samples {
		xs := make([]float64, n)
		for i := range xs {
			xs[i] = math.Exp(rng.NormFloat64()) // skewed, with the median 1
		}
		in := MedianInterval(xs)
		confidence = in.Confidence
		if in.Lo <= 1 && 1 <= in.Hi {
			held++
		}
	}
	// Four standard deviations of a binomial count.
	if share := float64(held) / samples; math.Abs(share-confidence) > 4*math.Sqrt(confidence*(1-confidence)/samples) {
		t.Errorf("held %v of the time, says %v", share, confidence)
	}
}

func TestSummaryHoldsItsMedian(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := sample(1, 40).Draw(t, "xs")
		s := Summarise(xs)
		if s.N != len(xs) || s.Median < s.Lo || s.Median > s.Hi || s.Confidence < 0 || s.Confidence > 1 {
			t.Fatalf("%+v of %v", s, xs)
		}
		if s.Sufficient() != (len(xs) >= 6) {
			t.Fatalf("%d values: %+v", len(xs), s)
		}
	})
}
