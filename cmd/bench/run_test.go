package main

import (
	"testing"

	"concbench/measure"
	"concbench/results"
)

func TestARunWithoutNumbersFails(t *testing.T) {
	for _, c := range []struct {
		ok, skipped, failed int
		want                string
	}{
		{ok: 3},
		{ok: 2, skipped: 1},
		{skipped: 3, want: "none of 3 trials has a number: 3 skipped; the report says why"},
		{failed: 3, want: "none of 3 trials has a number: 3 failed; the report says why"},
		{ok: 1, skipped: 1, failed: 1, want: "1 of 3 trials have no number: 1 failed; the report says which and why"},
	} {
		err := withoutNumber(measure.Summary{Done: 3, ByStatus: map[results.Status]int{
			results.OK: c.ok, results.Skipped: c.skipped, results.Failed: c.failed,
		}})
		if got := text(err); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestHints(t *testing.T) {
	partial, done := measure.Summary{Dir: "D", Planned: 2}, measure.Summary{Dir: "D"}
	for _, c := range []struct {
		err     error
		summary measure.Summary
		want    string
	}{
		{measure.ErrInterrupted, partial, "interrupted; to finish it: bench run -resume D"},
		{measure.ErrRecord, partial, measure.ErrRecord.Error() + "; then: bench run -resume D"},
		{measure.ErrRecord, done, measure.ErrRecord.Error() + "; the measurements are safe, and this draws them again: bench report D"},
		{results.ErrBusy, partial, results.ErrBusy.Error()},
	} {
		if got := text(explain(c.err, c.summary)); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
