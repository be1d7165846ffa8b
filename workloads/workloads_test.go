package workloads

import (
	"bytes"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"concbench/internal/pages"
	"concbench/models"
	"concbench/models/registry"
	"concbench/results"
)

const smallScale = 0.01

// small are parameters with which a trial takes milliseconds at smallScale.
var small = map[string][]map[string]string{
	"Sleep":     {{"long": "2s", "short": "1s"}},
	"Download":  {{}, {"form": "executor", "pages": "3"}, {"together": "2", "pages": "5"}},
	"Spinner":   {{"frame": "5ms"}, {"frame": "5ms", "kind": "cpu"}, {"frame": "5ms", "kind": "cpu-yield", "every": "16"}, {"frame": "5ms", "kind": "blocking"}, {"frame": "5ms", "kind": "executor"}},
	"Factorial": {{"numbers": "200,3,1000"}, {"numbers": "200,300", "yields": "yes"}, {"form": "steps", "numbers": "2,3,4"}},
	"Switch":    {{"laps": "50"}, {"laps": "50", "via": "handoff", "tasks": "3"}, {"laps": "50", "cpu": "cross"}},
	"Memory":    {{"tasks": "0"}, {"tasks": "20"}, {"tasks": "5", "parked": "sleep"}},
	"Latency":   {{"duration": "1s", "sleepers": "2"}, {"duration": "1s", "load": "hog", "burst": "2ms"}},
}

// pageServer stands for the one in another process.
var pageServer = httptest.NewServer(pages.Handler())

// A fakeProbe measures nothing but the clock and remembers what was asked.
type fakeProbe struct {
	begin  time.Time
	begins int
	ends   int
	labels []string
}

func (p *fakeProbe) Begin()                 { p.begins++; p.begin = time.Now() }
func (p *fakeProbe) End()                   { p.ends++ }
func (p *fakeProbe) Elapsed() time.Duration { return time.Since(p.begin) }
func (p *fakeProbe) KernelSwitches() int64  { return 7 }

func (p *fakeProbe) Memory(label string) (results.Memory, error) {
	p.labels = append(p.labels, label)
	m := results.Memory{Label: label, PSS: 1000, Private: 900, PageTables: 10, KernelStack: 20, Threads: 3}
	if label == "parked" {
		m.PSS, m.PageTables, m.KernelStack, m.Threads = 5000, 110, 220, 5
	}
	return m, nil
}

// newTrial is a trial of w under m at smallScale.
func newTrial(t *testing.T, w Workload, m models.Model, given map[string]string) *Trial {
	t.Helper()
	params, err := w.Resolve(given)
	if err != nil {
		t.Fatal(err)
	}
	return &Trial{Model: m, Params: Params(params), Scale: smallScale, Seed: 1, Pages: pageServer.Listener.Addr().String(), Output: &bytes.Buffer{}, Probe: &fakeProbe{}}
}

func newModel(t *testing.T, name string) models.Model {
	t.Helper()
	m, err := registry.New(name, "")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestUnderEveryModel runs every workload under every model and compares what
// it did with what its parameters say.
func TestUnderEveryModel(t *testing.T) {
	for _, w := range All {
		for _, given := range small[w.Name] {
			for _, model := range registry.Names() {
				t.Run(w.Name+"/"+label(given)+"/"+model, func(t *testing.T) {
					trial := newTrial(t, w, newModel(t, model), given)
					skipUnsupported(t, w, trial)
					defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
					runAndCheck(t, w, trial)
				})
			}
		}
	}
}

func label(given map[string]string) string {
	var parts []string
	for name, value := range given {
		parts = append(parts, name+"="+value)
	}
	return strings.Join(parts, ",")
}

func skipUnsupported(t *testing.T, w Workload, trial *Trial) {
	t.Helper()
	if w.Supports == nil {
		return
	}
	if err := w.Supports(trial.Model.Name(), trial.Model.Traits(), trial.Params); err != nil {
		t.Skip(err)
	}
	if trial.Params[0].Name == "via" && trial.Params.String("cpu") == "cross" {
		if _, err := twoCPUs(); err != nil {
			t.Skip(err)
		}
	}
}

func runAndCheck(t *testing.T, w Workload, trial *Trial) {
	t.Helper()
	want, err := w.Expect(trial)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Run(trial); err != nil {
		t.Fatal(err)
	}
	if trial.Work != want {
		t.Errorf("did %+v\nwant %+v", trial.Work, want)
	}
	probe := trial.Probe.(*fakeProbe)
	if probe.begins != 1 || probe.ends != 1 {
		t.Errorf("Begin was called %d times and End %d times, want once each", probe.begins, probe.ends)
	}
	for name := range trial.Values {
		if !declared(w, name) {
			t.Errorf("metric %q is recorded and not declared", name)
		}
	}
	if len(trial.Values) == 0 {
		t.Error("nothing was measured")
	}
}

func declared(w Workload, metric string) bool {
	for _, m := range w.Metrics {
		if m.Name == metric {
			return true
		}
	}
	return false
}
