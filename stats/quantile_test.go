package stats

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-12*max(1, math.Abs(want)) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

var oneToTen = []float64{3, 1, 10, 2, 9, 4, 8, 5, 7, 6}

func TestQuantileIsOfType7(t *testing.T) {
	// R: quantile(1:10, c(0, .1, .25, .5, .75, .9, 1), type = 7)
	for p, want := range map[float64]float64{0: 1, 0.1: 1.9, 0.25: 3.25, 0.5: 5.5, 0.75: 7.75, 0.9: 9.1, 1: 10} {
		near(t, "quantile", Quantile(oneToTen, p), want)
	}
	near(t, "median of one", Median([]float64{7}), 7)
}

func TestQuantileOfNothingIsNotANumber(t *testing.T) {
	for _, q := range []float64{Quantile(nil, 0.5), Quantile(oneToTen, -0.1), Quantile(oneToTen, 1.1),
		Quantile(oneToTen, math.NaN()), Quantile([]float64{1, math.NaN()}, 0.5)} {
		if !math.IsNaN(q) {
			t.Errorf("got %v", q)
		}
	}
}

// type7 is the definition: between the order statistics around 1 + (n-1)p.
func type7(xs []float64, p float64) float64 {
	sorted := slices.Sorted(slices.Values(xs))
	h := float64(len(xs)-1) * p
	i := int(h)
	if i+1 == len(xs) {
		return sorted[i]
	}
	return sorted[i] + (h-float64(i))*(sorted[i+1]-sorted[i])
}

func sample(least, most int) *rapid.Generator[[]float64] {
	return rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), least, most)
}

func TestQuantileMeetsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs, p := sample(1, 40).Draw(t, "xs"), rapid.Float64Range(0, 1).Draw(t, "p")
		before := slices.Clone(xs)
		got, want := Quantile(xs, p), type7(xs, p)
		if math.Abs(got-want) > 1e-6 { // the library scales p by a hundred
			t.Fatalf("quantile %v of %v is %v, want %v", p, xs, got, want)
		}
		if !slices.Equal(xs, before) {
			t.Fatal("the values were put into another order")
		}
	})
}
