package compare

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concbench/results"
)

// A machine runs the same benchmarks as another, slower by a factor.
func machineRun(t *testing.T, name string, m results.Machine, slower float64, changes ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	run := results.Run{Schema: results.Schema, Profile: "bench", Version: "v1", Go: "go1.26.8", Machine: m}
	if err := results.Create(dir, run); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(uint64(len(name)), 1))
	var b strings.Builder
	fmt.Fprintf(&b, "goos: %s\ngoarch: %s\ncpu: %s\n\nUnit sec/switch better=lower\n", m.OS, m.Arch, m.CPU)
	for range 6 {
		for _, model := range []string{"coroutine", "threads"} {
			fmt.Fprintf(&b, "BenchmarkSwitch/model=%s/via=yield/laps=auto 1 %v sec/switch 1 turns/yield\n", model, slower*(90e-9+1e-9*rng.Float64()))
			fmt.Fprintf(&b, "BenchmarkSwitch/model=%s/via=handoff/laps=auto 1 %v sec/switch 1 turns/yield\n", model, slower*(150e-9+1e-9*rng.Float64()))
		}
	}
	text := strings.NewReplacer(changes...).Replace(b.String())
	if err := os.WriteFile(filepath.Join(dir, results.BenchFile), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

var (
	laptop = results.Machine{OS: "darwin", Arch: "arm64", CPU: "Apple M3", CPUs: 8, Memory: 16 << 30}
	server = results.Machine{OS: "linux", Arch: "amd64", CPU: "AMD EPYC", CPUs: 64, Memory: 256 << 30, Kernel: "6.18"}
)

func compareText(t *testing.T, old, other string) string {
	t.Helper()
	var out strings.Builder
	if err := Runs(&out, old, other, Options{}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// "My laptop against the server" is a table: medians, intervals and the ratio,
// both machines named above, and no p-value.
func TestTwoMachinesAreDescribed(t *testing.T) {
	text := compareText(t, machineRun(t, "laptop", laptop, 1), machineRun(t, "server", server, 2))
	for _, want := range []string{"Apple M3, 8 processors, 16.0 GiB memory, darwin/arm64", "AMD EPYC, 64 processors, 256.0 GiB memory, linux/amd64 6.18",
		"Two machines: cpu: Apple M3 against AMD EPYC; goarch: arm64 against amd64; goos: darwin against linux; processors: 8 against 64; memory: 16.0 GiB against 256.0 GiB",
		"coroutine via=yield", "ratio", "4 described, 4 equal"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if head, _, _ := strings.Cut(text, "│"); !strings.Contains(head, "Apple M3") || !strings.Contains(head, "AMD EPYC") {
		t.Errorf("the machines are not named above the table:\n%s", text)
	}
	if strings.Contains(text, "p=") || strings.Contains(text, "~") {
		t.Errorf("something was tested between two machines:\n%s", text)
	}
	for line := range strings.Lines(text) {
		if strings.Contains(line, "via=") && strings.Contains(line, "±") && !strings.Contains(line, " 2.0") && !strings.Contains(line, " 1.9") {
			t.Errorf("not twice as slow: %s", line)
		}
	}
}

// One machine in two runs is tested: a new kernel or a little memory less do not
// make another machine; another number of processors does.
func TestWhatMakesAnotherMachine(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*results.Machine)
		other  bool
	}{
		"kernel":     {func(m *results.Machine) { m.Kernel = "6.19" }, false},
		"a little":   {func(m *results.Machine) { m.Memory -= 1 << 30 }, false},
		"half":       {func(m *results.Machine) { m.Memory /= 2 }, true},
		"processors": {func(m *results.Machine) { m.CPUs = 2 }, true},
		"quota":      {func(m *results.Machine) { m.Quota = 1.5 }, true},
	} {
		m := server
		test.change(&m)
		text := compareText(t, machineRun(t, "before", server, 1), machineRun(t, "after", m, 1.5))
		if got := strings.Contains(text, "Two machines"); got != test.other || got == strings.Contains(text, "(p=") {
			t.Errorf("%s: another machine is %v, want %v\n%s", name, got, test.other, text)
		}
	}
}

// Two runs without a common cell are told apart by what differs, on both sides.
func TestStrangersAreToldWhatDiffers(t *testing.T) {
	for name, test := range map[string]struct {
		changes []string
		want    []string
	}{
		"parameter": {[]string{"laps=auto", "laps=1000"}, []string{"They differ in laps: auto in old, 1000 in new.", "Switch/model=coroutine/via=handoff/laps=auto in old, Switch/model=coroutine/via=handoff/laps=1000 in new"}},
		"scale":     {[]string{"laps=auto", "laps=auto/scale=0.1"}, []string{"scale: none in old, 0.1 in new."}},
		"models":    {[]string{"=coroutine", "=fibers", "=threads", "=actors"}, []string{"model: coroutine, threads in old, actors, fibers in new."}},
		"workload":  {[]string{"BenchmarkSwitch", "BenchmarkSwap"}, []string{"benchmark: Switch in old, Swap in new."}},
		"mixture":   {[]string{"coroutine/via=yield", "threads/via=swap", "threads/via=yield", "coroutine/via=swap", "via=handoff", "via=wait"}, []string{"via: handoff, yield in old, swap, wait in new."}},
	} {
		var out strings.Builder
		old, other := machineRun(t, "old", server, 1), machineRun(t, "new", server, 1, test.changes...)
		err := Runs(&out, old, other, Options{})
		if err == nil || out.Len() > 0 {
			t.Errorf("%s: error %v after\n%s", name, err, &out)
			continue
		}
		for _, want := range append(test.want, old, other) {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: no %q in %v", name, want, err)
			}
		}
	}
	one, two := t.TempDir(), t.TempDir()
	err := Runs(new(strings.Builder), file(t, one, "f", "", "ns/op", 1), file(t, two, "f", "", "B/op", 1), Options{})
	if err == nil || !strings.Contains(err.Error(), "unit: sec/op in old, B/op in new") {
		t.Errorf("units: %v", err)
	}
}

// A run.json that cannot be read is told of, and does not hide the numbers.
func TestDamagedRunIsAWarning(t *testing.T) {
	dir := machineRun(t, "old", server, 1)
	if err := os.WriteFile(filepath.Join(dir, results.RunName), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if text := compareText(t, dir, machineRun(t, "new", server, 1)); !strings.Contains(text, "warning: what made "+dir+" is not known: ") {
		t.Error(text)
	}
}
