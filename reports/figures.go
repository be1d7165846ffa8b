package reports

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"concbench/reports/charts"
	"concbench/results"
	"concbench/stats"
)

// A figure is a chart with the words that belong to it.
type figure struct {
	chartDef
	Chart    charts.Chart
	N        string // how many values there are
	Generic  bool   // without words of its own
	Sentence string // what there is to say if all values are the same; then there is nothing to draw
}

// figures are all charts of the run, those with words of their own first.
func (d *data) figures() []figure {
	var all []figure
	names := takenNames()
	done := map[string]bool{}
	for _, def := range charted {
		done[def.workload+" "+def.metric] = true
		if f, ok := d.figure(def); ok {
			all = append(all, f)
		}
	}
	for _, name := range d.workloads() {
		for _, m := range d.info(name).Metrics {
			if done[name+" "+m.Name] || m.Better == results.Neither {
				continue
			}
			if f, ok := d.figure(d.generic(name, m)); ok {
				f.Generic, f.file = true, names.of(name+"-"+m.Name)
				all = append(all, f)
			}
		}
	}
	return all
}

// generic is the chart of a metric without words of its own.
func (d *data) generic(workload string, m results.Metric) chartDef {
	def := chartDef{workload: workload, metric: m.Name, kind: dots,
		title:    workload + ": " + m.Title,
		question: "How do the models compare? " + map[results.Better]string{results.Lower: "Less is better.", results.Higher: "More is better."}[m.Better],
		reading:  readDots,
		limits:   "Anything but this one number of each process."}
	if farApart(d.where(workload), m.Name) {
		def.log, def.reading = true, def.reading+" The axis is logarithmic."
	}
	return def
}

// tooFar is a ratio of values at which a linear axis puts the small ones at zero.
const tooFar = 20

// farApart reports whether a metric needs a logarithmic axis, and can have one.
func farApart(cells []*cellData, metric string) bool {
	low, high := math.Inf(1), 0.0
	for _, c := range cells {
		_, values := c.values(metric)
		for _, v := range values {
			low, high = min(low, v), max(high, v)
		}
	}
	return low > 0 && high > tooFar*low
}

// figure makes a chart, if the run has values for it.
func (d *data) figure(def chartDef) (figure, bool) {
	cells := d.where(def.workload, def.where...)
	f := figure{chartDef: def}
	var counts []int
	switch def.kind {
	case dots:
		f.Chart, counts = d.dots(def, cells)
	case speedup:
		f.Chart, counts = d.speedups(def, cells)
	case scaling:
		f.Chart, counts = d.scaling(def, cells)
	case shares:
		f.Chart, counts = d.shares(def, cells)
	case spectrum:
		f.Chart, counts = d.spectrum(def, cells)
	}
	if len(counts) == 0 {
		return figure{}, false
	}
	f.N = countText(counts)
	if v, ok := constant(cells, def.metric); ok && def.kind == dots {
		f.Sentence = constantText(cells, metricOf(d.info(def.workload), def.metric), v)
	}
	return f, true
}

func countText(counts []int) string {
	low, high := slices.Min(counts), slices.Max(counts)
	text := fmt.Sprintf("%d processes each", low)
	if low != high {
		text = fmt.Sprintf("%d to %d processes each", low, high)
	}
	if low < 6 {
		text += "; thin bars are ranges, since fewer than 6 values have no 95\u00a0% interval"
	}
	return text
}

// dots has one row a cell, in groups that are compared.
func (d *data) dots(def chartDef, cells []*cellData) (charts.Chart, []int) {
	var counts []int
	u := unitOf(def.metric)
	chart := charts.Dots{Title: def.title, Axis: d.axis(def, u)}
	for _, s := range subjects(cells) {
		group := charts.Group{Label: d.heading(s[0], cells), Refs: sleepRefs(s[0], def)}
		has := false
		for _, c := range s {
			row := c.row(def.metric, u)
			if !row.Unavailable {
				counts, has = append(counts, len(row.Values)), true
			}
			group.Rows = append(group.Rows, row)
		}
		if has {
			chart.Groups = append(chart.Groups, group)
		}
	}
	return chart, counts
}

// sleepRefs are the times that a reader knows: both sleeps together, and one after another.
func sleepRefs(c *cellData, def chartDef) []charts.Ref {
	if def.workload != "Sleep" || def.metric != makespan {
		return nil
	}
	long, err1 := time.ParseDuration(c.Params.Get("long"))
	short, err2 := time.ParseDuration(c.Params.Get("short"))
	if err1 != nil || err2 != nil {
		return nil
	}
	together, after := max(long, short).Seconds()*c.scale, (long+short).Seconds()*c.scale
	return []charts.Ref{
		{Value: together, Label: "together: " + inSeconds.Tick(together)},
		{Value: after, Label: "one after another: " + inSeconds.Tick(after)}}
}

// row is a cell's row, with what there is to say if it has no number.
func (c *cellData) row(metric string, u unit) charts.Row {
	row := charts.Row{Arm: c.Arm(), Label: c.Arm()}
	_, values := c.values(metric)
	if len(values) == 0 {
		row.Unavailable, row.Text = true, c.lack()
		return row
	}
	return fill(row, stats.Summarise(values), values, u)
}

func fill(row charts.Row, s stats.Summary, values []float64, u unit) charts.Row {
	row.Text, row.Values = u.format(s.Median), values
	row.Median, row.Lo, row.Hi, row.Range = s.Median, s.Lo, s.Hi, !s.Sufficient()
	return row
}

// lack says in few words why a cell has no number.
func (c *cellData) lack() string {
	if c.refused() {
		return "refused: " + c.refusal()
	}
	if len(c.bad) > 0 {
		return c.fates() + ": no number"
	}
	if len(c.trials) > 0 {
		return "not measured under this model"
	}
	return "not run yet"
}

func (d *data) axis(def chartDef, u unit) charts.Axis {
	label := metricOf(d.info(def.workload), def.metric).Title
	if def.log {
		label += ", logarithmic"
	}
	return charts.Axis{Label: label, Log: def.log, Unit: u.Unit}
}

// heading names a subject by what differs between the subjects of the chart.
func (d *data) heading(c *cellData, cells []*cellData) string {
	var words []string
	for _, p := range c.Params {
		if slices.ContainsFunc(cells, func(o *cellData) bool { return o.Params.Get(p.Name) != p.Value }) {
			words = append(words, p.Name+"="+p.Value)
		}
	}
	if c.scale != 1 {
		words = append(words, scaleText(c.scale))
	}
	return strings.Join(words, "  ")
}

// speedups has one row a cell: serial over this arm, by round.
func (d *data) speedups(def chartDef, cells []*cellData) (charts.Chart, []int) {
	var counts []int
	chart := charts.Dots{Title: def.title, Axis: charts.Axis{Label: "times as fast as serial, logarithmic", Log: true, Unit: times.Unit}}
	for _, s := range subjects(cells) {
		base := s.arm("serial")
		if base == nil {
			continue
		}
		group := charts.Group{Label: d.heading(s[0], cells), Refs: []charts.Ref{{Value: 1, Label: "as fast as serial"}}}
		for _, c := range s {
			if c == base {
				continue
			}
			row := charts.Row{Arm: c.Arm(), Label: c.Arm(), Unavailable: true, Text: c.lack()}
			if r, err := d.compare(base, c, def.metric); err == nil {
				x, y := paired(base, c, def.metric)
				for i := range x {
					row.Values = append(row.Values, x[i]/y[i])
				}
				row.Unavailable = false
				row = fill(row, stats.Summary{N: r.N, Median: r.Ratio, Interval: r.Interval}, row.Values, times)
				counts = append(counts, r.N)
			}
			group.Rows = append(group.Rows, row)
		}
		chart.Groups = append(chart.Groups, group)
	}
	return chart, counts
}
