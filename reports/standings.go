package reports

import (
	"cmp"
	"slices"
	"strings"

	"concbench/results"
	"concbench/stats"
)

// A Standing is who won at one measure, by how much, and how surely.
type Standing struct {
	Measure string
	Where   string // workload, with the parameters that tell its subjects apart
	Outcome Outcome
	Least   string // the arm that needs least
	Value   string // of that arm, with its interval
	Rivals  []Rival
	Clean   string // what the clean rounds alone say, if that is something else
}

// An Outcome is what a comparison of one arm with all others says.
type Outcome string

// The outcomes.
const (
	Won     Outcome = "won"            // every other needs more, by more than the margin
	Tie     Outcome = "tie"            // some are equivalent, and the others need more
	OpenYet Outcome = "undecided"      // some may need more or less
	TooFew  Outcome = "too few rounds" // none of the others has enough
)

// Shaky reports whether the outcome stands on disturbed rounds: without them there
// is none, or another.
func (s Standing) Shaky() bool { return s.Clean != "" && (s.Outcome == Won || s.Outcome == Tie) }

// Word is the outcome as it is shown.
func (s Standing) Word() string {
	if s.Shaky() {
		return string(s.Outcome) + ", disturbed"
	}
	return string(s.Outcome)
}

// Chip is its style class.
func (s Standing) Chip() string {
	if s.Shaky() {
		return "part"
	}
	return chip(s.Outcome)
}

// A Rival is another arm, told as a multiple of the least.
type Rival struct {
	Arm, Times, Interval string
	Behind               bool // surely, by more than the margin
}

// standings are of the measures in the table, then of the workloads that it does
// not name, by their first metric.
func (d *data) standings() []Standing {
	defs := slices.Clone(standingsOf)
	for _, name := range d.workloads() {
		named := slices.ContainsFunc(standingsOf, func(def chartDef) bool { return def.workload == name })
		if m, ok := first(d.info(name)); ok && !named {
			defs = append(defs, chartDef{workload: name, metric: m.Name, title: m.Title})
		}
	}
	clean := d.clean()
	var all []Standing
	for _, def := range defs {
		s, ok := d.standing(def)
		if !ok {
			continue
		}
		if clean != nil {
			s.Clean = d.without(clean, def, s)
		}
		all = append(all, s)
	}
	return all
}

// without says what the clean rounds alone say, if that is something else.
func (d *data) without(clean *data, def chartDef, s Standing) string {
	alone, ok := clean.standing(def)
	switch {
	case !ok:
		return d.cleanText(string(TooFew))
	case alone.Outcome != s.Outcome || alone.Least != s.Least:
		return d.cleanText(alone.Least + ", " + string(alone.Outcome))
	}
	return ""
}

// A contender is an arm with its values by round.
type contender struct {
	arm    string
	rounds []int
	values []float64
}

// standing compares the arms of one subject: of those that the definition names,
// the one with most rounds, and of these the first.
func (d *data) standing(def chartDef) (Standing, bool) {
	cells := d.where(def.workload, def.where...)
	var best []contender
	where := ""
	if def.kind == shares {
		best, where = d.slopesOf(cells, def.metric), "Memory"
	} else {
		for _, s := range subjects(cells) {
			if all := s.contenders(def.metric); rounds(all) > rounds(best) {
				best, where = all, strings.TrimSpace(def.workload+" "+d.heading(s[0], d.where(def.workload)))
			}
		}
	}
	if len(best) < 2 {
		return Standing{}, false
	}
	slices.SortStableFunc(best, func(a, b contender) int { return cmp.Compare(stats.Median(a.values), stats.Median(b.values)) })
	return d.rank(Standing{Measure: def.title, Where: where}, best, unitOf(def.metric)), true
}

// contenders are the arms that have values, each once.
func (s subject) contenders(metric string) []contender {
	var all []contender
	for _, c := range s {
		if rounds, values := c.values(metric); len(values) > 0 && !s.secondName(c) {
			all = append(all, contender{c.Arm(), rounds, values})
		}
	}
	return all
}

// slopesOf are the arms of the first ladder, with what one more task holds.
func (d *data) slopesOf(cells []*cellData, metric string) []contender {
	var all []contender
	var params results.Params
	for _, g := range d.growths(cells, metric) {
		if len(all) == 0 {
			params = g.params
		}
		if slices.Equal(g.params, params) {
			all = append(all, contender{g.arm, g.rounds, g.slopes})
		}
	}
	return all
}

// rounds is how many rounds two or more arms have.
func rounds(all []contender) int {
	counts := []int{0, 0}
	for _, c := range all {
		counts = append(counts, len(c.rounds))
	}
	slices.Sort(counts)
	return counts[len(counts)-2]
}

// rank compares all others with the first, which has the least.
func (d *data) rank(s Standing, all []contender, u unit) Standing {
	least := all[0]
	s.Least, s.Value = least.arm, u.summary(stats.Summarise(least.values))
	s.Outcome = Won
	most := 0 // rounds
	for _, c := range all[1:] {
		x, y := inBoth(c.rounds, c.values, least.rounds, least.values)
		most = max(most, len(x))
		r, err := d.compareValues(x, y)
		if err != nil {
			s.Rivals, s.Outcome = append(s.Rivals, Rival{Arm: c.arm, Times: "no ratio"}), OpenYet
			continue
		}
		verdict := stats.Judge(r.Interval, stats.Margin)
		s.Rivals = append(s.Rivals, Rival{c.arm, times.format(r.Ratio), rangeMark(!r.Sufficient()) + times.span(r.Ratio, r.Lo, r.Hi), verdict == stats.Slower})
		switch {
		case verdict == stats.Equivalent && s.Outcome == Won:
			s.Outcome = Tie
		case verdict != stats.Equivalent && verdict != stats.Slower:
			s.Outcome = OpenYet
		}
	}
	if most < stats.LeastRounds {
		s.Outcome = TooFew
	}
	return s
}
