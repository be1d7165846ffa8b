package trial

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"concbench/measure/protocol"
	"concbench/models"
	"concbench/models/registry"
	"concbench/results"
	"concbench/workloads"
)

// One workload that allocates, and records one value of each kind.
var table = []workloads.Workload{{
	Name:    "Allocate",
	Params:  []workloads.ParamDef{{Name: "limit", Default: "no"}},
	Metrics: []results.Metric{{Name: "sec/op", Better: results.Lower}},
	Expect:  func(*workloads.Trial) (results.Work, error) { return results.Work{Created: 1}, nil },
	Run: func(t *workloads.Trial) error {
		err := t.Measure(func(models.Task) error {
			garbage := make([][]byte, 1000)
			for i := range garbage {
				garbage[i] = make([]byte, 1000)
			}
			_, err := t.Probe.Memory("inside")
			return err
		})
		if t.Params.String("limit") == "yes" {
			return models.ErrLimit
		}
		h := hdrhistogram.New(1, 1000, 3)
		t.Work.Created = 1
		t.Values["sec/op"] = t.Probe.Elapsed().Seconds()
		t.Histograms["latency"] = h
		return errors.Join(err, h.RecordValue(42))
	},
}}

// runner answers the protocol as a runner would, and returns the record.
func runner(t *testing.T, spec protocol.Spec) results.Record {
	t.Helper()
	theirIn, ourOut := io.Pipe()
	ourIn, theirOut := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- Worker{Workloads: table, NewModel: registry.New}.Run(theirIn, theirOut)
		theirOut.Close()
	}()
	in, out := json.NewDecoder(ourIn), json.NewEncoder(ourOut)
	var m protocol.Message
	if err := in.Decode(&m); err != nil || m.Hello != protocol.Build(table) {
		t.Fatalf("greeting %+v, %v", m, err)
	}
	if err := out.Encode(spec); err != nil {
		t.Fatal(err)
	}
	for {
		m = protocol.Message{}
		if err := in.Decode(&m); err != nil {
			t.Fatal(err)
		}
		if m.Record != nil {
			if err := <-ended; err != nil {
				t.Fatal(err)
			}
			return *m.Record
		}
		if err := out.Encode(protocol.Reply{Memory: results.Memory{Label: m.Memory, RSS: 5}}); err != nil {
			t.Fatal(err)
		}
	}
}

func spec(workload, model, limit string) protocol.Spec {
	cell := results.Cell{Workload: workload, Model: model, Params: results.Params{{Name: "limit", Value: limit}}}
	return protocol.Spec{Started: time.Now(), Trial: results.Planned{Seq: 3, Round: 2, Seed: 9, Scale: 0.5, Cell: cell}}
}

func TestRecordHoldsWhatWasMeasured(t *testing.T) {
	r := runner(t, spec("Allocate", "goroutine", "no"))
	if r.Status != results.OK || r.Seq != 3 || r.Round != 2 || r.Seed != 9 || r.Scale != 0.5 {
		t.Fatalf("%+v", r)
	}
	// The runtime adds up allocations a span at a time, so a few may be missing.
	if r.Usage.Wall <= 0 || r.Usage.Allocs < 900 || r.Usage.AllocBytes < 900_000 || r.Startup.Wall <= 0 || r.MaxProcs != runtime.GOMAXPROCS(0) {
		t.Errorf("usage %+v, startup %+v, procs %d", r.Usage, r.Startup, r.MaxProcs)
	}
	if r.Work != r.Expected || r.Values["sec/op"] <= 0 {
		t.Errorf("work %+v, values %v", r.Work, r.Values)
	}
	h, err := hdrhistogram.Decode([]byte(r.Histograms["latency"]))
	if err != nil || h.TotalCount() != 1 || h.Max() != 42 {
		t.Errorf("the histogram cannot be read back: %v, %v", h, err)
	}
	if n := len(r.Memory); n == 0 || r.Memory[n/2].Label != "inside" {
		t.Errorf("memory %+v", r.Memory)
	}
}

func TestArmUnderAnotherName(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, c := range []struct{ model, options, want string }{
		{"goroutine", "", ""},
		{"goroutine", "procs=1", "goroutine"},
		{"goroutine", "procs=2", ""},
		{"threads", "gil=off", ""},
		{"threads", "interval=5ms", "threads"},
		{"serial", "", ""},
	} {
		s := spec("Allocate", c.model, "no")
		s.Trial.Cell.Options = c.options
		if r := runner(t, s); r.SameAs != c.want || r.Status != results.OK {
			t.Errorf("%s/%s on one processor is %q, want %q; %s %s", c.model, c.options, r.SameAs, c.want, r.Status, r.Error)
		}
	}
}

func TestTrialsThatCannotRun(t *testing.T) {
	for _, c := range []struct {
		spec   protocol.Spec
		status results.Status
		text   string
	}{
		{spec("Nothing", "goroutine", "no"), results.Failed, `no workload "Nothing"`},
		{spec("Allocate", "fibre", "no"), results.Failed, `no model "fibre"`},
		{spec("Allocate", "goroutine", "yes"), results.Skipped, "a limit of this machine"},
	} {
		if r := runner(t, c.spec); r.Status != c.status || !strings.Contains(r.Error, c.text) {
			t.Errorf("%s %s; want %s %s", r.Status, r.Error, c.status, c.text)
		}
	}
	unknown := spec("Allocate", "goroutine", "no")
	unknown.Trial.Cell.Params[0].Name = "speed"
	if r := runner(t, unknown); r.Status != results.Failed || !strings.Contains(r.Error, `no parameter "speed"`) {
		t.Errorf("%s %s", r.Status, r.Error)
	}
}

func TestRunnerThatIsNotUnderstood(t *testing.T) {
	w := Worker{Workloads: table, NewModel: registry.New}
	if err := w.Run(strings.NewReader("hello"), io.Discard); err == nil || !strings.Contains(err.Error(), "listen to the runner") {
		t.Errorf("nonsense: %v", err)
	}
	if err := w.Run(strings.NewReader(""), &bytes.Buffer{}); err != nil {
		t.Errorf("a runner that wants another build and hangs up: %v", err)
	}
}

func TestValuesMustBeNumbersOfDeclaredMetrics(t *testing.T) {
	metrics := []results.Metric{{Name: "sec/op"}, {Name: "wait-sec"}}
	zero := 0.0
	for text, values := range map[string]map[string]float64{
		"came out as NaN":                 {"sec/op": zero / zero},
		"came out as +Inf":                {"sec/op": 1 / zero},
		`"ms/op", which is none of its m`: {"ms/op": 1},
		"":                                {"sec/op": 3, "wait-sec": 2},
		"2.1 s of a measured part of 2 s": {"wait-sec": 2.1},
		"came out as -1 s":                {"wait-sec": -1},
	} {
		err := checkValues(metrics, values, 2)
		if (err == nil) != (text == "") || err != nil && !strings.Contains(err.Error(), text) {
			t.Errorf("%v: %v, want %q", values, err, text)
		}
	}
}
