package charts

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
	"pgregory.net/rapid"
)

var (
	seconds = Unit{[]string{"ns", "µs", "ms", "s"}, []float64{1e-9, 1e-6, 1e-3, 1}}
	bytes_  = Unit{[]string{"B", "KiB", "MiB", "GiB"}, []float64{1, 1 << 10, 1 << 20, 1 << 30}}
	times   = Unit{[]string{"×"}, []float64{1}}
	units   = []Unit{{}, seconds, bytes_, times}
)

// labels are the labels of an axis as it is drawn across so many points.
func labels(a Axis, low, high, length float64) []string {
	var words []string
	for _, m := range laid(a, low, high, length).marks {
		if m.label != "" {
			words = append(words, strings.ReplaceAll(m.label, "\u00a0", " "))
		}
	}
	return words
}

// laid is an axis with as much room beyond its ends as the narrowest chart leaves.
func laid(a Axis, low, high, length float64) scale {
	canvas := draw.NewCanvas(new(recorder.Canvas), vg.Length(length)+48, 100)
	return a.across(canvas, []float64{low, high}, 24, vg.Length(length)+24, forFile.text)
}

func TestTicks(t *testing.T) {
	for name, test := range map[string]struct {
		axis              Axis
		low, high, length float64
		want              string
	}{
		"small numbers":          {Axis{}, 0, 8.3, 300, "0 2 4 6 8 10"},
		"megabytes in powers":    {Axis{Unit: bytes_}, 0, 362 << 20, 480, "0,64 MiB,128 MiB,192 MiB,256 MiB,320 MiB,384 MiB"},
		"one name per axis":      {Axis{Unit: seconds}, 0, 1.15, 480, "0,0.2 s,0.4 s,0.6 s,0.8 s,1 s,1.2 s"},
		"noise below zero":       {Axis{Unit: bytes_}, -24 << 10, 313 << 20, 480, "0,64 MiB,128 MiB,192 MiB,256 MiB,320 MiB"},
		"almost a power":         {Axis{Log: true, Unit: seconds}, 97e-9, 1.02e-5, 200, "100 ns,300 ns,1 µs,3 µs,10 µs"},
		"below zero":             {Axis{}, -0.3, 1, 300, "-0.4 -0.2 0 0.2 0.4 0.6 0.8 1"},
		"a decade and a half":    {Axis{Log: true, Unit: seconds}, 112e-9, 3.94e-6, 116, "100 ns,1 µs,10 µs"},
		"the same, wider":        {Axis{Log: true, Unit: seconds}, 112e-9, 3.94e-6, 300, "100 ns,200 ns,500 ns,1 µs,2 µs,5 µs"},
		"many decades":           {Axis{Log: true}, 0.9, 1.1e6, 200, "1 100 10,000 1,000,000"},
		"a single value":         {Axis{Log: true, Unit: seconds}, 5e-3, 5e-3, 300, "2 ms,5 ms,10 ms"},
		"kibibytes":              {Axis{Log: true, Unit: bytes_}, 3.2 * 1024, 34.5 * 1024, 200, "2 KiB,8 KiB,32 KiB,128 KiB"},
		"hundreds of wake-ups":   {Axis{Quantiles: true}, 0, 1.48, 480, "0 %,50 %,90 %,99 %"},
		"a thousand wake-ups":    {Axis{Quantiles: true}, 0, 1.9999, 480, "0 %,50 %,90 %,99 %"},
		"two thousand":           {Axis{Quantiles: true}, 0, 2.301, 480, "0 %,50 %,90 %,99 %,99.5 %"},
		"ten thousand":           {Axis{Quantiles: true}, 0, 3, 280, "0 %,90 %,99 %,99.9 %"},
		"room for two labels":    {Axis{}, 0, 8.3, 36, "0 10"},
		"room for one label":     {Axis{Unit: seconds}, 0, 8.3, 20, "10 s"},
		"zero alone":             {Axis{}, 0, 0, 300, "0 0.2 0.4 0.6 0.8 1"},
		"less than a nanosecond": {Axis{Unit: seconds}, 0, 2e-10, 300, "0,0.05 ns,0.1 ns,0.15 ns,0.2 ns"},
	} {
		sep := " "
		if strings.Contains(test.want, ",") && strings.ContainsAny(test.want, "nsB%") {
			sep = ","
		}
		if got := strings.Join(labels(test.axis, test.low, test.high, test.length), sep); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// axes are axes over all kinds of ranges.
func anAxis(t *rapid.T) (a Axis, low, high float64) {
	a = Axis{Log: rapid.Bool().Draw(t, "log"), Unit: rapid.SampledFrom(units).Draw(t, "unit")}
	exponent := rapid.Float64Range(-12, 12)
	low, high = math.Pow(10, exponent.Draw(t, "low")), math.Pow(10, exponent.Draw(t, "high"))
	if low > high {
		low, high = high, low
	}
	if a.Unit.Binary() && high > leastDoubled { // parts of a byte are not round beside whole ones
		low = max(low, leastDoubled)
	}
	if !a.Log && rapid.Bool().Draw(t, "negative") {
		low = -low
	}
	return a, low, high
}

// On an axis of any range, unit and length no label touches another, the ends
// are labelled and hold the values, there are three labels where these fit at
// equal distances, and every label is a round number that says where it stands.
func TestLabelsOfAnyAxis(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, low, high := anAxis(t)
		length := rapid.Float64Range(10, 900).Draw(t, "length")
		s := laid(a, low, high, length)
		if a.Log != s.Log || !(s.low <= low*(1+1e-8)) && low > 0 && a.Log || !(s.high >= high*(1-1e-8)) {
			t.Fatalf("the axis from %v to %v does not hold %v to %v", s.low, s.high, low, high)
		}
		var at, widths []float64
		for _, m := range s.marks {
			if m.label != "" {
				at, widths = append(at, s.center(s.share(m.value, s.low, s.high), m.label)), append(widths, float64(widthOf(m.label, forFile.text, false)))
				checkLabel(t, a, m)
			}
		}
		for i := 1; i < len(at); i++ {
			if at[i]-at[i-1] < (widths[i]+widths[i-1])/2 {
				t.Fatalf("%v: labels %d and %d touch", s.marks, i-1, i)
			}
		}
		if first, last := s.marks[0], s.marks[len(at)-1]; len(at) > 1 && (s.share(first.value, s.low, s.high) > slack || s.share(last.value, s.low, s.high) < 1-slack) {
			t.Fatalf("an end without a label: %v", s.marks)
		}
		if len(at) < leastLabels && length > 3*float64(widthOf("-1,000,000,000,000 s", forFile.text, false)+labelGap) {
			t.Fatalf("%d labels on %v points: %v", len(at), length, s.marks)
		}
		if len(at) == 0 || len(at) > mostLabels {
			t.Fatalf("%d labels", len(at))
		}
	})
}

// checkLabel reads a label and compares it with its place.
func checkLabel(t *rapid.T, a Axis, m mark) {
	number, name, _ := strings.Cut(strings.TrimSuffix(m.label, "×"), "\u00a0")
	factor := 1.0
	if i := slices.Index(a.Unit.Names, name); i >= 0 {
		factor = a.Unit.Factors[i]
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(number, ",", ""), 64)
	if err != nil || math.Abs(v*factor-m.value) > 1e-5*math.Abs(m.value) {
		t.Fatalf("the label %q stands at %v", m.label, m.value)
	}
	if !isRound(v, a.Unit.Binary() && math.Abs(m.value) >= leastDoubled/mostIntervals) && !isRound(v, false) {
		t.Fatalf("the label %q is not round", m.label)
	}
}

// isRound reports whether a number is a small multiple of 1, 2, 2.5 or 5 times
// a power of ten, or in binary units of a power of two.
func isRound(v float64, binary bool) bool {
	v = math.Abs(v)
	if v == 0 {
		return true
	}
	if binary {
		fraction, _ := math.Frexp(v)
		return math.Abs(fraction*32-math.Round(fraction*32)) < 1e-4
	}
	digits := strings.TrimRight(strings.ReplaceAll(strconv.FormatFloat(v, 'e', 6, 64)[:8], ".", ""), "0")
	return len(digits) <= 2 || strings.HasSuffix(digits, "5") && len(digits) <= 3
}

func TestQuantilesHoldTheirValuesAndNeverOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		end := rapid.Float64Range(0.31, 6).Draw(t, "end")
		length := rapid.Float64Range(150, 700).Draw(t, "length")
		s := laid(Axis{Quantiles: true}, 0, end, length)
		if s.high < end-1e-6 {
			t.Fatalf("%v ends before %v", s.high, end)
		}
		count := 0
		before := math.Inf(-1)
		for _, m := range s.marks {
			if m.label == "" {
				continue
			}
			count++
			half := float64(widthOf(m.label, forFile.text, false)) / 2
			if at := s.center(s.share(m.value, s.low, s.high), m.label); at-half < before {
				t.Fatalf("%q touches the label before: %v", m.label, s.marks)
			} else {
				before = at + half
			}
		}
		if count < leastLabels {
			t.Fatalf("%d labels: %v", count, s.marks)
		}
	})
}
