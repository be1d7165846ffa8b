package reports

import (
	"slices"
	"strings"
	"testing"

	"concbench/results"
	"concbench/stats"
)

// A claim that is undecided because six rounds are too noisy is not told in the
// words of one that has too few rounds.
func TestReasonsAreToldApart(t *testing.T) {
	six, five := stats.Interval{Lo: 0.9, Hi: 1.3, Confidence: 0.97}, stats.Interval{Lo: 1.1, Hi: 1.3, Confidence: 0.94}
	for _, test := range []struct {
		in   stats.Interval
		want Answer
	}{{six, TooWide}, {five, TooFewRounds}, {stats.Interval{Lo: 1.1, Hi: 1.3, Confidence: 0.97}, Holds}, {stats.Interval{Lo: 0.5, Hi: 0.9, Confidence: 0.97}, HoldsNot}} {
		if got := above(test.in, 1); got != test.want {
			t.Errorf("%+v above 1: %s, want %s", test.in, got, test.want)
		}
	}
}

// The range of too few values is not written as an interval is.
func TestRangesAreMarkedOnTheConsole(t *testing.T) {
	run, records := makeFixture(t)
	if text := console(t, run, records); strings.Contains(text, "(range ") {
		t.Error("eight rounds have ranges")
	}
	few := slices.DeleteFunc(records, func(r results.Record) bool { return r.Round >= 3 })
	text := console(t, run, few)
	for _, line := range strings.Split(text[:strings.Index(text, "Without a number")], "\n") {
		if strings.Count(line, "(") != strings.Count(line, "(range ") {
			t.Errorf("three rounds have an interval: %s", line)
		}
	}
	for _, s := range arrange(run, few, nil).standings() {
		for _, r := range s.Rivals {
			if !strings.Contains(s.Value, "(range ") || !strings.HasPrefix(r.Interval, "range ") {
				t.Errorf("three rounds have an interval: %+v", s)
			}
		}
	}
}

func TestAnswersAreJoined(t *testing.T) {
	for _, test := range []struct {
		of       []Answer
		want     Answer
		wantOpen string
	}{
		{nil, Undecided, ""},
		{[]Answer{aside}, Undecided, ""},
		{[]Answer{Holds, aside, Holds}, Holds, ""},
		{[]Answer{HoldsNot}, HoldsNot, ""},
		{[]Answer{Holds, HoldsNot}, HoldsInPart, ""},
		{[]Answer{Holds, HoldsNot, TooWide}, HoldsInPart, "undecided: interval too wide in 1 of 3"},
		{[]Answer{Holds, TooFewRounds}, HoldsWhereDecided, "undecided: too few rounds in 1 of 2"},
		{[]Answer{Holds, TooWide, aside}, HoldsWhereDecided, "undecided: interval too wide in 1 of 2"},
		{[]Answer{HoldsNot, TooWide, TooFewRounds}, HoldsNotWhereDecided, "undecided: too few rounds in 1 of 3, interval too wide in 1 of 3"},
		{[]Answer{TooFewRounds, TooFewRounds}, TooFewRounds, ""},
		{[]Answer{TooWide}, TooWide, ""},
		{[]Answer{NoRatio}, NoRatio, ""},
		{[]Answer{TooWide, TooFewRounds}, Undecided, "undecided: too few rounds in 1 of 2, interval too wide in 1 of 2"},
	} {
		var all []Evidence
		for _, a := range test.of {
			all = append(all, Evidence{Answer: a})
		}
		if got, open := together(all), openText(all); got != test.want || open != test.wantOpen {
			t.Errorf("%q: %q, %q; want %q, %q", test.of, got, open, test.want, test.wantOpen)
		}
		if test.want.decided() != strings.Contains(string(test.want), "hold") {
			t.Errorf("%s counts as decided: %v", test.want, test.want.decided())
		}
	}
}
