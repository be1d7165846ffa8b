package reports

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"concbench/results"
	"concbench/stats"
)

// disturb has other processes compute beside all trials of so many rounds.
func disturb(records []results.Record, rounds int) {
	for i := range records {
		if records[i].Round < rounds {
			records[i].Machine = results.Noise{Busy: 3, Own: 1}
		}
	}
}

// console is what a terminal shows of the run.
func console(t *testing.T, run results.Run, records []results.Record) string {
	t.Helper()
	var text bytes.Buffer
	if err := Text(&text, run, records); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// TestNoClaimHoldsUnmarkedOnDisturbedRounds has all trials disturbed: no
// answer, no verdict and no colour may hide it.
func TestNoClaimHoldsUnmarkedOnDisturbedRounds(t *testing.T) {
	run, records := makeFixture(t)
	disturb(records, fixtureRounds)
	text := console(t, run, records)
	told := strings.Index(text, "Disturbed\n  408 of 408 trials, in 8 of 8 rounds, by other processes (408 trials, up to 2 processors)")
	if told < 0 || told > strings.Index(text, "\nFindings\n") {
		t.Errorf("the disturbance is not told before the findings: at %d in\n%s", told, text)
	}
	d := arrange(run, records, nil)
	for _, f := range d.findings() {
		if f.Answer.decided() && (!f.Shaky() || f.Chip() != "part" || !strings.HasSuffix(f.Word(), ", disturbed") || !strings.Contains(f.Disturbed, "no round is clean")) {
			t.Errorf("%s: %q (%s), %q", f.ID, f.Word(), f.Chip(), f.Disturbed)
		}
	}
	for _, s := range d.standings() {
		if (s.Outcome == Won || s.Outcome == Tie) && (s.Chip() != "part" || !strings.HasSuffix(s.Word(), ", disturbed")) {
			t.Errorf("%s: %q (%s)", s.Measure, s.Word(), s.Chip())
		}
	}
	for _, p := range d.pairs().Rows {
		if p.Verdict != "not ranked" && !p.Shaky && p.Verdict != stats.TooUncertain || p.Shaky && p.Chip() != "part" {
			t.Errorf("%s, %s: %s (%s), %q", p.Subject, p.Arms, p.Verdict, p.Chip(), p.Warnings)
		}
	}
	page := build(t, func(_ *results.Run, records []results.Record) []results.Record {
		disturb(records, fixtureRounds)
		return records
	})
	banner, findings := strings.Index(page, "<strong>Disturbed.</strong> 408 of 408 trials"), strings.Index(page, `<section id="short">`)
	if banner < 0 || banner > findings || strings.Contains(page, `chip yes`) || !strings.Contains(page, ">holds, disturbed<") {
		t.Errorf("the page has its banner at %d and its findings at %d; a green chip: %v", banner, findings, strings.Contains(page, "chip yes"))
	}
}

// TestAnswersThatStandOnCleanRoundsKeepTheirMark: with two of eight rounds
// disturbed, six are clean and answer the same.
func TestAnswersThatStandOnCleanRoundsKeepTheirMark(t *testing.T) {
	run, records := makeFixture(t)
	for i := range records { // the fixture's own disturbance is a third round
		records[i].Machine = results.Noise{}
	}
	disturb(records, 2)
	for _, f := range arrange(run, records, nil).findings() {
		if f.ID == "C1" && (f.Shaky() || f.Word() != "holds") {
			t.Errorf("%s: %q, %q", f.ID, f.Word(), f.Disturbed)
		}
	}
	if text := console(t, run, records); !strings.Contains(text, "in 2 of 8 rounds, by other processes") || !strings.Contains(text, "the 6 clean rounds alone") {
		t.Error(text)
	}
}

func TestTooFewCleanRoundsAreTold(t *testing.T) {
	run, records := makeFixture(t)
	disturb(records, 3)
	d := arrange(run, records, nil)
	if text := d.disturbedText(); !strings.Contains(text, "4 of 8 rounds are clean, too few to answer anything. So every answer") {
		t.Error(text)
	}
	for _, f := range d.findings() {
		if f.Answer.decided() && f.Disturbed != "in the 4 clean rounds alone: too few rounds" {
			t.Errorf("%s: %q", f.ID, f.Disturbed)
		}
	}
}

// An answer that only the disturbed rounds prevent is told, and is not shaky.
func TestCleanRoundsThatAnswerMoreAreTold(t *testing.T) {
	run, records := makeFixture(t)
	for i := range records {
		r := &records[i]
		if r.Cell.Workload == "Factorial" && r.Cell.Arm() == "threads" && r.Round == 3 { // which is the disturbed one
			r.Values[makespan] = 0.1
		}
	}
	for _, f := range arrange(run, records, nil).findings() {
		if f.ID == "C6" && (f.Answer != TooWide || f.Shaky() || f.Disturbed != "in the 7 clean rounds alone: holds") {
			t.Errorf("%s: %s, %q", f.ID, f.Word(), f.Disturbed)
		}
	}
}

// A system that does not tell what else it did is not called quiet.
func TestUnknownDisturbanceIsToldAsUnknown(t *testing.T) {
	run, records := makeFixture(t)
	for i := range records {
		records[i].Machine = results.Noise{}
	}
	for _, f := range arrange(run, records, nil).trust() {
		if f.Name == "disturbed" && !strings.HasPrefix(f.Value, "not known") {
			t.Error(f.Value)
		}
	}
}

// The picture of the overview is shown without its page.
func TestTheOverviewTellsItsReservations(t *testing.T) {
	run, records := makeFixture(t)
	disturb(records, 2)
	run.Machine.Settings = map[string]string{"GOGC": "400"}
	o, ok := arrange(run, records, nil).overview()
	if !ok || !strings.Contains(o.Note, "With GOGC=400. Disturbed: 3 of 8 rounds.") {
		t.Errorf("the note says %q", o.Note)
	}
}

func TestUnusualSettingsStandBesideTheNumbers(t *testing.T) {
	run, records := makeFixture(t)
	run.Machine.Settings = map[string]string{"GOGC": "400\x1b[2J", "nice": "5", "policy": "other"}
	text := console(t, run, records)
	if !strings.HasPrefix(text, "Not the usual settings: GOGC=") || !strings.Contains(text, "nice=5 (usually 0)") || strings.Contains(text, "\x1b") {
		t.Errorf("%.200q", text)
	}
	page := build(t, func(run *results.Run, records []results.Record) []results.Record {
		run.Machine.Settings = map[string]string{"GOGC": "<b>", "nice": "5"}
		return records
	})
	if at := strings.Index(page, "Not the usual settings"); at < 0 || at > strings.Index(page, `<section id="short">`) || strings.Contains(page, "GOGC=<b>") {
		t.Errorf("the page has its banner at %d", at)
	}
}

// TestUnmeasuredReserveIsNotMissing: rounds that are kept in reserve and were
// not needed, or did not fit, do not make a run partial. What they could not do is told.
func TestUnmeasuredReserveIsNotMissing(t *testing.T) {
	for budget, want := range map[float64]string{0: "another takes about", 1e6: "the run stopped before it measured more"} {
		run, records := makeFixture(t)
		run.Budget = budget
		for i := range run.Plan {
			run.Plan[i].Reserve = run.Plan[i].Round >= 6
		}
		records = slices.DeleteFunc(records, func(r results.Record) bool { return r.Round >= 6 })
		text := console(t, run, records)
		if strings.Contains(text, "Partial") || !strings.Contains(text, "6 of 6") || strings.Contains(text, "of 8") {
			t.Errorf("budget %v: rounds that are kept in reserve are missed", budget)
		}
		if !strings.Contains(text, "5 of 6 rounds are clean, and") || !strings.Contains(text, want) {
			t.Errorf("budget %v: no %q in the text about the disturbed round", budget, want)
		}
		for _, f := range arrange(run, records, nil).trust() {
			if f.Name == "rounds" && !strings.Contains(f.Value, "0 of 2 rounds in reserve were measured") {
				t.Error(f.Value)
			}
		}
	}
}
