package reports

import "testing"

func TestLead(t *testing.T) {
	told, untold, against := Evidence{Text: "told", Answer: Holds}, Evidence{Text: "untold", Answer: CannotTell}, Evidence{Text: "against", Answer: HoldsNot}
	for answer, want := range map[Answer]string{Holds: "told", HoldsAsTold: "told", HoldsInPart: "against", HoldsNot: "against", CannotTell: "untold"} {
		f := Finding{Answer: answer, Evidence: []Evidence{untold, told, against}}
		if lead := f.Lead(); lead == nil || lead.Text != want {
			t.Errorf("%s leads with %v, want %s", answer, lead, want)
		}
	}
	if lead := (Finding{Answer: CannotTell}).Lead(); lead != nil {
		t.Errorf("no evidence leads with %v", lead)
	}
}

func TestSummaryCountsEachAnswerAlone(t *testing.T) {
	some := []Evidence{{Text: "some", N: 6}}
	all := []Finding{{ID: "C1", Answer: Holds, Evidence: some}, {ID: "C2", Answer: HoldsAsTold, Evidence: some}, {ID: "C3", Answer: HoldsAsTold, Evidence: some},
		{ID: "C4", Answer: CannotTell, Evidence: some}, {ID: "C5", Answer: CannotTell}, {ID: "C6", Answer: CannotTell}}
	if got, want := summary(all), "Of 6 claims that people read, 4 were measured: 1 holds, 2 hold where n ≥ 6, of 1 this run cannot tell."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	measured, missing := measuredClaims(all)
	if len(measured) != 4 || missing != "Not measured in this run: C5, C6." {
		t.Errorf("%d measured, %q", len(measured), missing)
	}
}
