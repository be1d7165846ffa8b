package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"concbench/stats"
)

// writeTable prints the medians of both sides and of their ratios, the range of
// the ratios, and whether the goal is reached.
func writeTable(w io.Writer, cells []*cell) error {
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(tab, "\ncell\tmetric\tcpython\temulation\tratio\trange\tgoal\t\n")
	for _, c := range cells {
		for _, m := range c.metrics {
			theirs, ours := c.values(cpython, m), c.values(emulation, m)
			ratios := c.ratios(m)
			fmt.Fprintf(tab, "%s\t%s\t%s\t%s\t%.3f\t%.3f to %.3f\t%s\t%s\n",
				c.name, m.name, humane(m, stats.Median(theirs)), humane(m, stats.Median(ours)),
				stats.Median(ratios), slices.Min(ratios), slices.Max(ratios), m.goal(), m.verdict(ratios))
		}
	}
	return tab.Flush()
}

// values are those of a metric, one per round.
func (c *cell) values(which int, m metric) []float64 {
	var values []float64
	for _, s := range c.samples[which] {
		values = append(values, s[m.name])
	}
	return values
}

// ratios are the emulation's values divided by CPython's of the same round.
func (c *cell) ratios(m metric) []float64 {
	var ratios []float64
	for i, theirs := range c.samples[cpython] {
		ratios = append(ratios, c.samples[emulation][i][m.name]/theirs[m.name])
	}
	return ratios
}

// humane shows seconds as a duration.
func humane(m metric, value float64) string {
	if !strings.Contains(m.name, "sec") {
		return fmt.Sprintf("%.3f", value)
	}
	d := time.Duration(value * float64(time.Second))
	for unit := time.Second; unit > 1; unit /= 1000 {
		if d >= unit {
			return d.Round(unit / 1000).String()
		}
	}
	return fmt.Sprintf("%.1fns", value*1e9)
}

func (m metric) goal() string {
	switch {
	case m.high == 0:
		return ""
	case m.low == 0:
		return fmt.Sprintf("at most %.2f", m.high)
	}
	return fmt.Sprintf("%.2f to %.2f", m.low, m.high)
}

// verdict is about the interval of the median ratio: all of it must lie inside
// the goal, or outside. A median that happens to lie inside says nothing.
func (m metric) verdict(ratios []float64) string {
	in := stats.MedianInterval(ratios)
	switch {
	case m.high == 0:
		return ""
	case !in.Sufficient():
		return "too few rounds"
	case m.low <= in.Lo && in.Hi <= m.high:
		return "reached"
	case in.Hi < m.low || in.Lo > m.high:
		return "missed"
	}
	return "interval too wide"
}
