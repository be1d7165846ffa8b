package reports

import (
	"slices"
	"strings"
	"testing"

	"concbench/results"
	"concbench/stats"
)

func TestOnlyRowsThatCanBeRankedAreCorrectedTogether(t *testing.T) {
	run, records := makeFixture(t)
	records = slices.DeleteFunc(records, func(r results.Record) bool { return r.Cell.Workload == "Download" && r.Round > 4 })
	family := 0
	for _, p := range arrange(run, records, nil).pairs().Rows {
		none := p.N < 6 || strings.Contains(p.Subject, "tasks=0")
		if (p.Holm == "–") != none {
			t.Errorf("%s, %s, n=%d: Holm %s", p.Subject, p.Arms, p.N, p.Holm)
		}
		if strings.Contains(p.Subject, "tasks=0") && p.Verdict != "not ranked" {
			t.Errorf("no tasks are ranked: %+v", p)
		}
		if !none {
			family++
		}
	}
	if useful, note := holmNote(family, 8); family == 0 || useful || !strings.Contains(note, "p cannot be below 0.0078") {
		t.Errorf("%d rows of 8 rounds: %s", family, note)
	}
}

func TestCorrectionThatCanSayNothingIsLeftOut(t *testing.T) {
	for _, test := range []struct {
		rows, rounds int
		want         bool
	}{{0, 0, false}, {1, 6, true}, {2, 6, false}, {6, 8, true}, {7, 8, false}, {300, 20, true}, {600, 20, false}} {
		if useful, note := holmNote(test.rows, test.rounds); useful != test.want || note == "" {
			t.Errorf("%d rows of %d rounds: %v, %q", test.rows, test.rounds, useful, note)
		}
	}
}

func TestOnlyRoundsThatResembleEachOtherAreWarnedOf(t *testing.T) {
	run, records := makeFixture(t)
	d := arrange(run, records, nil)
	cells := d.where("Sleep")
	for chance, want := range map[float64]bool{0.001: true, 0.025: true, 0.03: false, 1: false} {
		c := ratio{Comparison: stats.Comparison{N: 8, Ratio: 1, LagP: chance}, over: 1, under: 1}
		if p := d.pairOf(cells[0], cells[1], results.Metric{Name: makespan}, c); (len(p.Warnings) > 0) != want {
			t.Errorf("alike by chance with p = %v: %q", chance, p.Warnings)
		}
	}
}

// What was measured and has no ratio is a row that says so, and its claim is not
// called unmeasured.
func TestComparisonsWithoutARatioAreListed(t *testing.T) {
	run, records := makeFixture(t)
	for i := range records {
		for _, metric := range []string{makespan, longestGap} {
			if _, ok := records[i].Values[metric]; ok && records[i].Cell.Model == "coroutine" && records[i].Round == 2 {
				records[i].Values[metric] = 0
			}
		}
	}
	d := arrange(run, records, nil)
	listed := 0
	for _, p := range d.pairs().Rows {
		if p.Verdict == "no ratio" && p.Workload == "Sleep" {
			listed++
		}
	}
	if listed != 3 {
		t.Errorf("%d comparisons of Sleep without a ratio are listed, want coroutine against three others", listed)
	}
	for _, f := range d.answers() {
		if f.ID != "C1" && f.ID != "C9" {
			continue
		}
		if !slices.ContainsFunc(f.Evidence, func(e Evidence) bool { return e.Answer == NoRatio && strings.Contains(e.Text, "no ratio") }) {
			t.Errorf("%s does not say that there is no ratio: %+v", f.ID, f.Evidence)
		}
	}
}
