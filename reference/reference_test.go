package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestMain lets the test binary be the command when it runs as a measured process, or as a
// peer.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && (os.Args[1] == emulateVerb || os.Args[1] == peerVerb) {
		main()
		return
	}
	os.Exit(m.Run())
}

// small are cells whose programs are done at once.
func small(t *testing.T) []*cell {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	convoy := func(args ...string) *cell {
		return &cell{name: "Convoy", program: "convoy", args: args, metrics: []metric{{name: "p50-sec"}, {name: "p99-sec"}}}
	}
	return []*cell{
		convoy("sleep", "1", "0.0005", "0.05"),
		convoy("echo", "0", "0.0005", "0.05"),
		convoy("echo", "1", "0.0005", "0.05", self, peerVerb),
		{name: "CPU2", program: "cpu2", args: []string{"1000", "1"}, metrics: []metric{{name: "x/serial"}, {name: "sec/checkpoint"}}},
		{name: "Handoff", program: "handoff", args: []string{"same", "10"}, metrics: []metric{{name: "sec/handoff"}}},
		{name: "Handoff", program: "handoff", args: []string{"any", "10"}, metrics: []metric{{name: "sec/handoff"}}},
		{name: "StartJoin", program: "startjoin", args: []string{"3"}, metrics: []metric{{name: "sec/thread"}}},
	}
}

// The emulation's side of every program prints the numbers of its metrics.
func TestEmulation(t *testing.T) {
	for _, c := range small(t) {
		self, _ := os.Executable()
		if _, err := sides("", self)[emulation].measure(t.Context(), c); err != nil {
			t.Errorf("%s %q: %v", c.program, c.args, err)
		}
	}
}

// Both sides are run by turns, each process becomes a line that benchstat reads,
// and the table has a line for every metric.
func TestGrade(t *testing.T) {
	python := python3(t)
	self, _ := os.Executable()
	cells := small(t)[3:]
	var b bytes.Buffer
	if err := grade(t.Context(), sides(python, self), cells, 2, &b); err != nil {
		t.Fatal(err)
	}
	var order []string
	for line := range strings.Lines(b.String()) {
		if strings.HasPrefix(line, "BenchmarkCPU2/") {
			order = append(order, strings.Fields(line)[0])
		}
	}
	want := "BenchmarkCPU2/lock=cpython BenchmarkCPU2/lock=emulation BenchmarkCPU2/lock=emulation BenchmarkCPU2/lock=cpython"
	if got := strings.Join(order, " "); got != want {
		t.Errorf("the order is %s, want %s", got, want)
	}
	b.Reset()
	if err := writeTable(&b, cells); err != nil || strings.Count(b.String(), "\n") != 2+5 {
		t.Errorf("the table is, with error %v:\n%s", err, b.String())
	}
}

// python3 is a CPython to grade against; without one the test is skipped.
func python3(t *testing.T) string {
	t.Helper()
	if _, err := pythonVersion(t.Context(), "python3"); err != nil {
		t.Skip(err)
	}
	return "python3"
}

// An interpreter that is no CPython, or an old one, is refused with advice.
func TestPythonVersion(t *testing.T) {
	for _, answer := range []string{
		`{"name": "PyPy", "version": "3.11.9", "new": true, "gil": true}`,
		`{"name": "CPython", "version": "3.10.2", "new": false, "gil": true}`,
		`{"name": "CPython", "version": "3.13.0", "new": true, "gil": false}`,
		`Python 2.7.18`,
	} {
		fake := t.TempDir() + "/python3"
		if err := os.WriteFile(fake, []byte("#!/bin/sh\necho '"+answer+"'\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		if _, err := pythonVersion(t.Context(), fake); err == nil || !strings.Contains(err.Error(), "-python") {
			t.Errorf("%s: %v, want an error that says what to do", answer, err)
		}
	}
	if _, err := pythonVersion(t.Context(), "/nonexistent/python3"); err == nil || !strings.Contains(err.Error(), "need none") {
		t.Errorf("no python3: %v", err)
	}
}

// A process that fails, prints something else or leaves a number out is an error that says
// so.
func TestMeasureRefuses(t *testing.T) {
	for output, want := range map[string]string{
		"echo '{}'":                      "x/serial",
		`echo '{"x/serial": -1}'`:        "x/serial",
		"echo hello":                     "hello",
		"echo why >&2; exit 1":           "why",
		`echo '{"x/serial": 1}'; exit 3`: "exit status 3",
	} {
		s := side(func(ctx context.Context, _ string, _ []string) (*exec.Cmd, error) {
			return exec.CommandContext(ctx, "sh", "-c", output), nil
		})
		if _, err := s.measure(t.Context(), &cell{metrics: []metric{{name: "x/serial"}}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want an error with %q", output, err, want)
		}
	}
}

func TestVerdict(t *testing.T) {
	within, most, none := metric{low: 0.9, high: 1.1}, metric{high: 1}, metric{}
	for _, c := range []struct {
		m      metric
		lo, hi float64 // of the ratios of six rounds
		want   string
	}{
		{within, 0.9, 1.1, "reached"}, {within, 0.8, 0.89, "missed"}, {within, 1.11, 2, "missed"}, {within, 0.6, 1.05, "interval too wide"},
		{most, 0.1, 0.9, "reached"}, {most, 1.01, 1.1, "missed"}, {most, 0.9, 1.01, "interval too wide"}, {none, 7, 7, ""},
	} {
		middle := (c.lo + c.hi) / 2
		ratios := []float64{c.lo, middle, middle, middle, middle, c.hi}
		if got := c.m.verdict(ratios); got != c.want {
			t.Errorf("%+v of %v is %q, want %q", c.m, ratios, got, c.want)
		}
		if got := c.m.verdict(ratios[1:]); c.want != "" && got != "too few rounds" {
			t.Errorf("%+v of five rounds is %q", c.m, got)
		}
	}
}

func TestTable(t *testing.T) {
	c := &cell{name: "X", metrics: []metric{{name: "sec/thread", high: 1}}}
	for i, theirs := range []float64{1e-6, 2e-6, 4e-6} {
		c.samples[cpython] = append(c.samples[cpython], sample{"sec/thread": theirs})
		c.samples[emulation] = append(c.samples[emulation], sample{"sec/thread": theirs * float64(i+1) / 4})
	}
	var b bytes.Buffer
	if err := writeTable(&b, []*cell{c}); err != nil {
		t.Fatal(err)
	}
	want := "X sec/thread 2µs 1µs 0.500 0.250 to 0.750 at most 1.00 too few rounds"
	if got := strings.Join(strings.Fields(strings.Split(b.String(), "\n")[2]), " "); got != want {
		t.Errorf("the line is %q, want %q", got, want)
	}
}

func TestHumane(t *testing.T) {
	for seconds, want := range map[float64]string{1.5: "1.5s", 0.0061372: "6.137ms", 2.4e-6: "2.4µs", 1.3e-8: "13.0ns"} {
		if got := humane(metric{name: "sec"}, seconds); got != want {
			t.Errorf("%v s is %q, want %q", seconds, got, want)
		}
	}
}

func TestWrongUse(t *testing.T) {
	for args, want := range map[string]string{
		"-rounds 0":                       "at least one round",
		"convoy":                          "want no arguments",
		"-only Nothing":                   "matches no cell",
		"-only (":                         "-only",
		"emulate":                         "no such program",
		"emulate juggle":                  "no such program",
		"emulate convoy":                  "wrong arguments",
		"emulate convoy sleep x y z":      "wrong arguments",
		"emulate convoy sleep 0 1h 1":     "wrong arguments",
		"emulate convoy sleep -1 0.005 1": "wrong arguments",
		"emulate convoy sleep 0 0.005 -1": "wrong arguments",
		"emulate convoy sleep 0 nan 1":    "wrong arguments",
		"emulate convoy sleep 0 9 1":      "interval=9s",
		"emulate cpu2 0 1":                "wrong arguments",
		"emulate handoff both 3":          "wrong arguments",
		"emulate startjoin":               "wrong arguments",
	} {
		var b bytes.Buffer
		if err := run(t.Context(), strings.Fields(args), &b, &b); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want an error with %q", args, err, want)
		}
	}
}

// The names of cells are those of Go benchmarks, and every program has a script.
func TestCells(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range cells("self") {
		if strings.ContainsAny(c.name, " \t") || seen[c.name] || programs[c.program] == nil {
			t.Errorf("cell %q", c.name)
		}
		if _, err := scripts.ReadFile(c.program + ".py"); err != nil {
			t.Error(err)
		}
		seen[c.name] = true
	}
}
