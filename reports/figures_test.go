package reports

import (
	"testing"

	"concbench/reports/charts"
	"concbench/results"
)

// A chart that nobody has written words for has the axis on which its values can
// be told apart.
func TestGenericChartsHaveAnAxisThatShows(t *testing.T) {
	run, records := makeFixture(t)
	for name, test := range map[string]struct {
		by   map[string]float64
		want bool
	}{
		"near":      {map[string]float64{"coroutine": 1, "threads": 10}, false},
		"far":       {map[string]float64{"coroutine": 1, "threads": 1000}, true},
		"with zero": {map[string]float64{"coroutine": 0, "threads": 1000}, false},
	} {
		m := results.Metric{Name: "new-sec", Title: "new", Better: results.Lower}
		for _, r := range records {
			if by, ok := test.by[r.Cell.Arm()]; ok && r.Cell.Workload == "Switch" {
				r.Values[m.Name] = by
			}
		}
		d := arrange(run, records, nil)
		f, ok := d.figure(d.generic("Switch", m))
		if !ok || f.Chart.(charts.Dots).Axis.Log != test.want {
			t.Errorf("%s: %v, a logarithmic axis is %v", name, ok, !test.want)
		}
	}
}
