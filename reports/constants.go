package reports

import (
	"fmt"
	"slices"

	"concbench/results"
)

// constant returns the one value that a metric has in every process of some
// cells. Such a metric needs no chart and no column: a sentence says all of it.
// A single value is not called constant.
func constant(cells []*cellData, metric string) (value float64, ok bool) {
	var all []float64
	for _, c := range cells {
		_, values := c.values(metric)
		all = append(all, values...)
	}
	if len(all) < 2 || slices.ContainsFunc(all, func(v float64) bool { return v != all[0] }) {
		return 0, false
	}
	return all[0], true
}

// constantText says what a constant metric is, and of how many processes.
func constantText(cells []*cellData, m results.Metric, value float64) string {
	processes := 0
	for _, c := range cells {
		_, values := c.values(m.Name)
		processes += len(values)
	}
	return fmt.Sprintf("%s (%s): %s in each of %d processes", m.Title, m.Name, unitOf(m.Name).Tick(value), processes)
}
