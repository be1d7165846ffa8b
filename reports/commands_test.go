package reports

import (
	"slices"
	"strings"
	"testing"
)

func TestACellIsRunAgainAsItWas(t *testing.T) {
	run, records := makeFixture(t)
	run.Profile = "quick"
	d := arrange(run, records, nil)
	var got []string
	for _, c := range d.where("Sleep") {
		if c.Arm() == "serial" {
			got = append(got, d.rerun(c))
		}
	}
	want := []string{
		"bench run -profile quick -workload Sleep -model serial -param long=5s -param short=3s -scale 1",
		"bench run -profile quick -workload Sleep -model serial -param long=5s -param short=3s -scale 0.1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// A command that measures again does so with the run's own Go variables.
func TestCommandsCarryTheVariablesOfTheRun(t *testing.T) {
	run, records := makeFixture(t)
	run.Machine.Settings = map[string]string{"GOGC": "400; rm", "GODEBUG": "none", "nice": "5"}
	d := arrange(run, records, nil)
	if got, want := d.resume("dir"), "GOGC='400; rm' bench run -resume dir"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := d.rerun(d.cells[0]); !strings.HasPrefix(got, "GOGC='400; rm' bench run -profile") {
		t.Error(got)
	}
}
