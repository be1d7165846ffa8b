package reports

import (
	"fmt"
	"strings"
)

// measuredClaims are the findings with evidence, and the names of the others in a line.
func measuredClaims(all []Finding) (measured []Finding, missing string) {
	var names []string
	for _, f := range all {
		if len(f.Evidence) > 0 {
			measured = append(measured, f)
		} else {
			names = append(names, f.ID)
		}
	}
	if len(names) == 0 {
		return measured, ""
	}
	return measured, "Not measured in this run: " + strings.Join(names, ", ") + "."
}

// summary counts the answers in a sentence. A claim that some cells
// cannot answer is not counted among those that hold.
func summary(all []Finding) string {
	measured, _ := measuredClaims(all)
	if len(measured) == 0 {
		return fmt.Sprintf("This run measured none of %d claims that people read.", len(all))
	}
	count := map[Answer]int{}
	for _, f := range measured {
		count[f.Answer]++
	}
	var parts []string
	for _, a := range []struct {
		answer Answer
		words  string
	}{{Holds, "%d hold"}, {HoldsAsTold, "%d hold where n ≥ 6"}, {HoldsInPart, "%d hold in part"}, {HoldsNot, "%d do not hold"}, {CannotTell, "of %d this run cannot tell"}} {
		if n := count[a.answer]; n > 0 {
			parts = append(parts, fmt.Sprintf(a.words, n))
		}
	}
	text := fmt.Sprintf("Of %d claims that people read, %d were measured: %s.", len(all), len(measured), strings.Join(parts, ", "))
	return strings.NewReplacer(" 1 hold", " 1 holds", " 1 do not", " 1 does not", " 1 were", " 1 was").Replace(text)
}
