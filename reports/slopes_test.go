package reports

import (
	"math"
	"slices"
	"testing"

	"concbench/results"
)

// A ladder of which some rungs are measured in some rounds only must not mix
// slopes over different numbers of tasks: here the curve is bent, so that its
// slope depends on them.
func TestSlopesAreOverTheSameTasksInEveryRound(t *testing.T) {
	run, records := makeFixture(t)
	records = slices.DeleteFunc(records, func(r results.Record) bool {
		if r.Cell.Workload != "Memory" || r.Cell.Model != "coroutine" {
			return false
		}
		tasks := r.Cell.Params.Get("tasks")
		return tasks == "10000" && r.Round >= 2 || tasks != "1000" && r.Round == 7
	})
	held := map[string]float64{"0": 1e9, "1000": 3e6, "10000": 90e6, "100000": 300e6}
	for _, r := range records {
		if r.Cell.Workload == "Memory" && r.Status == results.OK {
			r.Values[parkedBytes] = held[r.Cell.Params.Get("tasks")]
		}
	}
	d := arrange(run, records, nil)
	grown := d.growths(d.where("Memory"), parkedBytes)
	g := grown[slices.IndexFunc(grown, func(g growth) bool { return g.arm == "coroutine" })]
	if !slices.Equal(g.rounds, []int{0, 1, 2, 3, 4, 5, 6}) {
		t.Errorf("lines in rounds %v, want all but the one with a single rung", g.rounds)
	}
	for _, slope := range g.slopes {
		if math.Abs(slope-3000) > 1e-6 {
			t.Errorf("slopes %v, want 3000 each", g.slopes)
			break
		}
	}
	if math.Abs(g.line.Slope-3000) > 1e-6 || g.line.R2 < 1-1e-9 {
		t.Errorf("the line is %+v: not through the same points", g.line)
	}
}
