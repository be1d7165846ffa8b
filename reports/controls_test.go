package reports

import (
	"slices"
	"strings"
	"testing"

	"concbench/results"
)

// withControl adds to the fixture a second goroutine arm of each cell of Switch, whose
// values are so many times the first one's, and which says that it is the same.
func withControl(t *testing.T, times float64, sameAs func(round int) string) *data {
	run, records := makeFixture(t)
	for _, r := range slices.Clone(records) {
		if r.Cell.Workload != "Switch" || r.Cell.Arm() != "goroutine" {
			continue
		}
		r.Seq = len(run.Plan)
		r.Cell.Options, r.SameAs = "procs=1", sameAs(r.Round)
		values := map[string]float64{}
		for name, v := range r.Values {
			values[name] = v * times
		}
		r.Values = values
		run.Plan = append(run.Plan, results.Planned{Seq: r.Seq, Round: r.Round, Cell: r.Cell, Scale: r.Scale, Seed: r.Seed})
		records = append(records, r)
	}
	return arrange(run, records, nil)
}

func TestArmUnderTwoNamesIsAControl(t *testing.T) {
	goroutine := func(int) string { return "goroutine" }
	for _, c := range []struct {
		name   string
		times  float64
		sameAs func(round int) string
		want   []string // in the fact; none if nil
	}{
		{"as it should be", 1, goroutine, []string{"goroutine/procs=1 and goroutine are one arm under two names", "came out as 1.00 ("}},
		{"a method that finds what is not there", 1.5, goroutine, []string{"came out as 1.50 (", "may be the method’s own"}},
		{"another arm", 1, func(int) string { return "" }, nil},
		{"another arm in one round", 1, func(round int) string { return strings.Repeat("goroutine", min(round, 1)) }, nil},
	} {
		d := withControl(t, c.times, c.sameAs)
		facts := d.controls()
		for _, want := range c.want {
			if len(facts) == 0 || !strings.Contains(facts[0].Value, want) {
				t.Errorf("%s: no %q in %q", c.name, want, facts)
			}
		}
		if c.want == nil && len(facts) > 0 {
			t.Errorf("%s: %q", c.name, facts)
		}
		controls := 0
		for _, p := range d.pairs().Rows {
			if p.Verdict != control {
				continue
			}
			controls++
			if p.Holm != "–" || !strings.HasPrefix(p.Arms, "goroutine/procs=1 against goroutine") {
				t.Errorf("%s: %+v", c.name, p)
			}
		}
		if controls != len(facts) {
			t.Errorf("%s: %d comparisons of a control, %d facts", c.name, controls, len(facts))
		}
		for _, standing := range d.standings() {
			second := func(r Rival) bool { return r.Arm == "goroutine/procs=1" }
			if contends := standing.Least == "goroutine/procs=1" || slices.ContainsFunc(standing.Rivals, second); contends && c.want != nil {
				t.Errorf("%s: the second name contends in %+v", c.name, standing)
			}
		}
		if told := slices.ContainsFunc(d.trust(), func(f Fact) bool { return f.Name == "control" }); told != (c.want != nil) {
			t.Errorf("%s: the report tells of a control: %v", c.name, told)
		}
	}
}
