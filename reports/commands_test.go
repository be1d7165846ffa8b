package reports

import (
	"slices"
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
