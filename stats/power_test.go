package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// TestVerdictsComeAsOftenAsIsSaid simulates comparisons of models with a known
// difference and a known noise, counts the verdicts, and holds both the formula
// and the table in the documentation against the counts.
func TestVerdictsComeAsOftenAsIsSaid(t *testing.T) {
	told := documented(t)
	for _, rounds := range []int{6, 20} {
		for _, sd := range []float64{0.01, 0.03} {
			for _, difference := range []float64{0, 0.01, 0.02, 0.03, 0.05, 0.1} {
				count := judged(rounds, difference, sd)
				slower := float64(count[Slower]) / simulations
				power := Power(rounds, difference, sd, Margin)
				if math.Abs(slower-power) > 4*math.Sqrt(power*(1-power)/simulations)+1.0/simulations {
					t.Errorf("%d rounds, sd %v, difference %v: %v are slower, and the formula says %v", rounds, sd, difference, slower, power)
				}
				if row := rateRow(rounds, sd, difference, count); !strings.Contains(told, row) {
					t.Errorf("docs/statistics.md does not have this row of its table:\n%s", row)
				}
			}
		}
	}
}

const simulations = 20_000

func judged(rounds int, difference, sd float64) map[Verdict]int {
	rng := rand.New(rand.NewPCG(uint64(rounds), math.Float64bits(difference+sd)))
	count := map[Verdict]int{}
	logs := make([]float64, rounds)
	for range simulations {
		for i := range logs {
			logs[i] = math.Log1p(difference) + sd*rng.NormFloat64()
		}
		in := MedianInterval(logs)
		count[Judge(Interval{math.Exp(in.Lo), math.Exp(in.Hi), in.Confidence}, Margin)]++
	}
	return count
}

func rateRow(rounds int, sd, difference float64, count map[Verdict]int) string {
	row := fmt.Sprintf("| %d | %.0f %% | +%.0f %% |", rounds, 100*sd, 100*difference)
	for _, v := range []Verdict{Faster, LeansFaster, Equivalent, LeansSlower, Slower, TooUncertain} {
		row += fmt.Sprintf(" %.1f %% |", 100*float64(count[v])/simulations)
	}
	return row
}

func documented(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../docs/statistics.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestDetectable holds the other table of the documentation against the formula.
func TestDetectable(t *testing.T) {
	told := documented(t)
	for _, rounds := range []int{6, 12, 20, 30} {
		row := fmt.Sprintf("| %d |", rounds)
		for _, sd := range []float64{0.01, 0.03, 0.05} {
			row += fmt.Sprintf(" %.1f %%, %.1f %% |", 100*Detectable(rounds, sd, 0, 0.8), 100*Detectable(rounds, sd, Margin, 0.8))
		}
		if !strings.Contains(told, row) {
			t.Errorf("docs/statistics.md does not have this row of its table:\n%s", row)
		}
	}
	d := Detectable(20, 0.03, Margin, 0.8)
	near(t, "power of what can be detected", math.Round(100*Power(20, d, 0.03, Margin))/100, 0.8)
	if d := Detectable(5, 0.03, Margin, 0.8); !math.IsInf(d, 1) || Power(5, 1, 0.03, Margin) != 0 {
		t.Errorf("five rounds detect a difference of %v", d)
	}
}

// A true difference of the margin is hardly ever called one, by construction.
func TestADifferenceOfTheMarginIsNotCalled(t *testing.T) {
	for _, rounds := range []int{6, 20, 1_000} {
		for _, sd := range []float64{0.001, 0.03} {
			missed := 1 - MedianInterval(make([]float64, rounds)).Confidence
			near(t, "power at the margin", Power(rounds, Margin, sd, Margin), missed/2)
		}
	}
}
