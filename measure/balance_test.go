package measure

import (
	"cmp"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"concbench/results"
	"concbench/stats"
)

// TestPlacesAreBalancedInAnyNumberOfRounds: whenever a run ends, no arm has
// stood in a place more than once more often than in another.
func TestPlacesAreBalancedInAnyNumberOfRounds(t *testing.T) {
	for arms := 1; arms <= 7; arms++ {
		for seed := range uint64(50) {
			d := newDesign(arms, randomFor(seed, "arms", "", 0))
			var count [7][7]int // by arm and place
			for round := range 25 {
				for place, arm := range d.next() {
					count[arm][place]++
				}
				least, most := spread(count, arms)
				if most-least > 1 {
					t.Fatalf("%d arms, seed %d: after %d rounds an arm stands %d times in one place and %d in another", arms, seed, round+1, least, most)
				}
			}
		}
	}
}

func spread(count [7][7]int, arms int) (least, most int) {
	least = count[0][0]
	for arm := range arms {
		for place := range arms {
			least, most = min(least, count[arm][place]), max(most, count[arm][place])
		}
	}
	return least, most
}

// TestDriftFallsOnAllModels simulates machines whose speed changes during a run
// of models that cost the same, and counts how often a comparison says that they do
// not: at most as often as intervals of six rounds are wrong at all, 3.1 %. The
// same values in blocks, one model after the other, say so several times as often.
func TestDriftFallsOnAllModels(t *testing.T) {
	const wrong = 0.031
	for name, slower := range map[string]func(when float64) float64{
		"steady":               func(float64) float64 { return 0 },
		"half as slow again":   func(when float64) float64 { return 0.5 * when },
		"a jump in the middle": func(when float64) float64 { return 0.2 * math.Floor(2*when) },
	} {
		for _, models := range []string{"a b c", "a b c d", "a b c d e"} {
			mixed, blocks, n := falseAlarms(t, models, slower)
			if most := wrong + 4*math.Sqrt(wrong/float64(n)); mixed > most {
				t.Errorf("%s, models %s: %.3f of %d comparisons are wrong, want at most %.3f", name, models, mixed, n, most)
			}
			if name == "half as slow again" && blocks < 5*wrong {
				t.Errorf("%s, models %s: only %.3f are wrong in blocks: the simulation does not see drift", name, models, blocks)
			}
		}
	}
}

// falseAlarms is the share of comparisons whose interval excludes 1 although
// the models cost the same, in the order of a plan and in blocks, out of n.
func falseAlarms(t *testing.T, models string, slower func(when float64) float64) (mixed, blocks float64, n int) {
	t.Helper()
	p := Profile{Name: "p", Rounds: 6, Scale: 1, Sets: []Set{{Workload: "Toy", Arms: arms(models), Grid: grid(axis("cpu", "1 2 3 4 5 6 7 8"))}}}
	for seed := range uint64(40) {
		run, err := newPlan(p, toys, Options{Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		mixture := withoutReserve(run.Plan)
		wrong, of := wrongIntervals(mixture, seed, slower)
		mixed, n = mixed+float64(wrong), n+of
		inBlocks := slices.Clone(mixture)
		slices.SortStableFunc(inBlocks, func(a, b results.Planned) int { return cmp.Compare(a.Cell.Key(), b.Cell.Key()) })
		wrong, _ = wrongIntervals(inBlocks, seed, slower)
		blocks += float64(wrong)
	}
	return mixed / float64(n), blocks / float64(n), n
}

// wrongIntervals gives every trial a value of 1 with a noise of 1 % and the
// slowness of its moment, and compares all models.
func wrongIntervals(plan []results.Planned, seed uint64, slower func(when float64) float64) (wrong, n int) {
	rng := rand.New(rand.NewPCG(seed, 1))
	values := map[string]map[string][]float64{} // by subject and arm, in the order of rounds
	for i, p := range plan {
		of := values[p.Cell.Subject()]
		if of == nil {
			of = map[string][]float64{}
			values[p.Cell.Subject()] = of
		}
		value := math.Exp(0.01*rng.NormFloat64() + slower(float64(i)/float64(len(plan))))
		of[p.Cell.Arm()] = append(of[p.Cell.Arm()], value)
	}
	for _, of := range values {
		models := slices.Sorted(maps.Keys(of))
		for i, a := range models {
			for _, b := range models[i+1:] {
				var logs []float64
				for round := range of[a] {
					logs = append(logs, math.Log(of[a][round])-math.Log(of[b][round]))
				}
				if in := stats.MedianInterval(logs); in.Lo > 0 || in.Hi < 0 {
					wrong++
				}
				n++
			}
		}
	}
	return wrong, n
}
