package reports

import (
	"strings"
	"testing"

	"concbench/results"
)

func badCell(trials ...results.Record) *cellData { return &cellData{bad: trials} }

// A cell whose trials ended in several ways, or for several reasons, is not told
// as if all had ended like the first.
func TestAllFatesAreTold(t *testing.T) {
	ended := func(status results.Status, why string) results.Record {
		return results.Record{Status: status, Error: why}
	}
	mixed := badCell(ended(results.Skipped, "no room"), ended(results.Crashed, "signal"), ended(results.Crashed, "panic"), ended(results.Crashed, "signal"), ended("odd", "?"))
	if got := mixed.lack(); got != "3 crashed, 1 skipped, 1 odd: no number" {
		t.Error(got)
	}
	if got := badCell(ended(results.Killed, "late")).lack(); got != "killed: no number" {
		t.Error(got)
	}
	d := &data{}
	if got := d.trouble(mixed, results.Crashed); got.Reason != "signal | panic" || got.Rounds != "3 of 5" {
		t.Errorf("%+v", got)
	}
	many := badCell(ended(results.Failed, "a"), ended(results.Failed, "b"), ended(results.Failed, "c"), ended(results.Failed, "d"))
	if got := d.trouble(many, results.Failed).Reason; got != "a | b | c | and 1 more" {
		t.Error(got)
	}
}

// A model whose own ledger is right is not called wrong because another's differs.
func TestRefusalsAreToldApart(t *testing.T) {
	one, two := results.Work{Finished: 1}, results.Work{Finished: 2}
	own := badCell(results.Record{Status: results.Refused, Work: one, Expected: two})
	others := badCell(results.Record{Status: results.Refused, Work: two, Expected: two})
	if !strings.Contains(own.lack(), "its ledger is wrong") || !strings.Contains(others.lack(), "the models did not do the same work") {
		t.Errorf("%q and %q", own.lack(), others.lack())
	}
}
