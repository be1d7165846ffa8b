package reports

import (
	"fmt"
	"math"

	"concbench/results"
	"concbench/stats"
)

// A Pair is two arms compared on one metric.
type Pair struct {
	Subject, Arms   string
	Measure         string
	Ratio, Interval string
	N               int
	P, Holm         string
	Verdict         stats.Verdict
	Warning         string
}

// pairs compares the arms of each subject with each other, all on the first
// metric of the workload that ranks. Their p-values are corrected together.
func (d *data) pairs() []Pair {
	var all []Pair
	var ps []float64
	for _, s := range subjects(d.cells) {
		m, ok := first(d.info(s[0].Workload))
		if !ok {
			continue
		}
		for i, b := range s {
			for _, a := range s[i+1:] {
				if c, err := d.compare(a, b, m.Name); err == nil {
					all, ps = append(all, d.pairOf(a, b, m, c)), append(ps, c.P)
				}
			}
		}
	}
	for i, p := range stats.Holm(ps) {
		all[i].Holm = digits(p, 2)
	}
	return all
}

// first is the metric by which a workload is compared: that of its first chart
// with words of its own, or else the first of which less is better.
func first(info results.WorkloadInfo) (results.Metric, bool) {
	for _, def := range charted {
		if m := metricOf(info, def.metric); def.workload == info.Name && m.Better == results.Lower {
			return m, true
		}
	}
	for _, m := range info.Metrics {
		if m.Better == results.Lower {
			return m, true
		}
	}
	return results.Metric{}, false
}

func (d *data) pairOf(a, b *cellData, m results.Metric, c stats.Comparison) Pair {
	p := Pair{Subject: a.Workload + " " + d.heading(a, d.where(a.Workload)), Arms: a.Arm() + " against " + b.Arm(), Measure: m.Title,
		Ratio: digits(c.Ratio, 3), Interval: bounds(c.Interval, c.Ratio, c.N, plain), N: c.N, P: digits(c.P, 2),
		Verdict: stats.Judge(c.Interval, stats.Margin)}
	if unitOf(m.Name).binary() {
		p.Verdict = sizeWords[p.Verdict]
	}
	// Under independence about one in twenty lies beyond 2/√n.
	if c.N >= 6 && math.Abs(c.Lag1) > max(0.3, 2/math.Sqrt(float64(c.N))) {
		p.Warning = fmt.Sprintf("neighbouring rounds resemble each other (autocorrelation %s): the interval may be too narrow", digits(c.Lag1, 2))
	}
	return p
}

// sizeWords are the verdicts on sizes.
var sizeWords = map[stats.Verdict]stats.Verdict{
	stats.Faster: "smaller", stats.Slower: "larger", stats.Equivalent: stats.Equivalent, stats.CannotTell: stats.CannotTell,
}
