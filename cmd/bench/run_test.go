package main

import (
	"errors"
	"fmt"
	"testing"

	"concbench/measure"
	"concbench/results"
)

func TestARunWithoutNumbersFails(t *testing.T) {
	for _, c := range []struct {
		ok, skipped, failed, again int
		want                       string
	}{
		{ok: 3},
		{ok: 2, skipped: 1},
		{skipped: 3, want: "none of 3 trials has a number: 3 skipped; the report says why"},
		{failed: 3, want: "none of 3 trials has a number: 3 failed; the report says why"},
		{ok: 1, skipped: 1, failed: 1, want: "1 of 3 trials have no number: 1 failed; the report says which and why"},
		{ok: 1, again: 2, want: "2 of 3 trials have no number: 2 terminated; the report says which and why; 2 of them ended from outside, and this tries them again: bench run -resume 'my run'"},
	} {
		err := withoutNumber(measure.Summary{Dir: "my run", Done: 3, Planned: 3, Again: c.again, ByStatus: map[results.Status]int{
			results.OK: c.ok, results.Skipped: c.skipped, results.Failed: c.failed, results.Terminated: c.again,
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
	odd := measure.Summary{Dir: "-a b", Planned: 2}
	moved := fmt.Errorf("%w: %w", measure.ErrRecord, &results.MovedError{Dir: "D", Why: "it went away", Now: "E"})
	lost := fmt.Errorf("%w: %w", measure.ErrRecord, &results.MovedError{Dir: "D", Why: "it went away", Err: errors.New("no room")})
	noMore := fmt.Errorf("%w: %w", measure.ErrRecord, results.ErrFewer)
	for _, c := range []struct {
		err     error
		summary measure.Summary
		want    string
	}{
		{measure.ErrInterrupted, partial, "interrupted; to finish it: bench run -resume D"},
		{measure.ErrRecord, partial, measure.ErrRecord.Error() + "; then: bench run -resume D"},
		{measure.ErrRecord, done, measure.ErrRecord.Error() + "; the measurements are safe, and this draws them again: bench report D"},
		{results.ErrBusy, partial, results.ErrBusy.Error()},
		{measure.ErrInterrupted, odd, "interrupted; to finish it: bench run -resume './-a b'"},
		{moved, partial, moved.Error() + "; then: bench run -resume D"},
		{lost, partial, lost.Error()},
		{noMore, partial, noMore.Error() + "; to draw what is left all the same: bench report -accept-loss D"},
		{errors.Join(measure.ErrInterrupted, noMore), partial, "interrupted; to finish it: bench run -resume D\n" +
			noMore.Error() + "; to draw what is left all the same: bench report -accept-loss D"},
	} {
		if got := text(explain(c.err, c.summary)); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestPartsOfAnError(t *testing.T) {
	a, b, c := errors.New("a"), errors.New("b"), errors.New("c")
	wrapped := fmt.Errorf("%w and %w", a, b)
	for name, test := range map[string]struct {
		err  error
		want []error
	}{
		"none":    {nil, nil},
		"one":     {a, []error{a}},
		"joined":  {errors.Join(a, errors.Join(b, c)), []error{a, b, c}},
		"wrapped": {errors.Join(wrapped, c), []error{wrapped, c}},
		"inside":  {fmt.Errorf("x: %w", errors.Join(a, b)), []error{fmt.Errorf("x: %w", errors.Join(a, b))}},
	} {
		if got := parts(test.err); fmt.Sprint(got) != fmt.Sprint(test.want) || len(got) != len(test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
