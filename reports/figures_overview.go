package reports

import (
	"fmt"

	"concbench/reports/charts"
)

const overviewPanelWidth = 320

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
	o.Note = fmt.Sprintf("Medians and intervals of one value per process. %s, %d processors, %s, %s.",
		d.run.Machine.CPU, d.run.Machine.CPUs, d.run.Go, d.run.Start.UTC().Format("2 January 2006")) + d.reservations()
	return o, len(o.Panels) > 0
}
