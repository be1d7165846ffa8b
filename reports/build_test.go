package reports

import (
	"bytes"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concbench/results"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares what was made with a file in testdata/golden, or replaces it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: go test ./reports -update writes it", err)
	}
	switch {
	case strings.HasSuffix(name, ".png"):
		if !samePicture(t, got, want) {
			t.Errorf("%s is another picture; go test ./reports -update renews it", name)
		}
	case !bytes.Equal(got, want):
		t.Errorf("%s, -golden +now; go test ./reports -update renews it\n%s", name, cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")))
	}
}

// samePicture compares pixels, since compression may change between versions of Go.
func samePicture(t *testing.T, a, b []byte) bool {
	t.Helper()
	x, errX := png.Decode(bytes.NewReader(a))
	y, errY := png.Decode(bytes.NewReader(b))
	if errX != nil || errY != nil {
		t.Fatal(errX, errY)
	}
	return reflect.DeepEqual(x, y)
}

// goldenPictures are one of each kind of chart; of the others the SVGs are
// golden, which are drawn by the same code.
var goldenPictures = []string{"overview.png", "sleep-makespan.png", "memory-tasks.png", "latency-spectrum-hog.png"}

// fixtureReport is the report of the fixture by the names of its files. It is
// built once for all tests, since drawing takes most of their time.
func fixtureReport(t *testing.T) map[string][]byte {
	t.Helper()
	fixtureBuilt.Lock()
	defer fixtureBuilt.Unlock()
	if fixtureBuilt.files == nil {
		run, records := makeFixture(t)
		fixtureBuilt.files = buildFiles(t, run, records)
	}
	return fixtureBuilt.files
}

var fixtureBuilt struct {
	sync.Mutex
	files map[string][]byte
}

// buildFiles builds a report and reads its files.
func buildFiles(t *testing.T, run results.Run, records []results.Record) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	if err := Build(dir, run, records); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, e := range entries {
		if files[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// only keeps one workload of a run, which is enough where the others would only
// be drawn.
func only(workload string, run results.Run, records []results.Record) (results.Run, []results.Record) {
	run.Workloads = slices.DeleteFunc(slices.Clone(run.Workloads), func(w results.WorkloadInfo) bool { return w.Name != workload })
	run.Plan = slices.DeleteFunc(slices.Clone(run.Plan), func(p results.Planned) bool { return p.Cell.Workload != workload })
	return run, slices.DeleteFunc(slices.Clone(records), func(r results.Record) bool { return r.Cell.Workload != workload })
}

func TestReportIsTheGoldenOne(t *testing.T) {
	run, records := makeFixture(t)
	files := fixtureReport(t)
	for name, content := range files {
		if !strings.HasSuffix(name, ".png") || slices.Contains(goldenPictures, name) {
			golden(t, name, content)
		}
		if base, ok := strings.CutSuffix(name, ".png"); ok && files[base+".svg"] == nil {
			t.Errorf("%s has no SVG", name)
		}
	}
	var text bytes.Buffer
	if err := Text(&text, run, records); err != nil {
		t.Fatal(err)
	}
	golden(t, "summary.txt", text.Bytes())
}

func TestTheSameRunMakesTheSameFiles(t *testing.T) {
	run, records := makeFixture(t)
	one, two := fixtureReport(t), buildFiles(t, run, records)
	if len(one) < 20 || len(one) != len(two) {
		t.Fatalf("%d and %d files", len(one), len(two))
	}
	for name, content := range one {
		if !bytes.Equal(content, two[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

// build makes a report of a changed fixture and returns its page.
func build(t *testing.T, change func(*results.Run, []results.Record) []results.Record) string {
	t.Helper()
	run, records := makeFixture(t)
	records = change(&run, records)
	page := buildFiles(t, run, records)[PageName]
	var text bytes.Buffer
	if err := Text(&text, run, records); err != nil {
		t.Fatal(err)
	}
	return string(page)
}

func TestTextFromTheJournalIsEscaped(t *testing.T) {
	const hostile = `</style></script><script>alert(1)</script><img src=x onerror=alert(2)>"' {{.}} \x1b[2J`
	page := build(t, func(run *results.Run, records []results.Record) []results.Record {
		run.Profile, run.Version, run.Machine.CPU, run.Machine.Virtual = hostile, hostile, hostile, hostile
		run.Command = []string{"bench", hostile}
		run.Machine.Settings = map[string]string{hostile: hostile}
		for i := range run.Workloads {
			run.Workloads[i].Doc = hostile
			run.Workloads[i].Metrics = slices.Clone(run.Workloads[i].Metrics)
			run.Workloads[i].Metrics = append(run.Workloads[i].Metrics, results.Metric{Name: hostile, Title: hostile, Better: results.Lower})
		}
		for i := range records {
			r := &records[i]
			if r.Status != results.OK {
				r.Error, r.Work.Checksum = hostile, hostile
			} else {
				r.Values[hostile] = 1
			}
			if r.Cell.Workload == "Sleep" {
				r.Cell.Model, r.Cell.Options = hostile, hostile
			}
			if r.Cell.Workload == "Switch" {
				r.Cell.Params = append(slices.Clone(r.Cell.Params), results.Param{Name: hostile, Value: hostile})
			}
			if r.Cell.Workload == "Latency" {
				r.Histograms = map[string]string{"lateness": hostile}
			}
		}
		return records
	})
	for _, bad := range []string{"<script", "<img", "</style></"} {
		if strings.Contains(page, bad) {
			at := strings.Index(page, bad)
			t.Errorf("the page holds %q: %.200s", bad, page[at:])
		}
	}
	if !strings.Contains(page, "&lt;script&gt;") {
		t.Error("the text is not there at all")
	}
}

func TestPageAsksForNothing(t *testing.T) {
	page := string(fixtureReport(t)[PageName])
	for _, bad := range []string{"<script", "<link", "url(", "@import", "src=", "<iframe", "https:"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if !strings.Contains(page, `content="default-src 'none'`) {
		t.Error("the page has no content security policy")
	}
	order := []string{`id="short"`, `id="findings"`, `id="trouble"`, `id="charts"`, `id="cells"`, `id="pairs"`, `id="trust"`}
	last := -1
	for _, id := range order {
		at := strings.Index(page, id)
		if at <= last {
			t.Errorf("%s is not where it should be", id)
		}
		last = at
	}
}

func TestPartialRunIsMarkedAndSaysHowToGoOn(t *testing.T) {
	page := build(t, func(_ *results.Run, records []results.Record) []results.Record { return records[:30] })
	for _, want := range []string{"Partial run", "30 of ", "bench run -resume ", "too few rounds", "not run yet"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(page, ">holds<") {
		t.Error("something holds after one round")
	}
}

func TestRunWithoutRecords(t *testing.T) {
	page := build(t, func(*results.Run, []results.Record) []results.Record { return nil })
	if !strings.Contains(page, "Partial run") || strings.Contains(page, "<figure") {
		t.Error("a run of nothing is not shown as one")
	}
	page = build(t, func(run *results.Run, _ []results.Record) []results.Record {
		*run = results.Run{}
		return nil
	})
	if !strings.Contains(page, "Not measured in this run: C1, C2, ") {
		t.Error("the zero run is not shown as one")
	}
}

func TestRefusedCellsHaveNoNumber(t *testing.T) {
	run, records := makeFixture(t)
	for i := range records {
		r := &records[i]
		if r.Cell.Workload == "Sleep" && r.Cell.Model == "threads" && r.Round == 2 {
			r.Status, r.Work.Finished = results.Refused, 1
		}
	}
	d := arrange(run, records, nil)
	for _, c := range d.where("Sleep") {
		s := c.summary(makespan)
		if c.Model == "threads" && s.N != 0 || c.Model != "threads" && s.N == 0 {
			t.Errorf("%s has %d numbers", c.Label(), s.N)
		}
	}
	for _, e := range sleepTogether(d) {
		if strings.HasPrefix(e.Text, "threads") {
			t.Errorf("evidence from a refused cell: %s", e.Text)
		}
	}
	if troubles := d.troubles(); !slices.ContainsFunc(troubles, func(x Trouble) bool {
		return x.Status == results.Refused && strings.Contains(x.Ledger, "finished 1, expected 2") && x.Rounds == "1 of 8"
	}) {
		t.Errorf("the refusal is not listed: %+v", troubles)
	}
}

func TestFullDiskAndMissingFolder(t *testing.T) {
	run, records := makeFixture(t)
	err := Build(filepath.Join(t.TempDir(), "none"), run, records)
	if err == nil || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "none") {
		t.Errorf("error %v", err)
	}
}
