package compare

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// file writes results of one benchmark with some values.
func file(t interface {
	Helper()
	Fatal(...any)
}, dir, name, head, unit string, values ...float64) string {
	t.Helper()
	text := head
	for _, v := range values {
		text += fmt.Sprintf("BenchmarkA/model=threads 1 %v %s\n", v, unit)
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Zeros, numbers below zero, equal values and single ones are set beside each
// other in one table, and counted each by its kind.
func TestAwkwardValues(t *testing.T) {
	const exact = "Unit ns/op assume=exact\n"
	eight := func(v float64) []float64 { return []float64{v, v, v, v, v, v, v, v} }
	high := []float64{11, 12, 13, 14, 15, 16, 17, 18}
	for name, test := range map[string]struct {
		head, unit string
		old, new   []float64
		want       []string
	}{
		"zeros and a five":   {"", "ns/op", eight(0), []float64{0, 0, 0, 0, 0, 0, 0, 5}, []string{"0.000 ± 0%", "~ (p=", "0 changed, 1 undecided", "0 equal"}},
		"all zeros":          {"", "ns/op", eight(0), eight(0), []string{"The same value in every process: sec/op 0 (1 row of A)", "0 changed, 0 undecided", "1 equal"}},
		"from zero":          {"", "ns/op", eight(0), high, []string{"0.00n ± 0%", "+14.50n (p=", "1 changed"}},
		"to zero":            {"", "ns/op", high, eight(0), []string{"-100.00% (p=", "1 changed"}},
		"below zero":         {"", "x", []float64{-1, -1.1, -1.2, -1.3, -1.4, -1.5, -1.6, -1.7}, []float64{-2, -2.1, -2.2, -2.3, -2.4, -2.5, -2.6, -2.7}, []string{"-1.000 (p=", "1 changed"}},
		"through zero":       {"", "x", []float64{-1, -1.1, -1.2, -1.3, -1.4, -1.5, -1.6, -1.7}, []float64{1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7}, []string{"+2.700 (p=", "1 changed"}},
		"single and equal":   {"", "x", []float64{3}, []float64{3}, []string{"equal", "1 equal", "need >= 6 samples"}},
		"single and other":   {"", "x", []float64{3}, []float64{4}, []string{"~ (p=1.000 n=1)", "1 undecided", "need >= 4 samples to detect a difference"}},
		"one against eight":  {"", "x", []float64{3}, eight(3), []string{"The same value in every process: x 3 (1 row of A)", "1 equal"}},
		"exact and equal":    {exact, "ns/op", eight(7), eight(7), []string{"sec/op 7n (1 row of A)", "Of exact counts, which need no test: 1 equal, 0 not"}},
		"exact and other":    {exact, "ns/op", eight(7), eight(9), []string{"+28.57% (n=8)", "Of exact counts, which need no test: 0 equal, 1 not"}},
		"exact and varying":  {exact, "ns/op", eight(7), []float64{7, 7, 7, 7, 7, 7, 7, 9}, []string{"0.00% (n=8)", "exact distribution expected", "0 equal, 1 not"}},
		"not a number":       {"", "x", eight(3), []float64{3, math.NaN(), 4, math.Inf(1), 3.5, 4.5, 5, 6}, []string{"n=8+6", "left out, since they are no numbers: NaN x of A/model=threads, +Inf x of A/model=threads"}},
		"about zero":         {"", "ns/op", eight(0), []float64{-9, -8, 0, 0, 0, 0, 8, 9}, []string{"0.000 ± -9.000n..8.000n", "1 undecided"}},
		"megabytes and none": {"", "MB/s", eight(0), high, []string{"B/s", "1 changed"}},
	} {
		dir := t.TempDir()
		var out strings.Builder
		if err := Runs(&out, file(t, dir, "old", test.head, test.unit, test.old...), file(t, dir, "new", test.head, test.unit, test.new...), Options{}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, want := range test.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: no %q in\n%s", name, want, &out)
			}
		}
		if tables := strings.Count(out.String(), "vs base"); tables > 1 {
			t.Errorf("%s: %d tables\n%s", name, tables, &out)
		}
	}
}

// Whatever the values are, a row is counted once, and as equal only if it is.
func TestEveryRowIsCountedOnce(t *testing.T) {
	dir := t.TempDir()
	values := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom([]float64{0, 1, -1, 5e-324, 1e300}), rapid.Float64Range(-10, 10)), 1, 9)
	rapid.Check(t, func(t *rapid.T) {
		old, other := values.Draw(t, "old"), values.Draw(t, "new")
		b, err := collect(file(t, dir, "old", "", "x", old...), file(t, dir, "new", "", "x", other...), Options{})
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := b.print(&out); err != nil {
			t.Fatal(err)
		}
		total := 0
		for _, n := range b.seen {
			total += n
		}
		same := true
		for _, v := range append(old, other...) {
			same = same && v == old[0]
		}
		if total != 1 || (b.seen[equal] == 1) != same {
			t.Fatalf("%v against %v: %v\n%s", old, other, b.seen, &out)
		}
		if strings.Contains(out.String(), "NaN") || strings.Contains(out.String(), "Inf") {
			t.Fatalf("%v against %v:\n%s", old, other, &out)
		}
	})
}
