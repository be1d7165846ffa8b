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
}

// An Outcome is what a comparison of one arm with all others says.
type Outcome string

// The outcomes.
const (
	Won       Outcome = "won"            // every other needs more, by more than the margin
	Tie       Outcome = "tie"            // some are equivalent, and the others need more
	Undecided Outcome = "undecided"      // some may need more or less
	TooFew    Outcome = "too few rounds" // none of the others has enough
)

// A Rival is another arm, told as a multiple of the least.
type Rival struct {
	Arm, Times, Interval string
	Behind               bool // surely, by more than the margin
}

// standings are of the measures in the table, then of the workloads that it does
// not name, by their first metric.
func (d *data) standings() []Standing {
	var all []Standing
	named := map[string]bool{}
	for _, def := range standingsOf {
		named[def.workload] = true
		if s, ok := d.standing(def); ok {
			all = append(all, s)
		}
	}
	for _, name := range d.workloads() {
		if m, ok := first(d.info(name)); ok && !named[name] {
			if s, ok := d.standing(chartDef{workload: name, metric: m.Name, title: m.Title}); ok {
				all = append(all, s)
			}
		}
	}
	return all
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

// contenders are the arms that have values.
func (s subject) contenders(metric string) []contender {
	var all []contender
	for _, c := range s {
		if rounds, values := c.values(metric); len(values) > 0 {
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
			s.Rivals, s.Outcome = append(s.Rivals, Rival{Arm: c.arm, Times: "no ratio"}), Undecided
			continue
		}
		verdict := stats.Judge(r.Interval, stats.Margin)
		s.Rivals = append(s.Rivals, Rival{c.arm, times.format(r.Ratio), times.span(r.Ratio, r.Lo, r.Hi), verdict == stats.Slower})
		switch {
		case verdict == stats.Equivalent && s.Outcome == Won:
			s.Outcome = Tie
		case verdict != stats.Equivalent && verdict != stats.Slower:
			s.Outcome = Undecided
		}
	}
	if most < leastRounds {
		s.Outcome = TooFew
	}
	return s
}
