package compare

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concbench/results"
)

// runOf writes a run of two trials with these settings; busy is what other
// processes used beside the second.
func runOf(t *testing.T, name string, settings map[string]string, busy float64) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	cell := results.Cell{Workload: "Toy", Model: "threads"}
	run := results.Run{Schema: results.Schema, Go: "go1.26.8", Tree: "abc", Machine: results.Machine{OS: "linux", Settings: settings},
		Workloads: []results.WorkloadInfo{{Name: "Toy", Metrics: []results.Metric{{Name: "sec/op", Better: results.Lower}}}},
		Plan:      []results.Planned{{Seq: 0, Cell: cell, Scale: 1}, {Seq: 1, Round: 1, Cell: cell, Scale: 1}}}
	if err := results.Create(dir, run); err != nil {
		t.Fatal(err)
	}
	journal, _, err := results.OpenJournal(dir)
	if err != nil {
		t.Fatal(err)
	}
	var records []results.Record
	for seq := range run.Plan {
		r := results.Record{Schema: results.Schema, Seq: seq, Round: seq, Cell: cell, Scale: 1, Status: results.OK, Took: 1,
			Values: map[string]float64{"sec/op": 1}, Machine: results.Noise{Busy: 0.1 + busy*float64(seq), Own: 0.1}}
		records = append(records, r)
		if err := journal.Append(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := journal.Close(); err != nil {
		t.Fatal(err)
	}
	if err := results.WriteBenchFile(dir, &run, records); err != nil {
		t.Fatal(err)
	}
	return dir
}

func textOf(t *testing.T, before, after string) string {
	t.Helper()
	var text bytes.Buffer
	if err := Runs(&text, before, after, Options{}); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func TestRunsWithOtherSettingsAreToldApart(t *testing.T) {
	old := runOf(t, "old", map[string]string{"GOGC": "100", "nice": "0"}, 0)
	now := runOf(t, "new", map[string]string{"GOGC": "400", "nice": "0"}, 0)
	for name, paths := range map[string][2]string{"folders": {old, now}, "their files": {filepath.Join(old, results.BenchFile), filepath.Join(now, results.BenchFile)}} {
		if text := textOf(t, paths[0], paths[1]); !strings.Contains(text, "\nThe two runs differ in GOGC: 100 against 400.\n") {
			t.Errorf("%s: %.200q", name, text)
		}
	}
	if text := textOf(t, old, old); strings.Contains(text, "differ") {
		t.Errorf("a run differs from itself: %.200q", text)
	}
}

func TestDisturbedRunsAreTold(t *testing.T) {
	quiet, loud := runOf(t, "quiet", nil, 0), runOf(t, "loud", nil, 1.5)
	text := textOf(t, quiet, loud)
	if !strings.Contains(text, "\n"+loud+" was disturbed: 1 of 2 trials, in 1 of 2 rounds, by other processes (1 trial, up to 1.5 processors).\n") {
		t.Errorf("%.300q", text)
	}
}

func TestFilesFromElsewhereHaveUnknownSettings(t *testing.T) {
	run := runOf(t, "run", nil, 0)
	data, err := os.ReadFile(filepath.Join(run, results.BenchFile))
	file := filepath.Join(t.TempDir(), "elsewhere.txt")
	if err == nil {
		err = os.WriteFile(file, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	if text := textOf(t, run, file); !strings.Contains(text, "\nWith which settings "+file+" was measured is not known") {
		t.Errorf("%.200q", text)
	}
	if text := textOf(t, file, file); strings.Contains(text, "settings") {
		t.Errorf("two files from elsewhere: %.200q", text)
	}
}
