package measure

import (
	"testing"
	"testing/synctest"
	"time"

	"concbench/results"
	"concbench/workloads"
)

// slow is a workload whose typical time is ten seconds under model a and
// twenty under any other.
var slow = []workloads.Workload{{Name: "Slow", Typical: func(model string, _ workloads.Params, scale float64) time.Duration {
	typical := 20 * time.Second
	if model == "a" {
		typical = 10 * time.Second
	}
	return time.Duration(float64(typical) * scale)
}}}

func TestEstimateLearns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &Runner{Workloads: slow, done: map[int]results.Record{}}
		for seq, model := range []string{"a", "b", "a", "b"} {
			r.Plan.Plan = append(r.Plan.Plan, results.Planned{Seq: seq, Scale: 1, Cell: results.Cell{Workload: "Slow", Model: model}})
		}
		e := newEstimate(r)
		expect := func(done int, want time.Duration) {
			t.Helper()
			if got := e.remaining(); got.Round(time.Millisecond) != want {
				t.Errorf("after %d trials %v are left, want %v", done, got, want)
			}
		}
		run := func(seq int, takes time.Duration) {
			e.start()
			time.Sleep(takes)
			r.done[seq] = results.Record{Seq: seq, Scale: 1, Cell: r.Plan.Plan[seq].Cell}
			e.saw(r.done[seq])
		}
		expect(0, 60*time.Second+4*startup) // nothing is known but what is typical
		run(0, (10*time.Second+startup)/2)
		expect(1, 25*time.Second+3*startup/2) // the same workload is thought to be as fast under b
		run(1, 3*time.Second)
		expect(2, 5*time.Second+startup/2+3*time.Second) // what was seen counts
		e = newEstimate(r)
		expect(2, 30*time.Second+2*startup) // of a run that is resumed, what is done is not counted
		r.Plan.Plan[2].Round, r.Plan.Plan[2].Reserve = 1, true
		e.count()
		expect(2, 20*time.Second+startup) // nor is what may never be run
		r.called = map[int]bool{1: true}
		e.count()
		expect(2, 30*time.Second+2*startup) // until it is called
	})
}

// BenchmarkEstimate is what the runner does between two trials of the longest plan.
func BenchmarkEstimate(b *testing.B) {
	r := &Runner{Workloads: slow, done: map[int]results.Record{}}
	for seq := range results.MaxTrials {
		r.Plan.Plan = append(r.Plan.Plan, results.Planned{Seq: seq, Scale: 1, Cell: results.Cell{Workload: "Slow", Model: string(rune('a' + seq%20))}})
	}
	e := newEstimate(r)
	for b.Loop() {
		e.remaining()
	}
}
