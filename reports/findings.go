package reports

import (
	"slices"
)

// A Finding is a claim that people read, and what this run says about it.
type Finding struct {
	ID        string // as in docs/statistics.md
	Claim     string
	Rule      string // how the answer follows from the numbers
	Answer    Answer
	Open      string // what of the evidence is undecided, and why
	Disturbed string // what the clean rounds alone answer, if that is something else
	Evidence  []Evidence
}

// Evidence is one sentence with its number, interval and count.
type Evidence struct {
	Text   string
	N      int // rounds
	Answer Answer
}

// Shaky reports whether the answer stands on disturbed rounds: without them
// there is none, or another.
func (f Finding) Shaky() bool { return f.Disturbed != "" && f.Answer.decided() }

// Word is the answer as it is shown.
func (f Finding) Word() string {
	if f.Shaky() {
		return string(f.Answer) + ", disturbed"
	}
	return string(f.Answer)
}

// Notes are what must be said beside the answer.
func (f Finding) Notes() []string {
	return slices.DeleteFunc([]string{f.Disturbed, f.Open}, func(s string) bool { return s == "" })
}

// Lead is the first evidence that decided the answer, and nil if there is none.
func (f Finding) Lead() *Evidence {
	wanted := []Answer{f.Answer}
	switch f.Answer {
	case HoldsWhereDecided:
		wanted = []Answer{Holds}
	case HoldsInPart, HoldsNotWhereDecided:
		wanted = []Answer{HoldsNot}
	case Undecided:
		wanted = reasons
	}
	i := slices.IndexFunc(f.Evidence, func(e Evidence) bool { return slices.Contains(wanted, e.Answer) })
	if i < 0 {
		return nil
	}
	return &f.Evidence[i]
}

// A claim is a row of the table of claims.
type claim struct {
	id, text, rule string
	evidence       func(d *data) []Evidence
}

// findings are all claims with what the run says about them.
func (d *data) findings() []Finding {
	all := d.answers()
	clean := d.clean()
	if clean == nil {
		return all
	}
	for i, f := range clean.answers() {
		if f.Answer != all[i].Answer && (f.Answer.decided() || all[i].Answer.decided()) {
			all[i].Disturbed = d.cleanText(string(f.Answer))
		}
	}
	return all
}

func (d *data) answers() []Finding {
	var all []Finding
	for _, c := range claims {
		f := Finding{ID: c.id, Claim: c.text, Rule: c.rule, Evidence: c.evidence(d)}
		f.Answer, f.Open = together(f.Evidence), openText(f.Evidence)
		all = append(all, f)
	}
	return all
}

// note tells cells of one workload apart in a sentence.
func (d *data) note(c *cellData) string {
	if text := d.heading(c, d.where(c.Workload)); text != "" {
		return ", " + text
	}
	return ""
}
