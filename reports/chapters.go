package reports

import (
	"fmt"
	"strings"
)

// A chapter is the charts of a workload.
type chapter struct {
	Workload string
	Doc      string
	Lead     *drawing
	More     []drawing
	Silent   []string // sentences in place of charts that would say nothing
}

// A pairGroup is the comparisons of a workload.
type pairGroup struct {
	Workload string
	Counts   string // "4 faster, 1 cannot tell"
	Rows     []Pair
}

// chapters put the charts of each workload together, in their order.
func (d *data) chapters(drawings []drawing, silent []figure) []chapter {
	var all []chapter
	for _, name := range d.workloads() {
		c := chapter{Workload: name, Doc: d.info(name).Doc}
		for _, f := range drawings {
			switch {
			case f.workload != name:
			case c.Lead == nil:
				c.Lead = &f
			default:
				c.More = append(c.More, f)
			}
		}
		for _, f := range silent {
			if f.workload == name {
				c.Silent = append(c.Silent, f.Sentence)
			}
		}
		if c.Lead != nil || len(c.Silent) > 0 {
			all = append(all, c)
		}
	}
	return all
}

// grouped puts the comparisons of each workload together and counts them.
func grouped(rows []Pair) []pairGroup {
	var all []pairGroup
	for _, row := range rows {
		if last := len(all) - 1; last < 0 || all[last].Workload != row.Workload {
			all = append(all, pairGroup{Workload: row.Workload})
		}
		g := &all[len(all)-1]
		g.Rows = append(g.Rows, row)
	}
	for i := range all {
		all[i].Counts = verdictCounts(all[i].Rows)
	}
	return all
}

// verdictCounts counts verdicts in the order in which they first appear.
func verdictCounts(rows []Pair) string {
	var order []string
	count := map[string]int{}
	for _, row := range rows {
		verdict := string(row.Verdict)
		if count[verdict]++; count[verdict] == 1 {
			order = append(order, verdict)
		}
	}
	for i, verdict := range order {
		order[i] = fmt.Sprintf("%d %s", count[verdict], verdict)
	}
	return strings.Join(order, ", ")
}
