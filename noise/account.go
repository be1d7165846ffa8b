package noise

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"concbench/results"
)

// An Account counts the trials and rounds of a run that were disturbed.
type Account struct {
	Trials, Unknown int           // all; those of which the system told nothing
	Disturbed       int           // trials
	By              map[Cause]int // trials; one may have several causes
	Most            map[Cause]float64
	Rounds          []int // all that have trials
	Dirty           []int // those that were disturbed
	Changes         []results.Difference
}

// Count takes the account of these trials. It needs the settings with which the
// run began to say what changed.
func Count(run results.Run, records []results.Record) Account {
	a := Account{Trials: len(records), By: map[Cause]int{}, Most: map[Cause]float64{}}
	began := run.Machine.All()
	rounds, dirty := map[int]bool{}, map[int]bool{}
	for _, r := range records {
		rounds[r.Round] = true
		if !Known(r) {
			a.Unknown++
		}
		causes := Of(r)
		for _, c := range causes {
			a.By[c]++
			a.Most[c] = max(a.Most[c], share(c, r))
		}
		if len(causes) > 0 {
			a.Disturbed++
			dirty[r.Round] = true
		}
		a.changes(began, r.Settings)
	}
	a.Rounds, a.Dirty = slices.Sorted(maps.Keys(rounds)), slices.Sorted(maps.Keys(dirty))
	return a
}

// changes collects how settings changed, each change once.
func (a *Account) changes(began, now map[string]string) {
	for name, value := range now {
		c := results.Difference{Name: name, Old: began[name], New: value}
		if !slices.Contains(a.Changes, c) {
			a.Changes = append(a.Changes, c)
		}
	}
	slices.SortFunc(a.Changes, func(x, y results.Difference) int { return strings.Compare(x.String(), y.String()) })
}

// share is how much a cause took of a trial, of one processor's time.
func share(c Cause, r results.Record) float64 {
	taken := map[Cause]float64{Hypervisor: r.Machine.Steal, Others: others(r), Quota: r.Machine.Throttled}[c]
	if wall(r) == 0 {
		return 0
	}
	return taken / wall(r)
}

// Extent tells how much the cause took of one trial, or what settings it had.
func Extent(c Cause, r results.Record) string {
	if c != Settings {
		return fmt.Sprintf("%.2g processors", share(c, r))
	}
	var list []string
	for _, name := range slices.Sorted(maps.Keys(r.Settings)) {
		list = append(list, name+"="+r.Settings[name])
	}
	return strings.Join(list, ", ")
}

// Clean is how many rounds were not disturbed.
func (a Account) Clean() int { return len(a.Rounds) - len(a.Dirty) }

// Is reports whether the round was disturbed.
func (a Account) Is(round int) bool { return slices.Contains(a.Dirty, round) }

// String tells in one sentence, without a stop, what was disturbed and by what.
func (a Account) String() string {
	switch {
	case a.Trials == 0:
		return "no trials yet"
	case a.Unknown == a.Trials && a.Disturbed == 0:
		return "not known: this system does not tell what else the machine did"
	}
	text := fmt.Sprintf("%d of %d trials, in %d of %d rounds", a.Disturbed, a.Trials, len(a.Dirty), len(a.Rounds))
	var by []string
	for _, c := range All {
		if n := a.By[c]; n > 0 {
			by = append(by, fmt.Sprintf("%s (%s%s)", c, trials(n), a.extent(c)))
		}
	}
	if len(by) > 0 {
		text += ", by " + strings.Join(by, ", ")
	}
	if a.Unknown > 0 {
		text += fmt.Sprintf("; of %s nothing is known", trials(a.Unknown))
	}
	return text
}

func trials(n int) string {
	if n == 1 {
		return "1 trial"
	}
	return fmt.Sprintf("%d trials", n)
}

// extent tells how much a cause took at most, or what changed.
func (a Account) extent(c Cause) string {
	if c != Settings {
		return fmt.Sprintf(", up to %.2g processors", a.Most[c])
	}
	var changes []string
	for _, d := range a.Changes {
		changes = append(changes, d.String())
	}
	return ", " + strings.Join(changes, ", ")
}
