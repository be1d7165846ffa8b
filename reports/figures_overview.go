package reports

import (
	"concbench/reports/charts"
)

const overviewPanelWidth = 400

// overview puts the three measures side by side, as far as there are numbers.
func (d *data) overview() (charts.Overview, bool) {
	o := charts.Overview{Title: "What a task costs: to switch to, to keep, to wake on time"}
	for _, def := range overviewOf {
		f, ok := d.figure(def)
		if !ok {
			continue
		}
		panel := f.Chart.(charts.Dots)
		panel.Width = overviewPanelWidth
		panel.Groups = panel.Groups[:1]
		panel.Groups[0].Label = ""
		o.Panels = append(o.Panels, panel)
	}
	return o, len(o.Panels) > 0
}
