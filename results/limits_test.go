package results

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// planOf is a plan of n trials.
func planOf(n int, cell func(i int) Cell) []Planned {
	plan := make([]Planned, n)
	for i := range plan {
		plan[i] = Planned{Seq: i, Scale: 1, Cell: cell(i)}
	}
	return plan
}

func params(n int) (all Params) {
	for i := range n {
		all = append(all, Param{fmt.Sprint("p", i), "v"})
	}
	return all
}

// TestLimits takes each limit to the full, and one beyond.
func TestLimits(t *testing.T) {
	switchOf := func(c Cell) func(int) Cell { return func(int) Cell { c.Workload = "Switch"; return c } }
	text := func(n int) string { return strings.Repeat("x", n) }
	for name, c := range map[string]struct {
		most   int
		change func(*Run, int)
		want   string
	}{
		"trials": {MaxTrials, func(r *Run, n int) { r.Plan = planOf(n, switchOf(Cell{Model: "serial"})) }, "trials of the plan: 50001, and at most 50000"},
		"cells": {MaxCells, func(r *Run, n int) {
			r.Plan = planOf(n, func(i int) Cell { return Cell{Workload: "Switch", Params: Params{{"n", fmt.Sprint(i)}}} })
		}, "more than 500 cells"},
		"models": {MaxArms, func(r *Run, n int) {
			r.Plan = planOf(n, func(i int) Cell { return Cell{Workload: "Switch", Model: fmt.Sprint("m", i)} })
		}, "more than 16 models, with their options, of one workload"},
		"name of a model":    {MaxName, func(r *Run, n int) { r.Plan = planOf(1, switchOf(Cell{Model: text(n)})) }, "the name of a model has 65 bytes"},
		"name of a cell":     {MaxCellName - len("Switch/model=,"), func(r *Run, n int) { r.Plan = planOf(1, switchOf(Cell{Options: text(n)})) }, "has 513 bytes"},
		"parameters":         {MaxParams, func(r *Run, n int) { r.Plan = planOf(1, switchOf(Cell{Params: params(n)})) }, "parameters of a cell: 17"},
		"workloads":          {MaxWorkloads, func(r *Run, n int) { r.Workloads = make([]WorkloadInfo, n); r.Plan = nil }, "workloads: 65"},
		"name of a workload": {MaxName, func(r *Run, n int) { r.Workloads[0].Name = text(n); r.Plan = nil }, "the name of a workload has 65 bytes"},
		"metrics": {MaxMetrics, func(r *Run, n int) {
			r.Workloads[0].Metrics = nil
			for i := range n {
				r.Workloads[0].Metrics = append(r.Workloads[0].Metrics, Metric{Name: fmt.Sprint("m", i)})
			}
		}, "metrics of the workload Switch: 65"},
		"name of a metric": {MaxName, func(r *Run, n int) { r.Workloads[0].Metrics[0].Name = text(n) }, "the name of a metric of Switch has 65 bytes"},
		"profile":          {MaxName, func(r *Run, n int) { r.Profile = text(n) }, "the name of the profile has 65 bytes"},
		"addresses":        {MaxURLs, func(r *Run, n int) { r.URLs = make([]string, n) }, "addresses: 1001"},
		"command":          {MaxCommand, func(r *Run, n int) { r.Command = []string{text(n)} }, "the command has 16385 bytes"},
		"machine":          {MaxText - len(fmt.Sprint(Machine{})), func(r *Run, n int) { r.Machine = Machine{CPU: text(n)} }, "the machine has 4097 bytes"},
	} {
		run := sampleRun()
		c.change(&run, c.most)
		if err := run.Check(); err != nil {
			t.Errorf("%s: the most that is allowed is refused: %v", name, err)
		}
		c.change(&run, c.most+1)
		if err := run.Check(); err == nil || !strings.Contains(err.Error(), c.want) || len(err.Error()) > 300 {
			t.Errorf("%s: %v; want one line with %q", name, err, c.want)
		}
	}
}

func TestMetricsAreUnits(t *testing.T) {
	for _, name := range []string{"", "two words", "esc\x1b", "line\nend"} {
		run := sampleRun()
		run.Workloads[0].Metrics[0].Name = name
		if err := run.Check(); err == nil || !strings.Contains(err.Error(), "is no unit") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestLargeFiles is read no further than its limit, and not at all beyond.
func TestLargeFiles(t *testing.T) {
	for name, limit := range map[string]int64{JournalName: MaxJournal, RunName: MaxRunFile} {
		dir := newRun(t)
		if err := os.Truncate(filepath.Join(dir, name), limit+1); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), name+" is larger than") {
			t.Errorf("%s: %v", name, err)
		}
	}
	dir := newRun(t)
	writeJournal(t, dir, append([]byte(strings.Repeat("x", MaxLine+1)), '\n'))
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "trials.jsonl:1: the line has 1048577 bytes") {
		t.Errorf("a long line: %v", err)
	}
}

// BenchmarkOpen opens the longest plan that is allowed.
func BenchmarkOpen(b *testing.B) {
	run := sampleRun()
	run.Plan = planOf(MaxTrials, func(i int) Cell {
		return Cell{Workload: "Switch", Model: fmt.Sprint("m", i%5), Params: params(4)}
	})
	dir := filepath.Join(b.TempDir(), "run")
	if err := Create(dir, run); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Open(dir); err != nil {
			b.Fatal(err)
		}
	}
}
