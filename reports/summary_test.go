package reports

import "testing"

func TestLead(t *testing.T) {
	told, untold, against := Evidence{Text: "told", Answer: Holds}, Evidence{Text: "untold", Answer: TooWide}, Evidence{Text: "against", Answer: HoldsNot}
	for answer, want := range map[Answer]string{Holds: "told", HoldsWhereDecided: "told", HoldsInPart: "against", HoldsNot: "against",
		HoldsNotWhereDecided: "against", TooWide: "untold", Undecided: "untold"} {
		f := Finding{Answer: answer, Evidence: []Evidence{untold, told, against}}
		if lead := f.Lead(); lead == nil || lead.Text != want {
			t.Errorf("%s leads with %v, want %s", answer, lead, want)
		}
	}
	if lead := (Finding{Answer: Undecided}).Lead(); lead != nil {
		t.Errorf("no evidence leads with %v", lead)
	}
}

func TestSummaryCountsEachAnswerAlone(t *testing.T) {
	some := []Evidence{{Text: "some", N: 6}}
	all := []Finding{{ID: "C1", Answer: Holds, Evidence: some}, {ID: "C2", Answer: HoldsWhereDecided, Evidence: some},
		{ID: "C3", Answer: HoldsWhereDecided, Evidence: some, Disturbed: "in the 3 clean rounds alone: too few rounds"},
		{ID: "C4", Answer: TooFewRounds, Evidence: some}, {ID: "C5", Answer: Undecided}, {ID: "C6", Answer: Undecided},
		{ID: "C7", Answer: TooWide, Evidence: some, Disturbed: "in the 3 clean rounds alone: too few rounds"}}
	want := "Of 7 claims that people read, 5 were measured: 1 holds, 2 hold where decided, 1 undecided for too few rounds, 1 undecided for too wide an interval. Of these answers 1 stands on disturbed rounds."
	if got := summary(all); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	measured, missing := measuredClaims(all)
	if len(measured) != 5 || missing != "Not measured in this run: C5, C6." {
		t.Errorf("%d measured, %q", len(measured), missing)
	}
}
