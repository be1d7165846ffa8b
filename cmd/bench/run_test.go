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
		{skipped: 3, want: "none of 3 trials has a number; the report says why"},
		{failed: 3, want: "none of 3 trials has a number; the report says why"},
		{ok: 1, skipped: 1, failed: 1, want: "1 of 3 trials have no number; the report says which and why"},
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
