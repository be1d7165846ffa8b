package reports

import (
	"os"
	"path/filepath"
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
		sameEverywhere(&run, records, "Switch", "turns/yield", value)
		dir := t.TempDir()
		if err := Build(dir, run, records); err != nil {
			t.Fatal(err)
		}
		if drawn, err := filepath.Glob(filepath.Join(dir, "switch-turns*")); err != nil || len(drawn) > 0 {
			t.Errorf("%v is drawn: %v %v", value, drawn, err)
		}
		page, err := os.ReadFile(filepath.Join(dir, PageName))
		if err != nil {
			t.Fatal(err)
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
	sameEverywhere(&run, records, "Switch", "turns/yield", 0)
	for _, r := range records {
		if r.Cell.Workload == "Switch" && r.Status == results.OK {
			r.Values["turns/yield"] = 5
			break
		}
	}
	dir := t.TempDir()
	if err := Build(dir, run, records); err != nil {
		t.Fatal(err)
	}
	if drawn, err := filepath.Glob(filepath.Join(dir, "switch-turns*")); err != nil || len(drawn) != 2 {
		t.Errorf("%v %v", drawn, err)
	}
}
