package reports

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"concbench/results"
)

// The fixture is a run that never was: synthetic values with seeded noise, for
// all workloads and models, with a cell of each kind of trouble.

const fixtureRounds = 8

type fixture struct {
	run     results.Run
	records []results.Record
	rng     *rand.Rand
}

// makeFixture makes the same run every time.
func makeFixture(t testing.TB) (results.Run, []results.Record) {
	f := &fixture{rng: rand.New(rand.NewPCG(7, 11)), run: results.Run{
		Schema: results.Schema, Profile: "fixture", Seed: 42, Scale: 1,
		Start:   time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC),
		Command: []string{"bench", "run", "-profile", "fixture"},
		Version: "v0.0.0-fixture", Go: "go1.26.8",
		Machine: results.Machine{OS: "linux", Arch: "amd64", Kernel: "6.1.0", CPU: "Synthetic CPU", CPUs: 2,
			Memory: 8 << 30, Virtual: "kvm", Limits: map[string]int64{"threads-max": 62_000, "nofile": 1024},
			Settings: map[string]string{"GOGC": "100"}},
		Workloads: fixtureWorkloads(),
	}}
	for round := range fixtureRounds {
		for _, c := range fixtureCells() {
			f.trial(t, round, c)
		}
	}
	return f.run, f.records
}

// A fixtureCell is a cell with the values around which its trials lie.
type fixtureCell struct {
	results.Cell
	scale  float64
	noise  float64
	values map[string]float64
	late   time.Duration // of the histogram's median; 0 for none
	fate   func(round int) results.Status
	reason string
}

func (f *fixture) trial(t testing.TB, round int, c fixtureCell) {
	seq := len(f.run.Plan)
	seed := f.rng.Uint64()
	f.run.Plan = append(f.run.Plan, results.Planned{Seq: seq, Round: round, Cell: c.Cell, Scale: c.scale, Seed: seed})
	work := results.Work{Created: 2, Finished: 2, Checksum: "5e1f"}
	r := results.Record{Schema: results.Schema, Seq: seq, Round: round, Cell: c.Cell, Scale: c.scale, Seed: seed,
		Start: f.run.Start.Add(time.Duration(seq) * time.Second), Status: results.OK, Work: work, Expected: work,
		Usage: results.Usage{Wall: 1, UserCPU: 0.5}, Overhead: 0.0001 * float64(1+round), MaxProcs: 2,
		Took: 1, Machine: results.Noise{Busy: 0.5, Own: 0.5}}
	if c.fate != nil {
		r.Status = c.fate(round)
	}
	if round == 3 && c.Workload == "Switch" {
		r.Machine.Steal = 0.08
	}
	if r.Status != results.OK {
		r.Error = c.reason
		if r.Status == results.Refused {
			r.Work.Finished = 1
		}
		f.records = append(f.records, r)
		return
	}
	r.Values = map[string]float64{}
	for _, m := range fixtureMetrics(c.Workload) {
		if v, ok := c.values[m.Name]; ok {
			r.Values[m.Name] = v * math.Exp(c.noise*f.rng.NormFloat64())
		}
	}
	if c.late > 0 {
		r.Histograms = map[string]string{"lateness": f.histogram(t, c.late)}
	}
	f.records = append(f.records, r)
}

func (f *fixture) histogram(t testing.TB, median time.Duration) string {
	h := hdrhistogram.New(1, int64(time.Hour), 3)
	for range 2_000 {
		if err := h.RecordValue(1 + int64(float64(median)*math.Exp(0.5*f.rng.NormFloat64()))); err != nil {
			t.Fatal(err)
		}
	}
	text, err := h.Encode(hdrhistogram.V2CompressedEncodingCookieBase)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func params(pairs ...string) (ps results.Params) {
	for i := 0; i < len(pairs); i += 2 {
		ps = append(ps, results.Param{Name: pairs[i], Value: pairs[i+1]})
	}
	return ps
}

func always(s results.Status) func(int) results.Status {
	return func(int) results.Status { return s }
}

type armValues struct {
	model, options string
	value          float64
}

// fixtureCells are in the order of workloads.
func fixtureCells() []fixtureCell {
	var cells []fixtureCell
	add := func(workload string, ps results.Params, noise float64, values func(armValues) map[string]float64, arms ...armValues) {
		for _, a := range arms {
			cells = append(cells, fixtureCell{Cell: results.Cell{Workload: workload, Model: a.model, Options: a.options, Params: ps},
				scale: 1, noise: noise, values: values(a)})
		}
	}
	one := func(metric string) func(armValues) map[string]float64 {
		return func(a armValues) map[string]float64 { return map[string]float64{metric: a.value} }
	}
	add("Sleep", params("long", "5s", "short", "3s"), 0.0003, one(makespan),
		armValues{"serial", "", 8.002}, armValues{"coroutine", "", 5.0006}, armValues{"threads", "", 5.0012}, armValues{"goroutine", "", 5.0009})
	add("Download", params("pages", "7", "mean", "475ms"), 0.01, one(makespan),
		armValues{"serial", "", 3.31}, armValues{"coroutine", "", 0.792}, armValues{"threads", "", 0.801}, armValues{"goroutine", "", 0.79})
	for _, kind := range []struct {
		name                          string
		coroutine, threads, goroutine float64
	}{{"sleep", 0.1004, 0.1009, 0.1011}, {"cpu", 3.01, 0.111, 0.102}, {"cpu-yield", 0.103, 0.108, 0.102}, {"blocking", 3.0, 3.001, 0.101}} {
		add("Spinner", params("frame", "100ms", "kind", kind.name), 0.01, func(a armValues) map[string]float64 {
			return map[string]float64{longestGap: a.value, "p99-lateness-sec": max(2e-5, a.value-0.1), slowTime: 3.001, stopLatency: 6e-5 * a.value / kind.coroutine}
		}, armValues{"coroutine", "", kind.coroutine}, armValues{"threads", "", kind.threads}, armValues{"goroutine", "", kind.goroutine})
	}
	add("Factorial", params("form", "cpu"), 0.01, one(makespan),
		armValues{"serial", "", 1.2}, armValues{"coroutine", "", 1.205}, armValues{"threads", "", 1.26}, armValues{"threads", "gil=off", 0.66},
		armValues{"goroutine", "", 0.64}, armValues{"goroutine", "procs=1", 1.21})
	for _, via := range []struct {
		name string
		by   float64
	}{{"yield", 1}, {"handoff", 1.7}} {
		add("Switch", params("via", via.name, "tasks", "2", "cpu", "same"), 0.03, func(a armValues) map[string]float64 {
			kernel := map[string]float64{"threads": 1, "coroutine": 0.00002, "goroutine": 0.0001}[a.model]
			return map[string]float64{perSwitch: a.value, kernelSwitches: kernel}
		}, armValues{"coroutine", "", 93e-9 * via.by}, armValues{"threads", "", 4.2e-6 * via.by}, armValues{"goroutine", "", 125e-9 * via.by})
	}
	for _, tasks := range []float64{0, 1_000, 10_000, 100_000} {
		add("Memory", params("tasks", strconv.Itoa(int(tasks)), "parked", "event"), 0.02, func(a armValues) map[string]float64 {
			stack := 0.0
			if a.model == "threads" {
				stack = 16_384
			}
			return map[string]float64{"parked-bytes": 20_000 + tasks*(a.value*1.02+stack), "parked-pss-bytes": 20_000 + tasks*a.value,
				"parked-pagetable-bytes": tasks * a.value * 0.02, "parked-kernelstack-bytes": tasks * stack}
		}, armValues{"coroutine", "", 2_950}, armValues{"threads", "", 9_700}, armValues{"goroutine", "", 2_640})
	}
	for _, load := range []struct {
		name string
		by   float64
	}{{"idle", 1}, {"hog", 100}} {
		add("Latency", params("period", "1ms", "load", load.name), 0.05, func(a armValues) map[string]float64 {
			return map[string]float64{"p50-lateness-sec": a.value, "p99-lateness-sec": 3 * a.value}
		}, armValues{"coroutine", "", 60e-6 * load.by}, armValues{"threads", "", 75e-6 * load.by}, armValues{"goroutine", "", 150e-6})
	}
	return trouble(cells)
}

// trouble gives some cells the fates that a report must show, and histograms
// to those that have latencies.
func trouble(cells []fixtureCell) []fixtureCell {
	for i := range cells {
		c := &cells[i]
		c.late = time.Duration(c.values["p50-lateness-sec"] * float64(time.Second))
		switch tasks := c.Params.Get("tasks"); {
		case c.Workload == "Memory" && c.Model == "threads" && tasks == "100000":
			c.fate, c.reason = always(results.Skipped), "100000 threads are more than this machine allows (62000 by threads-max): try -param tasks=5000"
		case c.Workload == "Download" && c.Model == "threads":
			c.fate, c.reason = func(round int) results.Status {
				if round == 5 {
					return results.Crashed
				}
				return results.OK
			}, "the process died: signal: killed; was memory short? see dmesg"
		case c.Workload == "Factorial" && c.Options == "procs=1":
			c.fate, c.reason = always(results.Refused), "the ledger is wrong"
		}
	}
	scaled := fixtureCell{Cell: results.Cell{Workload: "Sleep", Model: "serial", Params: params("long", "5s", "short", "3s")}, scale: 0.1, noise: 0.001, values: map[string]float64{makespan: 0.8005}}
	return append(cells, scaled)
}

func fixtureWorkloads() []results.WorkloadInfo {
	var all []results.WorkloadInfo
	for _, w := range [][2]string{
		{"Sleep", "Two tasks sleep, one for 5 s and one for 3 s."}, {"Download", "Tasks download a page each from a server in another process."},
		{"Spinner", "A bar turns beside a slow function."}, {"Factorial", "Tasks compute large factorials, one each."},
		{"Switch", "Tasks hand the processor to each other."}, {"Memory", "Tasks start and then wait, while a process outside reads what this one holds."},
		{"Latency", "Tasks wake up on a fixed schedule."}} {
		all = append(all, results.WorkloadInfo{Name: w[0], Doc: w[1], Metrics: fixtureMetrics(w[0])})
	}
	return all
}

func fixtureMetrics(workload string) []results.Metric {
	lower := func(name, title string) results.Metric {
		return results.Metric{Name: name, Title: title, Better: results.Lower}
	}
	switch workload {
	case "Spinner":
		return []results.Metric{lower(longestGap, "longest time without a new frame"), lower("p99-lateness-sec", "99th percentile of a frame's lateness"),
			lower(slowTime, "time of the slow function"), lower(stopLatency, "time from asking the bar to stop until it had")}
	case "Switch":
		return []results.Metric{lower(perSwitch, "time per one-way switch"), {Name: kernelSwitches, Title: "kernel context switches per switch", Better: results.Neither}}
	case "Memory":
		return []results.Metric{lower(parkedBytes, "memory of all parked tasks: resident, page tables, kernel stacks"), lower("parked-pss-bytes", "resident memory of all parked tasks"),
			lower("parked-pagetable-bytes", "page tables of all parked tasks"), lower("parked-kernelstack-bytes", "kernel stacks of all parked tasks")}
	case "Latency":
		return []results.Metric{lower("p50-lateness-sec", "median lateness of a wake-up"), lower("p99-lateness-sec", "99th percentile of lateness")}
	}
	return []results.Metric{lower(makespan, "time until all is done")}
}
