package reports

import (
	"slices"
	"strings"
	"testing"

	"concbench/results"
)

// sameEverywhere sets a metric of all trials of a workload, and declares it.
func sameEverywhere(run *results.Run, records []results.Record, workload, metric string, value float64) {
	for i := range run.Workloads {
		if run.Workloads[i].Name == workload {
			run.Workloads[i].Metrics = append(slices.Clone(run.Workloads[i].Metrics), results.Metric{Name: metric, Title: "turns of each yield", Better: results.Lower})
		}
	}
	for _, r := range records {
		if r.Cell.Workload == workload && r.Status == results.OK {
			r.Values[metric] = value
		}
	}
}

// A chart of eight zeros, or of one value everywhere, is a sentence on the page
// and in the terminal, and has no file and no column.
func TestWhatIsTheSameEverywhereIsASentence(t *testing.T) {
	for value, want := range map[float64]string{0: "0 in each of 48 processes", 1: "1 in each of 48 processes"} {
		run, records := makeFixture(t)
		run, records = only("Switch", run, records)
		sameEverywhere(&run, records, "Switch", "turns/yield", value)
		files := buildFiles(t, run, records)
		page := files[PageName]
		if files["switch-turns-yield.png"] != nil || files["switch-turns-yield.svg"] != nil {
			t.Errorf("%v is drawn", value)
		}
		var text strings.Builder
		if err := Text(&text, run, records); err != nil {
			t.Fatal(err)
		}
		for name, got := range map[string]string{"page": string(page), "terminal": text.String()} {
			if sentence := "turns of each yield (turns/yield): " + want; !strings.Contains(got, sentence) {
				t.Errorf("the %s does not say %q", name, sentence)
			}
		}
		if strings.Contains(string(page), `<th role="columnheader" title="turns/yield"`) {
			t.Errorf("%v has a column", value)
		}
	}
}

func TestOneDifferenceIsDrawn(t *testing.T) {
	run, records := makeFixture(t)
	run, records = only("Switch", run, records)
	sameEverywhere(&run, records, "Switch", "turns/yield", 0)
	for _, r := range records {
		if r.Cell.Workload == "Switch" && r.Status == results.OK {
			r.Values["turns/yield"] = 5
			break
		}
	}
	if files := buildFiles(t, run, records); files["switch-turns-yield.png"] == nil || files["switch-turns-yield.svg"] == nil {
		t.Error("it is not drawn")
	}
}
