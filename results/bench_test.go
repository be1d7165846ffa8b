package results

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// sampleRecords are six processes for each of two models, of which one was refused.
func sampleRecords() []Record {
	var records []Record
	for i := range 12 {
		r := Record{Status: OK, Scale: 1, Cell: Cell{Workload: "Switch", Model: []string{"coroutine", "threads"}[i%2],
			Params: Params{{"via", "yield"}, {"sleep", "5s-3"}}}}
		r.Values = map[string]float64{"sec/switch": 1e-7 * float64(10+i%2*20+i%3), "wakes": 7, "overlap": 0.5}
		records = append(records, r)
	}
	records[10].Status = Refused
	return records
}

func TestWriteBench(t *testing.T) {
	run := sampleRun()
	var got bytes.Buffer
	if err := WriteBench(&got, &run, sampleRecords()[:3]); err != nil {
		t.Fatal(err)
	}
	want := `# concbench abc (changed), profile bench, 3 records
Unit sec/switch better=lower
Unit overlap better=higher
Unit wakes better=lower
Unit wakes assume=exact
goos: linux
goarch: amd64
cpu: Fast CPU @ 3 GHz

BenchmarkSwitch/model=coroutine/via=yield/sleep=5s%2D3 1 1e-06 sec/switch 0.5 overlap 7 wakes
BenchmarkSwitch/model=threads/via=yield/sleep=5s%2D3 1 3.1e-06 sec/switch 0.5 overlap 7 wakes
BenchmarkSwitch/model=coroutine/via=yield/sleep=5s%2D3 1 1.2e-06 sec/switch 0.5 overlap 7 wakes
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// Scaled durations must never be compared with real ones by a tool that sees
// only names.
func TestScaleStandsInTheName(t *testing.T) {
	run := sampleRun()
	record := sampleRecords()[0]
	record.Scale = 0.1
	var got bytes.Buffer
	if err := WriteBench(&got, &run, []Record{record}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got.String(), "/sleep=5s%2D3/scale=0.1 1 ") {
		t.Errorf("a scaled trial is not told apart:\n%s", &got)
	}
}

func TestMetricsMustAgree(t *testing.T) {
	run := sampleRun()
	run.Workloads = append(run.Workloads, WorkloadInfo{Name: "Ring", Metrics: []Metric{{Name: "sec/switch", Better: Higher}}})
	if err := WriteBench(&bytes.Buffer{}, &run, nil); err == nil || !strings.Contains(err.Error(), "sec/switch of Ring") {
		t.Errorf("two meanings of a unit: %v", err)
	}
}

// TestBenchstatReadsIt has the tool itself as the judge. It exits with 0
// whatever happens, so what it says on standard error counts.
func TestBenchstatReadsIt(t *testing.T) {
	dirs := []string{t.TempDir(), t.TempDir()}
	var args []string
	for i, dir := range dirs {
		run := sampleRun()
		run.Version = []string{"old", "new"}[i]
		if err := WriteBenchFile(dir, &run, sampleRecords()); err != nil {
			t.Fatal(err)
		}
		args = append(args, filepath.Join(dir, BenchFile))
	}
	models := benchstat(t, "-col", "/model", args[0])
	for _, want := range []string{"coroutine", "threads", "Switch/via=yield/sleep=5s%2D3", "sec/switch", "overlap", "wakes", "n=5+6"} {
		if !strings.Contains(models, want) {
			t.Errorf("benchstat -col /model lacks %q:\n%s", want, models)
		}
	}
	// Two versions stand in one table, each row compared.
	versions := benchstat(t, args...)
	if n := strings.Count(versions, "vs base"); n != 3 {
		t.Errorf("benchstat of two versions has %d tables, want one for each of 3 units:\n%s", n, versions)
	}
}

func benchstat(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"tool", "benchstat"}, args...)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	if err := cmd.Run(); err != nil || stderr.Len() > 0 {
		t.Fatalf("benchstat %v: %v\n%s", args, err, stderr.String())
	}
	return stdout.String()
}
