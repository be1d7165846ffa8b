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
	for lag, want := range map[float64]bool{0.9: true, -0.9: false, 0.1: false} {
		c := ratio{Comparison: stats.Comparison{N: 8, Ratio: 1, Lag1: lag}, over: 1, under: 1}
		if p := d.pairOf(cells[0], cells[1], results.Metric{Name: makespan}, c); (p.Warning != "") != want {
			t.Errorf("autocorrelation %v: %q", lag, p.Warning)
		}
	}
}
