package reports

import (
	"strings"
	"testing"

	"concbench/results"
)

// stand returns the standings of a changed fixture by their measure's workload.
func stand(t *testing.T, change func(*results.Record)) map[string]Standing {
	t.Helper()
	run, records := makeFixture(t)
	for i := range records {
		change(&records[i])
	}
	all := map[string]Standing{}
	for _, s := range arrange(run, records, nil).standings() {
		workload, _, _ := strings.Cut(s.Where, " ")
		all[workload] = s
	}
	return all
}

func TestStandingsFollowTheData(t *testing.T) {
	nothing := func(*results.Record) {}
	for _, test := range []struct {
		workload string
		change   func(*results.Record)
		least    string
		outcome  Outcome
	}{
		{"Switch", nothing, "coroutine", Won},
		{"Switch", scaleBy("Switch", "threads", perSwitch, 1e-3), "threads", Won},
		{"Memory", nothing, "goroutine", Won},
		{"Sleep", nothing, "coroutine", Tie},
		{"Sleep", scaleBy("Sleep", "goroutine", makespan, 0.99), "goroutine", Tie},
		{"Download", nothing, "coroutine", Tie},
		{"Factorial", nothing, "goroutine", OpenYet},
		{"Latency", scaleBy("Latency", "coroutine", "p99-lateness-sec", 0), "coroutine", OpenYet}, // no ratio to zero
	} {
		s := stand(t, test.change)[test.workload]
		if s.Least != test.least || s.Outcome != test.outcome {
			t.Errorf("%s: %s of %s, want %s of %s: %+v", test.workload, s.Outcome, s.Least, test.outcome, test.least, s)
		}
	}
	few := stand(t, func(r *results.Record) {
		if r.Round > 4 {
			r.Status = results.Skipped
		}
	})
	if s := few["Switch"]; s.Outcome != TooFew {
		t.Errorf("five rounds: %+v", s)
	}
}

// A workload that nobody has written words for is told of as well.
func TestAnUnknownWorkloadHasAStanding(t *testing.T) {
	run, records := makeFixture(t)
	m := results.Metric{Name: "new-sec", Title: "time of something new", Better: results.Lower}
	run.Workloads = append(run.Workloads, results.WorkloadInfo{Name: "New", Metrics: []results.Metric{m}})
	for round := range 6 {
		for i, model := range []string{"coroutine", "fibers"} {
			r := results.Record{Status: results.OK, Scale: 1, Round: round, Cell: results.Cell{Workload: "New", Model: model}, Values: map[string]float64{m.Name: 1 + float64(i)}}
			records = append(records, r)
		}
	}
	all := arrange(run, records, nil).standings()
	last := all[len(all)-1]
	if last.Measure != m.Title || last.Least != "coroutine" || last.Outcome != Won || last.Rivals[0].Times != "2.00×" {
		t.Errorf("%+v", last)
	}
}
