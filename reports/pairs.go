package reports

import (
	"fmt"

	"concbench/results"
	"concbench/stats"
)

// A Pair is two arms compared on one metric.
type Pair struct {
	Workload        string
	Subject, Arms   string // the parameters that tell subjects apart, and what is compared
	Measure         string
	Ratio, Interval string
	Medians         string // of the two, in the rounds that have both
	N               int
	P, Holm         string
	Verdict         stats.Verdict
	Shaky           bool // the clean rounds alone give another verdict
	Warnings        []string
}

// Pairs are all comparisons, and what is said of them together.
type Pairs struct {
	Rows []Pair
	Holm bool   // the corrected p-values can say something
	Note string // what the correction is over, or why it is left out
}

// falseAlarms is the chance of one or more false alarms that is accepted among
// all comparisons together.
const falseAlarms = 0.05

// pairs compares the arms of each subject with each other, all on the first
// metric of the workload that ranks. The p-values of those that can be ranked
// are corrected together.
func (d *data) pairs() Pairs {
	var all Pairs
	var family []int // places of those that can be ranked
	var ps []float64
	most := 0 // rounds
	clean := d.clean()
	d.eachPair(func(a, b *cellData, m results.Metric) {
		row, c, ok := d.compared(a, b, m)
		if !ok {
			return
		}
		open := row.Verdict != noRatio && row.Verdict != control
		if clean != nil && open {
			row.without(clean, a, b, m, d)
		}
		all.Rows = append(all.Rows, row)
		if open && ranked(a) && c.N >= stats.LeastRounds {
			family, ps, most = append(family, len(all.Rows)-1), append(ps, c.P), max(most, c.N)
		}
	})
	for i, p := range stats.Holm(ps) {
		all.Rows[family[i]].Holm = digits(p, 2)
	}
	all.Holm, all.Note = holmNote(len(family), most)
	return all
}

// eachPair calls f with all pairs of arms that are compared, on the metric of
// their workload that is.
func (d *data) eachPair(f func(a, b *cellData, m results.Metric)) {
	for _, s := range subjects(d.cells) {
		m, ok := first(d.info(s[0].Workload))
		if !ok {
			continue
		}
		for i, b := range s {
			for _, a := range s[i+1:] {
				f(a, b, m)
			}
		}
	}
}

// noRatio is the verdict on arms of which one has a value that is not above zero.
const noRatio stats.Verdict = "no ratio"

// compared compares two arms. It is false if they have no round in common.
func (d *data) compared(a, b *cellData, m results.Metric) (Pair, ratio, bool) {
	x, _ := paired(a, b, m.Name)
	if len(x) == 0 {
		return Pair{}, ratio{}, false
	}
	c, err := d.compare(a, b, m.Name)
	if err != nil {
		return Pair{Workload: a.Workload, Subject: d.heading(a, d.where(a.Workload)), Arms: a.Arm() + " against " + b.Arm(), Measure: m.Title, Ratio: "–",
			Interval: "a value is not above zero", Medians: "–", N: len(x), P: "–", Holm: "–", Verdict: noRatio}, c, true
	}
	return d.pairOf(a, b, m, c), c, true
}

// ranked reports whether more or less of a cell's measure is better or worse:
// what no tasks hold is noise.
func ranked(c *cellData) bool {
	tasks, ok := tasksOf(c)
	return !ok || tasks > 0
}

// holmNote says what the correction over so many rows is worth, if none of them
// has more than so many rounds.
func holmNote(rows, rounds int) (useful bool, note string) {
	if rows == 0 {
		return false, fmt.Sprintf("There is no correction for looking at many rows at once, since none has %d rounds.", stats.LeastRounds)
	}
	least := stats.SmallestP(rounds)
	if least*float64(rows) > falseAlarms {
		return false, fmt.Sprintf("There is no column for p after Holm’s correction over the %d rows with %d rounds or more, because it could say nothing: with %d rounds p cannot be below %s, and %d times that is above %v.",
			rows, stats.LeastRounds, rounds, digits(least, 2), rows, falseAlarms)
	}
	return true, fmt.Sprintf("The last column is p after Holm’s correction over the %d rows that have %d rounds or more and a ranking: only what is small there stands when all rows are looked at together.", rows, stats.LeastRounds)
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

func (d *data) pairOf(a, b *cellData, m results.Metric, c ratio) Pair {
	u := unitOf(m.Name)
	p := Pair{Workload: a.Workload, Subject: d.heading(a, d.where(a.Workload)), Arms: a.Arm() + " against " + b.Arm(), Measure: m.Title,
		Ratio: digits(c.Ratio, 3), Interval: bounds(c.Interval, c.Ratio, c.N, plain), N: c.N, P: digits(c.P, 2), Holm: "–",
		Medians: u.format(c.over) + " against " + u.format(c.under) + c.note(),
		Verdict: verdict(a, m, c.Comparison)}
	if isControl(a, b) {
		p.Verdict = control
	}
	// A negative autocorrelation makes an interval too wide, which misleads nobody.
	if c.N >= stats.LeastRounds && c.LagP <= alikeByChance {
		p.Warnings = append(p.Warnings, fmt.Sprintf("neighbouring rounds resemble each other (autocorrelation %s): the interval may be too narrow", digits(c.Lag1, 2)))
	}
	return p
}

// without says what the verdict is in the clean rounds alone, if it is another.
func (p *Pair) without(clean *data, a, b *cellData, m results.Metric, d *data) {
	word := stats.TooFew
	if c, err := clean.compare(clean.same(a), clean.same(b), m.Name); err == nil {
		word = verdict(a, m, c.Comparison)
	}
	if word == p.Verdict {
		return
	}
	p.Warnings = append(p.Warnings, d.cleanText(string(word)))
	if p.Verdict != stats.TooFew && p.Verdict != stats.TooUncertain {
		p.Shaky = true
		p.Verdict += ", disturbed"
	}
}

// verdict is that of a comparison on the metric, in its words.
func verdict(a *cellData, m results.Metric, c stats.Comparison) stats.Verdict {
	if !ranked(a) {
		return "not ranked"
	}
	v := stats.Judge(c.Interval, stats.Margin)
	if word, ok := sizeWords[v]; ok && unitOf(m.Name).Binary() {
		return word
	}
	return v
}

// alikeByChance is the share of comparisons that are warned of although their
// rounds are independent.
const alikeByChance = 0.025

// sizeWords are the verdicts on sizes that differ from those on times.
var sizeWords = map[stats.Verdict]stats.Verdict{
	stats.Faster: "smaller", stats.Slower: "larger", stats.LeansFaster: "smaller, size open", stats.LeansSlower: "larger, size open",
}
