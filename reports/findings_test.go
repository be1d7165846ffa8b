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
		{"C11", nothing, CannotTell},
		{"C11", scaleBy("Spinner", "threads", stopLatency, 100), Holds},
		{"C13", scaleBy("Spinner", "threads", longestGap, 2), HoldsInPart},
	} {
		if got := find(t, test.id, test.change); got.Answer != test.want {
			t.Errorf("%s: %s, want %s: %+v", test.id, got.Answer, test.want, got.Evidence)
		}
	}
}

// What was measured and has no ratio is not called unmeasured.
func TestMemoryThatDoesNotGrowCannotTell(t *testing.T) {
	got := find(t, "C5", scaleBy("Memory", "coroutine", parkedBytes, -1))
	if got.Answer != CannotTell || len(got.Evidence) == 0 || !strings.Contains(got.Evidence[0].Text, "no ratio") {
		t.Errorf("%s: %+v", got.Answer, got.Evidence)
	}
}

func TestFewerThanSixRoundsCannotTell(t *testing.T) {
	for _, f := range arrangeRounds(t, 5).findings() {
		if f.Answer != CannotTell {
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

func TestContaminatedRoundsAreNamedAndTheirWeightIsTold(t *testing.T) {
	run, records := makeFixture(t)
	if got := contaminated(records); len(got) != 1 || !got[3] {
		t.Fatalf("contaminated rounds %v, want 3", got)
	}
	// The stolen round alone makes a trend: without it the claim has an answer.
	for i := range records {
		r := &records[i]
		if r.Cell.Workload == "Factorial" && r.Round == 3 {
			r.Machine.Steal = 1
		}
		if r.Cell.Workload == "Factorial" && r.Cell.Arm() == "threads" && r.Round == 3 {
			r.Values[makespan] = 0.1
		}
	}
	d := arrange(run, records, nil)
	swayed := d.swayed(d.findings())
	if len(swayed) != 1 || !strings.Contains(swayed[0], "C6: cannot tell with all rounds, holds without") {
		t.Errorf("swayed: %v", swayed)
	}
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

// Other processes contaminate a round as the hypervisor does; what a trial used
// itself does not, nor do helpers of this program that work beside it.
func TestOtherProcessesContaminate(t *testing.T) {
	trial := func(change func(*results.Record)) results.Record {
		r := results.Record{Cell: results.Cell{Workload: "Switch"}, Status: results.OK,
			Startup: results.Usage{Wall: 0.2, UserCPU: 0.1}, Usage: results.Usage{Wall: 0.8, UserCPU: 0.7, SystemCPU: 0.1}}
		r.Machine.Busy = 1
		change(&r)
		return r
	}
	for name, test := range map[string]struct {
		change func(*results.Record)
		want   bool
	}{
		"its own time":        {func(r *results.Record) { r.Machine.Busy = 0.96 }, false},
		"another process":     {func(*results.Record) {}, true},
		"the hypervisor":      {func(r *results.Record) { r.Machine.Busy, r.Machine.Steal = 0, 0.04 }, true},
		"two clock ticks":     {func(r *results.Record) { r.Machine.Busy, r.Machine.Steal = 0, 0.02 }, false},
		"the page server":     {func(r *results.Record) { r.Cell.Workload = "Download" }, false},
		"threads that end":    {func(r *results.Record) { r.Cell.Workload = "Memory" }, false},
		"stolen of Memory":    {func(r *results.Record) { r.Cell.Workload, r.Machine.Steal = "Memory", 0.04 }, true},
		"a process that died": {func(r *results.Record) { r.Status, r.Usage = results.Crashed, results.Usage{} }, false},
	} {
		if got := disturbed(trial(test.change)); got != test.want {
			t.Errorf("%s: disturbed is %v", name, got)
		}
	}
}

func TestTooFewCleanRoundsAreToldInOneSentence(t *testing.T) {
	run, records := makeFixture(t)
	for i := range records {
		if records[i].Round < 3 {
			records[i].Machine.Busy = 9
		}
	}
	d := arrange(run, records, nil)
	if swayed := d.swayed(d.findings()); len(swayed) != 1 || !strings.Contains(swayed[0], "Clean rounds: 4 of 8, too few") {
		t.Errorf("swayed: %v", swayed)
	}
	if text := d.contaminationText(); !strings.Contains(text, "in 4 of 8 rounds (0, 1, 2, 3, counted from 0)") {
		t.Error(text)
	}
}
