package noise

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concbench/results"
)

// trial is one of a second, of which its own processes used 0.96 s.
func trial(change func(*results.Record)) results.Record {
	r := results.Record{Cell: results.Cell{Workload: "Switch"}, Status: results.OK, Took: 1,
		Usage: results.Usage{Wall: 0.8, UserCPU: 0.7, SystemCPU: 0.1}, Machine: results.Noise{Busy: 0.96, Own: 0.96}}
	change(&r)
	return r
}

func TestRule(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*results.Record)
		want   []Cause
	}{
		"its own time":               {func(*results.Record) {}, nil},
		"clock ticks":                {func(r *results.Record) { r.Machine.Busy, r.Machine.Steal = 1.02, 0.03 }, nil},
		"another process":            {func(r *results.Record) { r.Machine.Busy = 1.1 }, []Cause{Others}},
		"the hypervisor":             {func(r *results.Record) { r.Machine.Steal = 0.04 }, []Cause{Hypervisor}},
		"a quota":                    {func(r *results.Record) { r.Machine.Throttled = 0.001 }, []Cause{Quota}},
		"another setting":            {func(r *results.Record) { r.Settings = map[string]string{"nice": "5"} }, []Cause{Settings}},
		"two of them":                {func(r *results.Record) { r.Machine.Busy, r.Machine.Steal = 2, 1 }, []Cause{Others, Hypervisor}},
		"beside the page server":     {func(r *results.Record) { r.Cell.Workload, r.Machine.Busy = "Download", 1.5 }, []Cause{Others}},
		"beside threads":             {func(r *results.Record) { r.Cell.Workload, r.Machine.Busy = "Memory", 1.5 }, []Cause{Others}},
		"beside one that died":       {func(r *results.Record) { r.Status, r.Machine.Busy = results.Crashed, 1.5 }, []Cause{Others}},
		"a long trial":               {func(r *results.Record) { r.Took, r.Machine.Busy = 10, 1.4 }, nil},
		"where nothing is told":      {func(r *results.Record) { r.Machine = results.Noise{} }, nil},
		"of before Own was counted":  {func(r *results.Record) { r.Machine.Own, r.Machine.Busy = 0, 0.9 }, []Cause{Others}},
		"the same, page server":      {func(r *results.Record) { r.Cell.Workload, r.Machine.Own, r.Machine.Busy = "Download", 0, 3 }, nil},
		"the same, without a number": {func(r *results.Record) { r.Status, r.Machine.Own, r.Machine.Busy = results.Killed, 0, 3 }, nil},
	} {
		if diff := cmp.Diff(test.want, Of(trial(test.change))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestAccount(t *testing.T) {
	run := results.Run{Machine: results.Machine{Settings: map[string]string{"nice": "0"}}}
	var records []results.Record
	add := func(round int, change func(*results.Record)) {
		r := trial(change)
		r.Round = round
		records = append(records, r)
	}
	quiet := func(*results.Record) {}
	add(0, quiet)
	add(0, func(r *results.Record) { r.Machine.Busy = 1.96 })
	add(1, quiet)
	add(2, func(r *results.Record) { r.Machine.Busy, r.Machine.Steal = 2.86, 0.5 })
	add(3, func(r *results.Record) { r.Settings = map[string]string{"nice": "5"} })
	add(4, func(r *results.Record) { r.Machine = results.Noise{} })
	a := Count(run, records)
	if a.Clean() != 2 || !slices.Equal(a.Dirty, []int{0, 2, 3}) || !a.Is(2) || a.Is(1) {
		t.Errorf("%+v", a)
	}
	want := "3 of 6 trials, in 3 of 5 rounds, by other processes (2 trials, up to 1.9 processors), the hypervisor (1 trial, up to 0.5 processors), " +
		"changed settings (1 trial, nice: 0 against 5); of 1 trial nothing is known"
	if got := a.String(); got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestAccountOfNothing(t *testing.T) {
	unknown := trial(func(r *results.Record) { r.Machine = results.Noise{} })
	for want, records := range map[string][]results.Record{
		"no trials yet":                   nil,
		"not known":                       {unknown, unknown},
		"0 of 1 trials, in 0 of 1 rounds": {trial(func(*results.Record) {})},
	} {
		if got := Count(results.Run{}, records).String(); !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
