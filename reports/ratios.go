package reports

import (
	"fmt"
	"math"

	"concbench/stats"
)

// A ratio is of two arms that were measured in the same rounds, with the medians
// that stand beside it. The rule for all of them is in docs/statistics.md: the
// ratio is the median of the rounds' own ratios, and where the medians do not
// divide to it, that is said.
type ratio struct {
	stats.Comparison
	over, under float64 // medians of the two, in the rounds that have both
}

// compareValues compares a with b, whose values at one index are of one round.
func (d *data) compareValues(a, b []float64) (ratio, error) {
	c, err := stats.Compare(a, b, d.run.Seed)
	if err != nil {
		return ratio{}, err
	}
	return ratio{c, stats.Median(a), stats.Median(b)}, nil
}

// compare compares a with b in the rounds that have both.
func (d *data) compare(a, b *cellData, metric string) (ratio, error) {
	x, y := paired(a, b, metric)
	return d.compareValues(x, y)
}

// inverse is the ratio the other way round.
func (r ratio) inverse() ratio {
	r.Ratio, r.Lo, r.Hi = 1/r.Ratio, 1/r.Hi, 1/r.Lo
	r.over, r.under = r.under, r.over
	return r
}

// note says why a reader who divides the medians gets another number than the
// ratio, and is empty where there is no difference that matters.
func (r ratio) note() string {
	quotient := r.over / r.under
	if math.Abs(math.Log(quotient)-math.Log(r.Ratio)) <= math.Log1p(stats.Margin) {
		return ""
	}
	return fmt.Sprintf(" (medians, which divide to %s; %s is the median of the rounds’ own ratios)", digits(quotient, 3), digits(r.Ratio, 3))
}

// ratioText tells how a compares with b, with the numbers it is made of: how many
// times less a needs.
func (d *data) ratioText(r ratio, a, b *cellData, metric string) string {
	return fmt.Sprintf("%s needs %s%s", a.Arm(), r.relation(b.Arm(), unitOf(metric)), d.note(a))
}

// relation tells a ratio of base over something else from that other's side: it
// needs "1.60 times less than serial (96.9 %: 1.59–1.61): 5.002 s against 8.005 s".
// The ratio is told the way round in which it is above 1, and its interval with
// it. One that may be either is not turned.
func (r ratio) relation(base string, u unit) string {
	words := "less than"
	switch {
	case r.Lo <= 1 && r.Hi >= 1:
		r, words = r.inverse(), "as much as"
	case r.Ratio < 1:
		r, words = r.inverse(), "more than"
	default:
		return r.sentence(words, base, u, r.under, r.over)
	}
	return r.sentence(words, base, u, r.over, r.under)
}

func (r ratio) sentence(words, base string, u unit, first, second float64) string {
	return fmt.Sprintf("%s times %s %s (%s): %s against %s%s", digits(r.Ratio, 3), words, base,
		bounds(r.Interval, r.Ratio, r.N, times), u.format(first), u.format(second), r.note())
}

// bounds tells the interval of a value with its confidence, or says that it is a range.
func bounds(in stats.Interval, of float64, n int, u unit) string {
	text := u.span(of, in.Lo, in.Hi)
	switch {
	case n == 1:
		return "one round"
	case in.Sufficient():
		return percent(in.Confidence) + ": " + text
	}
	return fmt.Sprintf("range of %d rounds, too few for a 95\u00a0%% interval: %s", n, text)
}
