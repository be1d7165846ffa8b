package stats

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestFitLineOfAnscombe(t *testing.T) {
	// Anscombe, "Graphs in Statistical Analysis", The American Statistician 27
	// (1973), first set: y = 3.00 + 0.500 x, R² = 0.667.
	x := []float64{10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5}
	y := []float64{8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68}
	line, err := FitLine(x, y)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range [][2]float64{{line.Slope, 0.5000909}, {line.Intercept, 3.0000909}, {line.R2, 0.6665425}} {
		if math.Abs(v[0]-v[1]) > 1e-6 {
			t.Errorf("%+v: %v is not %v", line, v[0], v[1])
		}
	}
}

func TestFitLineFindsTheLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slope, intercept := rapid.Float64Range(-1e4, 1e4).Draw(t, "slope"), rapid.Float64Range(-1e6, 1e6).Draw(t, "intercept")
		var x, y []float64
		for _, tasks := range []float64{0, 1_000, 10_000, 100_000} {
			x, y = append(x, tasks), append(y, intercept+slope*tasks)
		}
		line, err := FitLine(x, y)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(line.Slope-slope) > 1e-6 || math.Abs(line.Intercept-intercept) > 1e-3 {
			t.Fatalf("%+v, want %v + %v x", line, intercept, slope)
		}
	})
}

func TestFitLineOfALevelHasNoSlope(t *testing.T) {
	line, err := FitLine([]float64{1, 2, 3}, []float64{5, 5, 5})
	if err != nil || line.Slope != 0 || line.R2 != 1 {
		t.Errorf("%+v, %v", line, err)
	}
}

func TestWhatDeterminesNoLine(t *testing.T) {
	for _, test := range [][2][]float64{{nil, nil}, {{1}, {1}}, {{2, 2}, {1, 3}}, {{1, 2}, {1}}, {{1, math.NaN()}, {1, 2}}} {
		if line, err := FitLine(test[0], test[1]); !errors.Is(err, ErrNoLine) {
			t.Errorf("%v: %+v, %v", test, line, err)
		}
	}
}
