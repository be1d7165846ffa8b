package reports

import (
	"fmt"

	"concbench/reports/charts"
)

// scaling has one curve an arm over the number of tasks.
func (d *data) scaling(def chartDef, cells []*cellData) (charts.Chart, []int) {
	var counts []int
	u := unitOf(def.metric)
	chart := charts.Lines{Title: def.title,
		X: charts.Axis{Label: "tasks, logarithmic", Log: true},
		Y: d.axis(def, u)}
	slopes := d.growths(cells, def.metric)
	for _, ladder := range ladders(cells) {
		curve := charts.Curve{Arm: ladder[0].Arm(), Label: ladder[0].Arm()}
		if note := d.heading(ladder[0], ladders(cells)[0][:1]); len(ladders(cells)) > len(arms(cells)) && note != "" {
			curve.Label += "\n" + paramText(without(ladder[0].Params, "tasks"))
		}
		for _, c := range ladder {
			tasks, _ := tasksOf(c)
			if s := c.summary(def.metric); s.N > 0 {
				counts = append(counts, s.N)
				curve.Points = append(curve.Points, charts.Point{X: tasks, Y: s.Median, Lo: s.Lo, Hi: s.Hi})
			}
		}
		for _, g := range slopes {
			if g.arm == ladder[0].Arm() && paramText(g.params) == paramText(without(ladder[0].Params, "tasks")) {
				curve.Label += fmt.Sprintf("\n%s a task\nR² %s", u.summary(g.slope()), digits(g.line.R2, 4))
			}
		}
		if len(curve.Points) > 0 {
			chart.Curves = append(chart.Curves, curve)
		}
	}
	return chart, counts
}

func arms(cells []*cellData) map[string]bool {
	all := map[string]bool{}
	for _, c := range cells {
		all[c.Arm()] = true
	}
	return all
}

// shares has one row a part of the memory of a task. Less than a byte for one more
// task is noise, and would stretch the axis.
func (d *data) shares(def chartDef, cells []*cellData) (charts.Chart, []int) {
	var counts []int
	chart := charts.Dots{Title: def.title, Axis: charts.Axis{Label: "bytes for one more task, logarithmic", Log: true, Least: 1, Unit: inBytes.Unit}}
	var groups []charts.Group
	for _, part := range append([]struct{ metric, label string }{{parkedBytes, "all"}}, parts...) {
		group := charts.Group{Label: part.label}
		for _, g := range d.growths(cells, part.metric) {
			label := g.arm
			if len(ladders(cells)) > len(arms(cells)) {
				label += " " + paramText(g.params)
			}
			if s := g.slope(); s.N > 0 {
				counts = append(counts, s.N)
				group.Rows = append(group.Rows, fill(charts.Row{Arm: g.arm, Label: label}, s, g.slopes, inBytes))
			}
		}
		if len(group.Rows) > 0 {
			groups = append(groups, group)
		}
	}
	chart.Groups = groups
	return chart, counts
}
