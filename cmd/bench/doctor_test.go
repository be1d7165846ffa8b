package main

import (
	"errors"
	"strings"
	"testing"

	"concbench/results"
)

// marks are what the doctor says of what, by its beginning.
func markOf(d diagnosis, what string) mark {
	for _, s := range d {
		if strings.HasPrefix(s.what, what) {
			return s.mark
		}
	}
	return "not said"
}

func TestUnusualSettingsAreSymptoms(t *testing.T) {
	m := results.Machine{OS: "linux", CPUs: 2, Governor: "powersave",
		Settings: map[string]string{"GOGC": "400", "nice": "0", "cpu-quota": "1.5 processors", "policy": "fifo priority 9"}}
	d := diagnose(m)
	for what, want := range map[string]mark{"GOGC=400": caution, "governor=powersave": caution, "cpu-quota=1.5": caution, "policy=fifo": caution, "nice": "not said", "CPU quota": "not said"} {
		if got := markOf(d, what); got != want {
			t.Errorf("%s: %s, want %s", what, got, want)
		}
	}
}

// What a machine does not tell is not called well.
func TestHiddenSettingsAreNotWell(t *testing.T) {
	hidden := diagnose(results.Machine{OS: "linux", CPUs: 2})
	told := diagnose(results.Machine{OS: "linux", CPUs: 2, Governor: "performance", Settings: map[string]string{"cpu-quota": "none"}})
	for what, want := range map[string][2]mark{"CPU quota": {unknown, well}, "frequency governor": {unknown, well}} {
		if got := [2]mark{markOf(hidden, what), markOf(told, what)}; got != want {
			t.Errorf("%s: hidden and told are %v, want %v", what, got, want)
		}
	}
}

func TestABusyMachineIsSeenAtOnce(t *testing.T) {
	for _, c := range []struct {
		busy, stolen float64
		err          error
		want         mark
	}{{0.02, 0, nil, well}, {1.9, 0, nil, caution}, {0, 0.1, nil, caution}, {0, 0, errors.New("hidden"), unknown}} {
		if got := loadSymptom(c.busy, c.stolen, c.err).mark; got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}
