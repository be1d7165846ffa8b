package workloads

import (
	"bytes"
	"cmp"
	"errors"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"concbench/internal/pages"
	"concbench/internal/platform"
	"concbench/models"
	"concbench/models/registry"
	"concbench/results"
)

const smallScale = 0.01

// smallPace makes few items of a time at smallScale, on any machine.
const smallPace = 20 * time.Microsecond

// pageServer stands for the one in another process.
var pageServer = httptest.NewServer(pages.Handler())

// A testProbe measures this process from inside.
type testProbe struct {
	begin  time.Time
	took   time.Duration // 0 before End
	cpu    time.Duration // at Begin
	begins int
	ends   int
}

func (p *testProbe) Begin() {
	p.begins++
	p.begin, p.cpu = time.Now(), processorTime()
}

func (p *testProbe) End() {
	p.ends++
	p.took = time.Since(p.begin)
}

func (p *testProbe) Elapsed() time.Duration { return cmp.Or(p.took, time.Since(p.begin)) }
func (p *testProbe) CPU() time.Duration     { return processorTime() - p.cpu }
func (p *testProbe) KernelSwitches() int64  { return 7 }

func (p *testProbe) Memory(label string) (results.Memory, error) {
	m, err := platform.ProcessMemory(os.Getpid(), label)
	if errors.Is(err, platform.ErrUnsupported) {
		err = nil
	}
	return m, err
}

// newTrial is a trial of w under m at smallScale.
func newTrial(t *testing.T, w Workload, m models.Model, given map[string]string) *Trial {
	t.Helper()
	params, err := w.Resolve(given)
	if err != nil {
		t.Fatal(err)
	}
	return &Trial{Model: m, Params: Params(params), Scale: smallScale, Seed: 1, Pages: pageServer.Listener.Addr().String(), Output: &bytes.Buffer{}, Probe: &testProbe{}, Pace: smallPace}
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
		for _, given := range proofs[w.Name].small {
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
	probe := trial.Probe.(*testProbe)
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
