package measure

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"concbench/internal/platform"
	"concbench/noise"
	"concbench/results"
)

// TestReserveOfAPlan: a quarter of the rounds that are run most often, behind
// all others, with the cells that are in all of those.
func TestReserveOfAPlan(t *testing.T) {
	p := Profile{Name: "p", Scale: 1, Sets: []Set{{Workload: "Toy", Arms: arms("a b")}, {Workload: "Pages", Arms: arms("a"), Every: 3}}}
	for rounds, want := range map[int][]int{1: nil, 5: nil, 6: {6, 7}, 8: {8, 9}, 9: {9, 10, 11}, 20: {20, 21, 22, 23, 24}} {
		run, err := newPlan(p, toys, Options{Rounds: rounds})
		if err != nil {
			t.Fatal(err)
		}
		var reserve []int
		for i, planned := range run.Plan {
			if planned.Reserve != (planned.Round >= rounds) || planned.Seq != i || planned.Reserve && planned.Cell.Workload != "Toy" {
				t.Errorf("%d rounds: trial %d is %+v", rounds, i, planned)
			}
			if planned.Reserve && !slices.Contains(reserve, planned.Round) {
				reserve = append(reserve, planned.Round)
			}
		}
		if !slices.Equal(want, reserve) {
			t.Errorf("%d rounds have in reserve %v, want %v", rounds, reserve, want)
		}
		if run.Budget < float64(len(withoutReserve(run.Plan)))*startup.Seconds() {
			t.Errorf("%d rounds have a budget of %v s", rounds, run.Budget)
		}
	}
}

// TestReserveOfCellsInSomeRounds: where no cell is in every round, those that
// are in most count.
func TestReserveOfCellsInSomeRounds(t *testing.T) {
	p := Profile{Name: "p", Rounds: 18, Scale: 1, Sets: []Set{{Workload: "Toy", Arms: arms("a b"), Every: 3}}}
	run, err := newPlan(p, toys, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(run.Plan) - len(withoutReserve(run.Plan)); n != 2*2 {
		t.Errorf("%d trials in reserve for six rounds of two, want two rounds", n)
	}
}

// A weather decides in which rounds other processes compute.
type weather struct {
	counter
	disturbed func(round int) bool
	round     int
	busy      float64
}

func (w *weather) TrialStarted(p results.Planned, left time.Duration) {
	w.round = p.Round
	w.counter.TrialStarted(p, left)
}

func (w *weather) load() (platform.Load, error) {
	if w.disturbed(w.round) {
		w.busy += 100
	}
	return platform.Load{Load1: 1, Idle: -w.busy, Ticks: w.busy}, nil
}

// under has the run see the weather, and is told of it.
func under(r *Runner, disturbed func(round int) bool) *weather {
	w := &weather{disturbed: disturbed}
	r.Progress, r.load = w, w.load
	return w
}

func in(rounds ...int) func(int) bool {
	return func(round int) bool { return slices.Contains(rounds, round) }
}

// TestMissingRoundsAreMeasured: a run that ends with too few clean rounds goes
// on with its reserve, as long as that can help.
func TestMissingRoundsAreMeasured(t *testing.T) {
	for name, c := range map[string]struct {
		disturbed func(int) bool
		budget    float64 // 0: as planned, and a minute more
		rounds    int
		verdicts  []noise.Verdict
	}{
		"none disturbed":           {in(), 0, 6, nil},
		"one":                      {in(2), 0, 7, []noise.Verdict{noise.Measure}},
		"two":                      {in(0, 5), 0, 8, []noise.Verdict{noise.Measure, noise.Measure}},
		"one, and one in reserve":  {in(2, 6), 0, 8, []noise.Verdict{noise.Measure, noise.Measure}},
		"two, and one in reserve":  {in(1, 2, 6), 0, 7, []noise.Verdict{noise.Measure, noise.Hopeless}},
		"three, and two are there": {in(1, 2, 3), 0, 6, []noise.Verdict{noise.Hopeless}},
		"all":                      {func(int) bool { return true }, 0, 6, []noise.Verdict{noise.Hopeless}},
		"no time":                  {in(2), 1e-6, 6, []noise.Verdict{noise.Late}},
	} {
		r := toyRunner(t, toyPlan(t, 6, "Toy"))
		r.Plan.Budget = cmp.Or(c.budget, 60)
		w := under(r, c.disturbed)
		summary := mustRun(t, r)
		if want := c.rounds * 2; summary.Partial() || summary.Done != want || summary.Planned != want || w.started != want {
			t.Errorf("%s: %d trials started, %d done of %d; want %d", name, w.started, summary.Done, summary.Planned, want)
		}
		var verdicts []noise.Verdict
		for _, d := range w.decisions {
			verdicts = append(verdicts, d.Verdict)
		}
		if !slices.Equal(verdicts, c.verdicts) {
			t.Errorf("%s: %v", name, w.decisions)
		}
		saved := mustOpen(t, r.Dir)
		if due := saved.Run.Due(saved.Records); due != c.rounds*2 || len(saved.Records) != c.rounds*2 {
			t.Errorf("%s: on disk are %d records of %d that are due", name, len(saved.Records), due)
		}
		if again := mustRun(t, reopened(t, r)); again.Done != summary.Done {
			t.Errorf("%s: resumed, it has %d trials instead of %d", name, again.Done, summary.Done)
		}
	}
}

// TestRunsTooShortForAnAnswerHaveNoReserve: nothing is said either.
func TestRunsTooShortForAnAnswerHaveNoReserve(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 3, "Toy"))
	w := under(r, in(0, 1, 2))
	if summary := mustRun(t, r); summary.Done != 6 || len(w.decisions) != 0 {
		t.Errorf("%d trials, %v", summary.Done, w.decisions)
	}
}

// TestInterruptedReserveIsFinished: a round in reserve that was begun is
// finished, and one that was decided on and not begun is decided on again.
func TestInterruptedReserveIsFinished(t *testing.T) {
	for at, partial := range map[int]bool{12: false, 13: true} {
		r := toyRunner(t, toyPlan(t, 6, "Toy"))
		r.Plan.Budget = 60
		w := under(r, in(2))
		ctx, cancel := context.WithCancel(t.Context())
		w.onStart = func(p results.Planned) {
			if p.Seq == at {
				cancel()
			}
		}
		summary, err := r.Run(ctx)
		if !errors.Is(err, ErrInterrupted) || summary.Done != at {
			t.Fatalf("%d done, %v", summary.Done, err)
		}
		saved := mustOpen(t, r.Dir)
		if done, due := len(saved.Records), saved.Run.Due(saved.Records); (done < due) != partial {
			t.Errorf("interrupted at %d: %d of %d are there", at, done, due)
		}
		again := reopened(t, r)
		under(again, in())
		if end := mustRun(t, again); end.Done != 14 || end.Partial() {
			t.Errorf("interrupted at %d and resumed: %d of %d", at, end.Done, end.Planned)
		}
	}
}

func TestReserveIsNoPartOfTheEstimate(t *testing.T) {
	run := toyPlan(t, 6, "Toy")
	r := Runner{Plan: run, Workloads: toys}
	if got, want := r.Estimate(), time.Duration(len(withoutReserve(run.Plan)))*startup; got != want {
		t.Errorf("estimated %v, want %v", got, want)
	}
}

func TestDecisionsAreToldInASentence(t *testing.T) {
	for want, d := range map[string]noise.Decision{
		"5 of 6 rounds are clean, and an answer needs 6: round 7 is measured from the reserve, in about 8 s": {Verdict: noise.Measure, Clean: 5, Of: 6, Round: 6, Left: 2, Takes: 8.2, Spare: 20},
		"5 of 6 rounds are clean, and an answer needs 6: another takes about 8 s, and 3 s are left":          {Verdict: noise.Late, Clean: 5, Of: 6, Round: 6, Left: 2, Takes: 8.2, Spare: 3},
		"0 of 6 rounds are clean, and an answer needs 6: 2 rounds in reserve are too few":                    {Verdict: noise.Hopeless, Of: 6, Round: 6, Left: 2},
	} {
		if got := d.String(); !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
