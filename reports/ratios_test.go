package reports

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"concbench/stats"
)

func TestRatiosAreToldTheWayRoundAboveOne(t *testing.T) {
	for _, test := range []struct {
		ratio, lo, hi float64
		want          string
	}{
		{4, 2, 8, "4.00 times less than b (96.9\u00a0%: 2.00–8.00): 1.000\u00a0s against 4.000\u00a0s"},
		{0.25, 0.125, 0.5, "4.00 times more than b (96.9\u00a0%: 2.00–8.00): 1.000\u00a0s against 250\u00a0ms"},
		{0.8, 0.5, 2, "1.25 times as much as b (96.9\u00a0%: 0.50–2.00): 1.000\u00a0s against 800\u00a0ms"},
	} {
		r := ratio{stats.Comparison{N: 6, Ratio: test.ratio, Interval: stats.Interval{Lo: test.lo, Hi: test.hi, Confidence: 0.96875}}, test.ratio, 1}
		if got := r.relation("b", inSeconds); got != test.want {
			t.Errorf("%+v: %q, want %q", r, got, test.want)
		}
	}
}

// told finds a ratio with the two numbers beside it.
var told = regexp.MustCompile(`([0-9.,e+-]+) times (less than|more than|as much as) [^(]*\([^)]*\): (\S+) (\S+) against (\S+) ([^\s,]+)( \(medians, which divide to ([0-9.,e+-]+); ([0-9.,e+-]+) is the median of the rounds’ own ratios\))?`)

// checkTold divides the numbers that stand beside a ratio as a reader would.
func checkTold(t interface {
	Helper()
	Errorf(string, ...any)
}, text string) (found, noted bool) {
	t.Helper()
	for _, m := range told.FindAllStringSubmatch(strings.ReplaceAll(text, "\u00a0", " "), -1) {
		found, noted = true, noted || m[7] != ""
		quotient := number(m[3], m[4]) / number(m[5], m[6])
		if m[2] == "less than" {
			quotient = 1 / quotient
		}
		want := number(m[1], "")
		if m[7] != "" {
			want = number(m[8], "")
		}
		// The margin of the rule, and what three digits of each number hide.
		if apart := math.Abs(math.Log(quotient / want)); !(apart <= 0.035) {
			t.Errorf("the numbers divide to %.4g: %s", quotient, m[0])
		}
	}
	return found, noted
}

func number(text, name string) float64 {
	v, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	if err != nil {
		return math.NaN()
	}
	for _, u := range []unit{inSeconds, inBytes} {
		for i, n := range u.Names {
			if n == name {
				v *= u.Factors[i]
			}
		}
	}
	return v
}

// A median of ratios is not the ratio of the medians: these medians, 105 µs and
// 56.3 ms, divide to 536, and the ratios of the rounds have the median 570.
func TestAReaderCanDivide(t *testing.T) {
	run, records := makeFixture(t)
	d := arrange(run, records, nil)
	coroutine, threads := []float64{90e-6, 95e-6, 100e-6, 110e-6, 120e-6, 200e-6}, []float64{0.07, 0.0653, 0.0473, 0.08, 0.04, 0.02}
	r, err := d.compareValues(threads, coroutine)
	if err != nil {
		t.Fatal(err)
	}
	if found, noted := checkTold(t, r.relation("threads", inSeconds)); !found || !noted {
		t.Errorf("the difference is not told: %s", r.relation("threads", inSeconds))
	}
	all := 0
	for _, f := range d.findings() {
		for _, e := range f.Evidence {
			if found, _ := checkTold(t, e.Text); found {
				all++
			} else if strings.Contains(e.Text, " times ") {
				t.Errorf("a ratio without its numbers: %s", e.Text)
			}
		}
	}
	if all < 10 {
		t.Errorf("%d ratios found in the findings", all)
	}
}

func TestAnyRatioCanBeDivided(t *testing.T) {
	values := rapid.SliceOfN(rapid.Float64Range(1e-9, 1e3), 6, 6)
	rapid.Check(t, func(t *rapid.T) {
		r, err := new(data).compareValues(values.Draw(t, "a"), values.Draw(t, "b"))
		if err != nil {
			t.Fatal(err)
		}
		if found, _ := checkTold(t, r.relation("b", inSeconds)); !found {
			t.Fatalf("no ratio in %q", r.relation("b", inSeconds))
		}
	})
}
