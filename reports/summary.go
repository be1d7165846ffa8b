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
	count, shaky := map[Answer]int{}, 0
	for _, f := range measured {
		count[f.Answer]++
		if f.Shaky() {
			shaky++
		}
	}
	var parts []string
	for _, a := range []struct {
		answer Answer
		words  string
	}{{Holds, "%d hold"}, {HoldsWhereDecided, "%d hold where decided"}, {HoldsInPart, "%d hold in part"},
		{HoldsNot, "%d do not hold"}, {HoldsNotWhereDecided, "%d do not hold where decided"},
		{TooFewRounds, "%d undecided for too few rounds"}, {TooWide, "%d undecided for too wide an interval"},
		{NoRatio, "%d undecided for want of a ratio"}, {Undecided, "%d undecided"}} {
		if n := count[a.answer]; n > 0 {
			parts = append(parts, fmt.Sprintf(a.words, n))
		}
	}
	text := fmt.Sprintf("Of %d claims that people read, %d were measured: %s.", len(all), len(measured), strings.Join(parts, ", "))
	if shaky > 0 {
		text += fmt.Sprintf(" Of these answers %d stand on disturbed rounds.", shaky)
	}
	return strings.NewReplacer(" 1 hold", " 1 holds", " 1 do not", " 1 does not", " 1 were", " 1 was", " 1 stand", " 1 stands").Replace(text)
}
