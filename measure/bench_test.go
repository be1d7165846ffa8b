package measure

import (
	"testing"

	"concbench/internal/ratios"
	"concbench/results"
)

// BenchmarkTrialStart is the reason why the worker is a program of its own. It runs
// the same short trial, in alternation, under the small worker and under one
// that links all that the command bench links, and reports what each takes
// before its measured part: CPU seconds, and resident bytes.
func BenchmarkTrialStart(b *testing.B) {
	small, fat := build(b, "concbench/cmd/bench-trial"), build(b, "concbench/measure/testdata/fat")
	p := Profile{Name: "p", Rounds: 1, Scale: 0.001, Sets: []Set{{Workload: "Sleep", Arms: arms("goroutine")}}}
	var cpu, rss ratios.Pairs
	for b.Loop() {
		small, fat := realRun(b, small, p).Records[0], realRun(b, fat, p).Records[0]
		cpu.Add(fat.Startup.UserCPU+fat.Startup.SystemCPU, small.Startup.UserCPU+small.Startup.SystemCPU)
		rss.Add(float64(fat.Memory[0].RSS), float64(small.Memory[0].RSS))
	}
	if !cpu.Enough(b) {
		return
	}
	b.ReportMetric(cpu.Subject(), "fat-cpu-sec")
	b.ReportMetric(rss.Subject(), "fat-rss-bytes")
	b.ReportMetric(cpu.Baseline(), "small-cpu-sec")
	b.ReportMetric(rss.Baseline(), "small-rss-bytes")
	b.ReportMetric(cpu.Ratio(), "x/cpu")
	b.ReportMetric(rss.Ratio(), "x/rss")
	b.ReportMetric(0, "ns/op") // of two processes and the files of a run: not the point
}

// BenchmarkOverhead reports what share of a trial's CPU time the runner takes
// during the measured part, over all its processes. It is to stay below 0.01.
func BenchmarkOverhead(b *testing.B) {
	worker := build(b, "concbench/cmd/bench-trial")
	for _, set := range []Set{
		{Workload: "Sleep", Arms: concurrent},
		{Workload: "Download", Arms: concurrent},
		{Workload: "Factorial", Arms: concurrent, Grid: grid(axis("numbers", "20000,30000"))},
		{Workload: "Switch", Arms: concurrent, Grid: grid(axis("cpu", "same"))},
		{Workload: "Memory", Arms: concurrent, Grid: grid(axis("tasks", "1000"))},
		{Workload: "Latency", Arms: concurrent, Grid: grid(axis("load", "hog"))},
	} {
		b.Run(set.Workload, func(b *testing.B) {
			var pairs ratios.Pairs // the runner, and the trial
			for b.Loop() {
				for _, record := range realRun(b, worker, Profile{Name: "p", Rounds: 1, Scale: 0.1, Sets: []Set{set}}).Records {
					if record.Status != results.OK {
						b.Fatal(record.Cell.Label(), record.Error)
					}
					pairs.Add(record.Overhead, record.Usage.UserCPU+record.Usage.SystemCPU)
				}
			}
			if pairs.Enough(b) {
				b.ReportMetric(pairs.TotalRatio(), "runner-cpu/trial-cpu")
				b.ReportMetric(0, "ns/op")
			}
		})
	}
}
