package reports

import (
	"fmt"

	"concbench/stats"
)

// A Table is all cells of a workload.
type Table struct {
	Workload string
	Doc      string
	Columns  []Column
	Rows     []TableRow
	Constant []string // sentences on the metrics that are the same in every process
}

// A Column is a metric.
type Column struct{ Title, Name string }

// A TableRow is a cell.
type TableRow struct {
	Arm, Params string
	N           string // processes with a number, of those planned
	Values      []Value
	Command     string
}

// A Value is a median with its interval.
type Value struct{ Median, Interval, Certainty string }

func (d *data) tables() []Table {
	var all []Table
	for _, name := range d.workloads() {
		info := d.info(name)
		t := Table{Workload: name, Doc: info.Doc}
		cells := d.where(name)
		for _, m := range info.Metrics {
			if v, ok := constant(cells, m.Name); ok {
				t.Constant = append(t.Constant, constantText(cells, m, v))
			} else if measured(cells, m.Name) {
				t.Columns = append(t.Columns, Column{m.Title, m.Name})
			}
		}
		for _, c := range cells {
			t.Rows = append(t.Rows, d.row(c, t.Columns, cells))
		}
		all = append(all, t)
	}
	return all
}

// measured reports whether any cell has the metric, or nothing is known yet.
func measured(cells []*cellData, metric string) bool {
	any := false
	for _, c := range cells {
		any = any || len(c.trials) > 0
		if c.summary(metric).N > 0 {
			return true
		}
	}
	return !any
}

func (d *data) row(c *cellData, columns []Column, cells []*cellData) TableRow {
	row := TableRow{Arm: c.Arm(), Params: d.heading(c, cells), Command: d.rerun(c),
		N: fmt.Sprintf("%d of %d", len(c.trials), c.planned)}
	if c.refused() {
		row.N = fmt.Sprintf("0 of %d", c.planned)
	}
	for _, column := range columns {
		row.Values = append(row.Values, value(c.summary(column.Name), unitOf(column.Name), c))
	}
	return row
}

func value(s stats.Summary, u unit, c *cellData) Value {
	switch {
	case s.N == 0 && len(c.trials) == 0:
		return Value{Median: c.lack()}
	case s.N == 0:
		return Value{Median: "–"}
	case s.N == 1:
		return Value{Median: u.format(s.Median), Interval: "one value"}
	}
	return Value{u.format(s.Median), u.span(s.Median, s.Lo, s.Hi), certainty(s.Interval)}
}
