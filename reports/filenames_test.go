package reports

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"concbench/results"
)

func TestFileNamesAreShortSafeAndDifferent(t *testing.T) {
	names := rapid.SliceOfDistinct(rapid.OneOf(
		rapid.SampledFrom([]string{"../x", "..", "/etc/passwd", "sleep-makespan", "overview", "日本語", "日本誌", "", "a b", "a-b", "A/B", "CON", "-", "a\x00b", strings.Repeat("w", 300), strings.Repeat("w", 301)}),
		rapid.StringN(0, 400, -1)), rapid.ID)
	rapid.Check(t, func(t *rapid.T) {
		given := takenNames()
		fixed := len(given)
		texts := names.Draw(t, "texts")
		for _, text := range texts {
			name := given.of(text)
			if len(name) > longestName || name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || name[0] == '-' {
				t.Fatalf("%q is named %q", text, name)
			}
		}
		if len(given) != fixed+len(texts) {
			t.Fatalf("%d names for %d texts", len(given)-fixed, len(texts))
		}
	})
}

// A journal may come from anywhere. Whatever it calls its workloads and metrics,
// the charts stay in the folder, each in files of its own.
func TestChartsOfAnyWorkloadStayInTheirFolder(t *testing.T) {
	run, records := makeFixture(t)
	run, records = only("Sleep", run, records)
	metrics := []results.Metric{
		{Name: "a b", Title: "spaced", Better: results.Lower}, {Name: "a-b", Title: "hyphened", Better: results.Lower},
		{Name: "../../x", Title: "climbing", Better: results.Lower}, {Name: strings.Repeat("m", 300), Title: "endless", Better: results.Lower}}
	for i, name := range []string{"../x", strings.Repeat("w", 300), "overview"} {
		run.Workloads = append(run.Workloads, results.WorkloadInfo{Name: name, Metrics: metrics})
		for round := range 6 {
			r := records[0]
			r.Cell, r.Round, r.Values = results.Cell{Workload: name, Model: "threads"}, round, map[string]float64{}
			for j, m := range metrics {
				r.Values[m.Name] = float64(1 + i + j + round)
			}
			records = append(records, r)
		}
	}
	dir := filepath.Join(t.TempDir(), "run")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Build(dir, run, records); err != nil {
		t.Fatal(err)
	}
	if beside, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(beside) != 1 {
		t.Errorf("beside the folder: %v %v", beside, err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.svg"))
	if err != nil {
		t.Fatal(err)
	}
	drawn := slices.DeleteFunc(files, func(f string) bool {
		text, err := os.ReadFile(f)
		return err != nil || !strings.Contains(string(text), "spaced") && !strings.Contains(string(text), "hyphened") &&
			!strings.Contains(string(text), "climbing") && !strings.Contains(string(text), "endless") && !strings.Contains(string(text), "wwww")
	})
	if len(drawn) != 3*len(metrics) {
		t.Errorf("%d charts of 3 workloads with %d metrics each: %q", len(drawn), len(metrics), drawn)
	}
}
