package reports

import (
	"slices"
	"strings"
	"testing"

	"concbench/results"
)

// find returns the finding of a changed fixture.
func find(t *testing.T, id string, change func(*results.Record)) Finding {
	t.Helper()
	run, records := makeFixture(t)
	for i := range records {
		change(&records[i])
	}
	all := arrange(run, records, nil).findings()
	i := slices.IndexFunc(all, func(f Finding) bool { return f.ID == id })
	if i < 0 {
		t.Fatalf("no finding %s", id)
	}
	return all[i]
}

func scaleBy(workload, model, metric string, by float64) func(*results.Record) {
	return func(r *results.Record) {
		if v, ok := r.Values[metric]; ok && r.Cell.Workload == workload && r.Cell.Model == model {
			r.Values[metric] = v * by
		}
	}
}

func TestAnswersFollowTheData(t *testing.T) {
	nothing := func(*results.Record) {}
	for _, test := range []struct {
		id     string
		change func(*results.Record)
		want   Answer
	}{
		{"C1", nothing, Holds},
		{"C1", scaleBy("Sleep", "threads", makespan, 1.5), HoldsInPart},
		{"C2", nothing, Holds},
		{"C2", scaleBy("Download", "serial", makespan, 0.3), HoldsNot},
		{"C3", nothing, Holds},
		{"C3", scaleBy("Switch", "coroutine", kernelSwitches, 1e5), HoldsInPart},
		{"C4", scaleBy("Switch", "threads", perSwitch, 0.001), HoldsNot},
		{"C5", nothing, Holds},
		{"C5", scaleBy("Memory", "coroutine", parkedBytes, 20), HoldsNot},
		{"C6", nothing, Holds},
		{"C6", scaleBy("Factorial", "threads", makespan, 0.5), HoldsNot},
		{"C7", scaleBy("Sleep", "threads", makespan, 1.6), HoldsInPart},
		{"C9", nothing, Holds},
		{"C9", scaleBy("Spinner", "coroutine", longestGap, 0.1), HoldsNot},
		{"C11", nothing, TooWide},
		{"C11", scaleBy("Spinner", "threads", stopLatency, 100), Holds},
		{"C13", scaleBy("Spinner", "threads", longestGap, 2), HoldsInPart},
	} {
		if got := find(t, test.id, test.change); got.Answer != test.want {
			t.Errorf("%s: %s, want %s: %+v", test.id, got.Answer, test.want, got.Evidence)
		}
	}
}

// What was measured and has no ratio is not called unmeasured.
func TestMemoryThatDoesNotGrowHasNoRatio(t *testing.T) {
	got := find(t, "C5", scaleBy("Memory", "coroutine", parkedBytes, -1))
	if got.Answer != NoRatio || len(got.Evidence) == 0 || !strings.Contains(got.Evidence[0].Text, "no ratio") {
		t.Errorf("%s: %+v", got.Answer, got.Evidence)
	}
}

func TestFewerThanSixRoundsAreTooFew(t *testing.T) {
	for _, f := range arrangeRounds(t, 5).answers() {
		if f.Answer != TooFewRounds {
			t.Errorf("%s: %s from 5 rounds", f.ID, f.Answer)
		}
		for _, e := range f.Evidence {
			if !strings.Contains(e.Text, "too few for a 95") {
				t.Errorf("%s does not say that it is a range: %s", f.ID, e.Text)
			}
		}
	}
}

func arrangeRounds(t *testing.T, rounds int) *data {
	run, records := makeFixture(t)
	return arrange(run, slices.DeleteFunc(records, func(r results.Record) bool { return r.Round >= rounds }), nil)
}

func TestNumbersAreWrittenForPeople(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{inSeconds.format(93.4e-9), "93.4\u00a0ns"},
		{inSeconds.format(5.0031), "5.003\u00a0s"},
		{inSeconds.format(0.99999), "1.000\u00a0s"},
		{inSeconds.format(0), "0\u00a0s"},
		{inSeconds.format(-0.002), "-2.00\u00a0ms"},
		{inBytes.format(2950), "2.88\u00a0KiB"},
		{inBytes.format(123456 << 20), "121\u00a0GiB"},
		{plain.format(12345), "12,345"},
		{plain.format(0.00002), "0.0000200"},
		{inSeconds.span(28.3e-9, 9e-9, 101.3e-9), "9.0–101.3"},
		{plain.span(1, -1, 2), "-1.00 to 2.00"},
		{plain.span(0, 0, 0), "0.00"},
		{shell([]string{"bench", "run", "-model", "threads/gil=off", "-param", "a=it's; rm -rf"}), `bench run -model threads/gil=off -param 'a=it'\''s; rm -rf'`},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
	for metric, want := range map[string]string{"makespan-sec": "s", "sec/switch": "s", "parked-bytes": "TiB", "B/op": "TiB", "switches/switch": "", "x-slowest": "×", "overlap": "", "bytes-lost/sec": "TiB"} {
		if names := unitOf(metric).Names; names[len(names)-1] != want {
			t.Errorf("%s is in %v", metric, names)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("HISTFAAAACJ4nJNpmSzMwMCgwgABTFCaEUQzgXkMDAwAFAABzQ==")
	f.Add("")
	f.Add("AAAA")
	f.Fuzz(func(t *testing.T, text string) {
		if h, err := decode(text); err == nil && h == nil {
			t.Error("neither a histogram nor an error")
		}
	})
}
