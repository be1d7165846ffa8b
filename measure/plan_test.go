package measure

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"concbench/models"
	"concbench/models/registry"
	"concbench/results"
	"concbench/workloads"
)

func plan(t *testing.T, profile string, o Options) results.Run {
	t.Helper()
	run, err := NewPlan(profile, o)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func TestSameSeedSamePlan(t *testing.T) {
	for _, p := range Profiles() {
		a, b, c := plan(t, p.Name, Options{Seed: 1}), plan(t, p.Name, Options{Seed: 1}), plan(t, p.Name, Options{Seed: 2})
		if diff := cmp.Diff(a, b, cmpopts.IgnoreFields(results.Run{}, "Start")); diff != "" {
			t.Errorf("%s: one seed gave two plans: %s", p.Name, diff)
		}
		if cmp.Equal(a.Plan, c.Plan) {
			t.Errorf("%s: two seeds gave one plan", p.Name)
		}
	}
}

// TestPlanOfEveryProfile checks the order of whole plans: each round has each
// of its cells once, and all arms of a subject stand together with one seed.
func TestPlanOfEveryProfile(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := rapid.SampledFrom(Profiles()).Draw(rt, "profile")
		run := plan(t, p.Name, Options{Seed: rapid.Uint64().Draw(rt, "seed"), Rounds: rapid.IntRange(1, 9).Draw(rt, "rounds")})
		type place struct {
			round   int
			subject string
			scale   float64
		}
		cells := map[string]bool{}
		last := map[place]int{}
		seeds := map[place]uint64{}
		for i, planned := range run.Plan {
			at := place{planned.Round, planned.Cell.Subject(), planned.Scale}
			key := fmt.Sprint(planned.Round, planned.Scale, planned.Cell.Key())
			if planned.Seq != i || cells[key] || i > 0 && planned.Round < run.Plan[i-1].Round {
				rt.Fatalf("trial %d is out of place: %+v", i, planned)
			}
			cells[key] = true
			if before, ok := last[at]; ok && (before != i-1 || seeds[at] != planned.Seed) {
				rt.Fatalf("%s in round %d is torn apart at trial %d", at.subject, at.round, i)
			}
			last[at], seeds[at] = i, planned.Seed
			if planned.Seed >= 1<<53 {
				rt.Fatalf("the seed %d does not fit into floating point", planned.Seed)
			}
		}
	})
}

// TestUnsupportedCellsAreLeftOut bends a profile to what the coroutine cannot.
func TestUnsupportedCellsAreLeftOut(t *testing.T) {
	run := plan(t, "bench", Options{Workloads: []string{"Switch"}, Params: map[string]string{"cpu": "cross"}, Traits: realTraits})
	for _, planned := range run.Plan {
		if planned.Cell.Model == "coroutine" {
			t.Errorf("planned %s, which keeps all tasks on one thread", planned.Cell.Label())
		}
	}
	for _, p := range Profiles() {
		if free, held := plan(t, p.Name, Options{}), plan(t, p.Name, Options{Traits: realTraits}); len(free.Plan) != len(held.Plan) {
			t.Errorf("%s names %d trials, and %d of them can run", p.Name, len(free.Plan), len(held.Plan))
		}
	}
}

func realTraits(model, options string) (models.Traits, error) {
	m, err := registry.New(model, options)
	if err != nil {
		return models.Traits{}, err
	}
	return m.Traits(), nil
}

// TestProfilesNameWhatExists resolves every cell of every profile, and finds
// every arm supported by its workload as far as the parameters tell.
func TestProfilesNameWhatExists(t *testing.T) {
	for _, p := range Profiles() {
		run := plan(t, p.Name, Options{})
		for _, w := range workloads.All {
			if !slices.ContainsFunc(run.Workloads, func(i results.WorkloadInfo) bool { return i.Name == w.Name }) {
				t.Errorf("the profile %s leaves out the workload %s", p.Name, w.Name)
			}
		}
	}
}

func TestWilliams(t *testing.T) {
	for n := 1; n <= 8; n++ {
		rows := williams(n)
		if want := n * (1 + n%2); n > 1 && len(rows) != want {
			t.Errorf("%d arms: %d rows, want %d", n, len(rows), want)
		}
		type pair struct{ place, arm int }
		places, follows := map[pair]int{}, map[pair]int{}
		for _, row := range rows {
			for place, arm := range row {
				places[pair{place, arm}]++
				if place > 0 {
					follows[pair{row[place-1], arm}]++
				}
			}
		}
		for arm := range n {
			for other := range n {
				if places[pair{other, arm}] != len(rows)/n {
					t.Errorf("%d arms: arm %d is in place %d %d times", n, arm, other, places[pair{other, arm}])
				}
				if arm != other && follows[pair{other, arm}] != len(rows)/n {
					t.Errorf("%d arms: arm %d follows %d %d times", n, arm, other, follows[pair{other, arm}])
				}
			}
		}
	}
}

// TestArmsAreBalancedOverRounds looks at six rounds of three arms, which is one
// whole design: each arm is first, second and third twice.
func TestArmsAreBalancedOverRounds(t *testing.T) {
	p := Profile{Name: "p", Rounds: 6, Scale: 1, Sets: []Set{{Workload: "Toy", Arms: arms("a b c")}}}
	for seed := range uint64(20) {
		run, err := newPlan(p, toys, Options{Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		count := map[string]int{}
		for i, planned := range withoutReserve(run.Plan) {
			count[planned.Cell.Model+string(rune('0'+i%3))]++
		}
		for at, n := range count {
			if n != 2 {
				t.Errorf("seed %d: %s stands there %d times, want 2", seed, at, n)
			}
		}
	}
}

// TestEveryOrderOccurs: a design of four arms has four orders, and dealing the
// arms to them anew makes all 24 possible.
func TestEveryOrderOccurs(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(300) {
		order := newDesign(4, randomFor(seed, "arms", "", 0)).next()
		seen[fmt.Sprint(order)] = true
	}
	if len(seen) != 24 {
		t.Errorf("%d orders of four arms occur, want 24", len(seen))
	}
}

func withoutReserve(plan []results.Planned) []results.Planned {
	return slices.DeleteFunc(slices.Clone(plan), func(p results.Planned) bool { return p.Reserve })
}

func TestSlowSetsRunInSomeRounds(t *testing.T) {
	p := Profile{Name: "p", Rounds: 7, Scale: 1, Sets: []Set{{Workload: "Toy", Arms: arms("a")}, {Workload: "Pages", Arms: arms("a"), Every: 3}}}
	run, err := newPlan(p, toys, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var rounds []int
	for _, planned := range run.Plan {
		if planned.Cell.Workload == "Pages" {
			rounds = append(rounds, planned.Round)
		}
	}
	if !slices.Equal(rounds, []int{0, 3, 6}) {
		t.Errorf("a set of every third round is run in %v", rounds)
	}
}

// TestAnArmKeepsItsOwnFrequency: arms of one group may be run unequally often.
func TestAnArmKeepsItsOwnFrequency(t *testing.T) {
	p := Profile{Name: "p", Rounds: 6, Scale: 1, Sets: []Set{{Workload: "Toy", Arms: arms("a b")}, {Workload: "Toy", Arms: arms("b c"), Every: 3}}}
	run, err := newPlan(p, toys, Options{})
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, planned := range withoutReserve(run.Plan) {
		count[planned.Cell.Model]++
	}
	if diff := cmp.Diff(map[string]int{"a": 6, "b": 6, "c": 2}, count); diff != "" {
		t.Error(diff)
	}
}

func TestScaledSetsStandApart(t *testing.T) {
	p := Profile{Name: "p", Rounds: 1, Scale: 0.5, Sets: []Set{{Workload: "Toy", Arms: arms("a b")}, {Workload: "Toy", Arms: arms("a b"), Scale: 0.1}}}
	for scale, want := range map[float64]map[float64]int{
		0: {0.5: 2, 0.05: 2},
		2: {2: 2}, // what the user asks for is what all durations get
	} {
		run, err := newPlan(p, toys, Options{Scale: scale})
		if err != nil {
			t.Fatal(err)
		}
		scales := map[float64]int{}
		for _, planned := range run.Plan {
			scales[planned.Scale]++
		}
		if diff := cmp.Diff(want, scales); diff != "" {
			t.Errorf("trials by scale when asked for %v: %s", scale, diff)
		}
	}
}

func TestACellIsOnceInARound(t *testing.T) {
	run, err := NewPlan("bench", Options{Workloads: []string{"Memory"}, Models: []string{"threads"}, Params: map[string]string{"tasks": "10"}, Rounds: 2})
	if err != nil {
		t.Fatal(err)
	}
	if len(run.Plan) != 2 {
		t.Errorf("one cell in two rounds is planned as %d trials", len(run.Plan))
	}
}

func TestSetsOfTheSameWorkShareAGroup(t *testing.T) {
	p := Profile{Name: "p", Rounds: 1, Scale: 1, Sets: []Set{{Workload: "Toy", Arms: arms("a b")}, {Workload: "Pages", Arms: arms("a")}, {Workload: "Toy", Arms: arms("b c")}}}
	groups, err := choose(p, toys, Options{})
	if err != nil || len(groups) != 2 || len(groups[0].members) != 3 {
		t.Errorf("%+v, %v; want two groups, Toy with three arms", groups, err)
	}
}

func TestOptionsChoose(t *testing.T) {
	chosen := func(o Options) string {
		t.Helper()
		o.Rounds = 1
		seen := map[string]bool{}
		for _, planned := range plan(t, "bench", o).Plan {
			c := planned.Cell
			text := c.Workload + " " + c.Arm()
			if c.Workload == "Switch" {
				text += " " + c.Params.Get("via") + " " + c.Params.Get("cpu")
			}
			seen[text] = true
		}
		var all []string
		for name := range seen {
			all = append(all, strings.TrimSpace(name))
		}
		slices.Sort(all)
		return strings.Join(all, ", ")
	}
	for _, c := range []struct {
		options Options
		want    string
	}{
		{Options{Workloads: []string{"sleep"}, Models: []string{"Serial", "threads"}}, "Sleep serial, Sleep threads"},
		{Options{Workloads: []string{"Sleep"}, Models: []string{"threads/gil=off"}}, "Sleep threads/gil=off"},
		{Options{Workloads: []string{"Factorial"}, Models: []string{"threads"}}, "Factorial threads, Factorial threads/gil=off"},
		{Options{Workloads: []string{"Switch"}, Models: []string{"coroutine"}, Params: map[string]string{"via": "yield"}}, "Switch coroutine yield same"},
		{Options{Workloads: []string{"Switch"}, Models: []string{"threads/gil=off"}, Params: map[string]string{"via": "yield"}}, "Switch threads/gil=off yield same"},
		{Options{Workloads: []string{"Memory"}, Params: map[string]string{"tasks": "5000"}}, "Memory coroutine, Memory goroutine, Memory threads"},
	} {
		if got := chosen(c.options); got != c.want {
			t.Errorf("%+v gives %q, want %q", c.options, got, c.want)
		}
	}
}

// TestRealSitesAreDescribedTruthfully: the page server's parameters and the
// scale say nothing of them.
func TestRealSitesAreDescribedTruthfully(t *testing.T) {
	run := plan(t, "quick", Options{Workloads: []string{"Download"}, Rounds: 1, Scale: 0.5, URLs: []string{"http://a.example", "http://b.example"}})
	for _, planned := range run.Plan {
		p := planned.Cell.Params
		if p.Get("pages") != "2" || p.Get("mean") != "0s" || planned.Scale != 1 {
			t.Errorf("%s at scale %v; want pages=2 mean=0s at scale 1", planned.Cell.Label(), planned.Scale)
		}
	}
	if len(run.URLs) != 2 || len(run.Plan) != 5 {
		t.Errorf("%d trials of the sites %v; want native under four models, and executor", len(run.Plan), run.URLs)
	}
}

func TestWrongOptions(t *testing.T) {
	for want, o := range map[string]Options{
		`no workload "Walk" in this profile; there are: Sleep, Download`: {Workloads: []string{"Walk"}},
		`no model "fibre" in this profile; there are: serial, coroutine`: {Models: []string{"fibre"}},
		`has a parameter "speed"; they have: pages`:                      {Params: map[string]string{"speed": "1"}},
		`parameter tasks=many: want a whole number`:                      {Params: map[string]string{"tasks": "many"}},
		`real sites are for Download`:                                    {Workloads: []string{"Sleep"}, URLs: []string{"http://a.example"}},
		`mean=1s is of the page server`:                                  {Params: map[string]string{"mean": "1s"}, URLs: []string{"http://a.example"}},
		`-1 rounds`:                                                      {Rounds: -1},
		`scale -2`:                                                       {Scale: -2},
		`scale 1e+12; want 0.0001 to 100`:                                {Scale: 1e12},
		`scale 1e-05; want 0.0001 to 100`:                                {Scale: 1e-5},
		`nothing is left to run`:                                         {Workloads: []string{"Switch"}, Models: []string{"serial"}},
	} {
		if _, err := NewPlan("bench", o); !errors.Is(err, ErrUsage) || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v; want ErrUsage with %q", o, err, want)
		}
	}
	if _, err := NewPlan("huge", Options{}); !errors.Is(err, ErrUsage) || !strings.Contains(err.Error(), "quick, bench, full") {
		t.Errorf("an unknown profile: %v", err)
	}
}

// TestProfilesKeepTheirBudget adds up what the workloads say they take: bench
// is to end within six minutes with its report, quick within one, and full takes
// about 40.
func TestProfilesKeepTheirBudget(t *testing.T) {
	for profile, budget := range map[string]time.Duration{"quick": 55 * time.Second, "bench": 350 * time.Second, "full": 40 * time.Minute} {
		r := Runner{Plan: plan(t, profile, Options{})}
		if sum := r.Estimate(); sum > budget || sum < budget*3/4 {
			t.Errorf("%s takes about %v; its budget is %v", profile, sum.Round(time.Second), budget)
		}
	}
}
