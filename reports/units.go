package reports

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"concbench/reports/charts"
	"concbench/stats"
)

// A unit writes values for people. Values are kept in base units.
type unit struct{ charts.Unit }

var (
	inSeconds = unitOfSteps([]string{"ns", "µs", "ms", "s"}, 1e-9, 1e-6, 1e-3, 1)
	inBytes   = unitOfSteps([]string{"B", "KiB", "MiB", "GiB", "TiB"}, 1, 1<<10, 1<<20, 1<<30, 1<<40)
	plain     = unitOfSteps([]string{""}, 1)
	times     = unitOfSteps([]string{"×"}, 1)
)

func unitOfSteps(names []string, factors ...float64) unit {
	return unit{charts.Unit{Names: names, Factors: factors}}
}

// unitOf reads the unit from a metric's name, as Go's benchmark format does:
// a name holds "sec" or "bytes" as one of its words, before any "/".
func unitOf(metric string) unit {
	word, _, _ := strings.Cut(metric, "/")
	words := strings.Split(word, "-")
	switch {
	case slices.Contains(words, "sec"):
		return inSeconds
	case slices.Contains(words, "bytes"), slices.Contains(words, "B"):
		return inBytes
	case slices.Contains(words, "x"), slices.Contains(words, "slowdown"):
		return times
	}
	return plain
}

// format writes one value with its unit.
func (u unit) format(v float64) string {
	i := u.Step(v)
	if v == 0 && len(u.Names) > 1 {
		i = slices.Index(u.Factors, 1) // 0 s, not 0 ns
	}
	return u.Join(digits(v/u.Factors[i], u.precision(i)), i)
}

// precision is in significant digits: whole seconds are told to the millisecond.
func (u unit) precision(step int) int {
	if u.Names[step] == "s" {
		return 4
	}
	return 3
}

// span writes an interval in the unit of the value it belongs to, without
// naming it, both ends with as many decimals as tell them apart.
func (u unit) span(of, low, high float64) string {
	i := u.Step(of)
	low, high = low/u.Factors[i], high/u.Factors[i]
	if math.Abs(of) > 0 && !ordinary(of/u.Factors[i]) {
		return digits(low, 3) + "–" + digits(high, 3)
	}
	decimals := decimalsOf(of/u.Factors[i], u.precision(i))
	write := func(v float64) string { return charts.Thousands(strconv.FormatFloat(v, 'f', decimals, 64)) }
	for most := decimals + 2; decimals < most && write(low) == write(high) && low != high; {
		decimals++
	}
	switch {
	case write(low) == write(high):
		return write(low)
	case low < 0:
		return write(low) + " to " + write(high)
	}
	return write(low) + "–" + write(high)
}

// summary writes a median with its interval: "5.003 s (5.001–5.009)".
func (u unit) summary(s stats.Summary) string {
	if s.N == 0 {
		return "no number"
	}
	if s.N == 1 {
		return u.format(s.Median) + " (one value)"
	}
	return fmt.Sprintf("%s (%s%s)", u.format(s.Median), rangeMark(!s.Sufficient()), u.span(s.Median, s.Lo, s.Hi))
}

// rangeMark stands before a pair of bounds that is no interval of 95 %, but the
// range of too few values.
func rangeMark(isRange bool) string {
	if isRange {
		return "range "
	}
	return ""
}

// digits writes v with so many significant digits, without an exponent where
// people do not expect one.
func digits(v float64, significant int) string {
	switch {
	case v == 0:
		return "0"
	case !ordinary(v):
		return strconv.FormatFloat(v, 'g', significant, 64)
	}
	return charts.Thousands(strconv.FormatFloat(v, 'f', decimalsOf(v, significant), 64))
}

// ordinary reports whether v is read more easily without an exponent.
func ordinary(v float64) bool { return math.Abs(v) >= 1e-6 && math.Abs(v) < 1e15 }

// decimalsOf returns how many decimals v has when written with so many significant digits.
func decimalsOf(v float64, significant int) int {
	if v == 0 {
		return significant - 1
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(math.Abs(v), 'e', significant-1, 64), 64)
	if err != nil { // it is beyond the range of numbers
		return 0
	}
	return max(0, significant-1-int(math.Floor(math.Log10(rounded))))
}

// percent writes a confidence: "96.9 %".
func percent(share float64) string { return digits(100*share, 3) + "\u00a0%" }

// rangeWord is the certainty of bounds that are no interval.
const rangeWord = "range"

// certainty writes what a pair of bounds is.
func certainty(i stats.Interval) string {
	if i.Sufficient() {
		return percent(i.Confidence)
	}
	return rangeWord
}

// scaleText says by what real durations were multiplied.
func scaleText(scale float64) string {
	return "scale " + strconv.FormatFloat(scale, 'g', 4, 64)
}
