package stats

import (
	"cmp"
	"slices"
)

// Holm returns the p-values adjusted so that the chance of one or more false
// alarms among all of them is at most what each is then compared with: Holm, "A
// Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal
// of Statistics 6 (1979). The order of ps is kept.
func Holm(ps []float64) []float64 {
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(ps[i], ps[j]) })
	adjusted := make([]float64, len(ps))
	highest := 0.0
	for rank, i := range order {
		highest = max(highest, min(1, ps[i]*float64(len(ps)-rank)))
		adjusted[i] = highest
	}
	return adjusted
}
