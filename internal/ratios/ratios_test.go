package ratios

import (
	"flag"
	"strings"
	"testing"
)

func TestTooFewPairsHaveNoNumber(t *testing.T) {
	if err := flag.Set("test.benchtime", "1x"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		pairs int
		ratio float64 // 0 for none
	}{{0, 0}, {1, 0}, {Fewest - 1, 0}, {Fewest, 3.5}, {9, 5}} {
		result := testing.Benchmark(func(b *testing.B) {
			var p Pairs
			for b.Loop() {
				for i := range c.pairs {
					p.Add(float64(i+1), 1)
				}
			}
			if p.Enough(b) {
				b.ReportMetric(p.Ratio(), "x/baseline")
			}
		})
		ratio, printed := result.Extra["x/baseline"]
		if ratio != c.ratio || printed != (c.ratio > 0) {
			t.Errorf("%d pairs: the ratio %v was printed: %v; want %v", c.pairs, ratio, printed, c.ratio)
		}
		if line := result.String(); !printed && strings.Contains(line, "/") {
			t.Errorf("%d pairs: benchstat would read a number from %q", c.pairs, line)
		}
	}
}

func TestMedians(t *testing.T) {
	var p Pairs
	for _, pair := range [][2]float64{{2, 1}, {30, 10}, {8, 2}} {
		p.Add(pair[0], pair[1])
	}
	for name, got := range map[string][2]float64{
		"Subject":    {p.Subject(), 8},
		"Baseline":   {p.Baseline(), 2},
		"Ratio":      {p.Ratio(), 3},
		"Difference": {p.Difference(), 6},
		"TotalRatio": {p.TotalRatio(), 40.0 / 13},
	} {
		if got[0] != got[1] {
			t.Errorf("%s is %v, want %v", name, got[0], got[1])
		}
	}
}
