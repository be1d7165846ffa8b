package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"concbench/reports/charts"
)

// inShort answers what a task costs: a sentence for each of the three
// measures, the models in the order of their medians.
func (d *data) inShort() []string {
	var sentences []string
	for _, def := range overviewOf {
		f, ok := d.figure(def)
		if !ok {
			continue
		}
		rows := slices.Clone(f.Chart.(charts.Dots).Groups[0].Rows)
		rows = slices.DeleteFunc(rows, func(r charts.Row) bool { return r.Unavailable })
		slices.SortStableFunc(rows, func(a, b charts.Row) int { return cmp.Compare(a.Median, b.Median) })
		var parts []string
		u := unitOf(def.metric)
		for _, r := range rows {
			parts = append(parts, fmt.Sprintf("%s %s (%s)", r.Arm, r.Text, u.span(r.Median, r.Lo, r.Hi)))
		}
		if len(parts) > 0 {
			sentences = append(sentences, def.title+": "+strings.Join(parts, ", ")+".")
		}
	}
	return sentences
}
