package measure

import (
	"slices"
	"testing"

	"concbench/results"
)

// BenchmarkTrialStart is the reason why the worker is a program of its own. It runs
// the same short trial, in alternation, under the small worker and under one
// that links all that the command bench links, and reports what each takes
// before its measured part: CPU seconds, and resident bytes.
func BenchmarkTrialStart(b *testing.B) {
	workers := map[string]string{
		"small": build(b, "concbench/cmd/bench-trial"),
		"fat":   build(b, "concbench/measure/testdata/fat"),
	}
	p := Profile{Name: "p", Rounds: 1, Scale: 0.001, Sets: []Set{{Workload: "Sleep", Arms: arms("goroutine")}}}
	cpu, rss := map[string][]float64{}, map[string][]float64{}
	for b.Loop() {
		for name, worker := range workers {
			record := realRun(b, worker, p).Records[0]
			cpu[name] = append(cpu[name], record.Startup.UserCPU+record.Startup.SystemCPU)
			rss[name] = append(rss[name], float64(record.Memory[0].RSS))
		}
	}
	for name := range workers {
		b.ReportMetric(median(cpu[name]), name+"-cpu-sec")
		b.ReportMetric(median(rss[name]), name+"-rss-bytes")
	}
	b.ReportMetric(medianRatio(cpu["fat"], cpu["small"]), "x/cpu")
	b.ReportMetric(medianRatio(rss["fat"], rss["small"]), "x/rss")
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
			var runner, trial float64
			for b.Loop() {
				for _, record := range realRun(b, worker, Profile{Name: "p", Rounds: 1, Scale: 0.1, Sets: []Set{set}}).Records {
					if record.Status != results.OK {
						b.Fatal(record.Cell.Label(), record.Error)
					}
					runner += record.Overhead
					trial += record.Usage.UserCPU + record.Usage.SystemCPU
				}
			}
			b.ReportMetric(runner/trial, "runner-cpu/trial-cpu")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

func medianRatio(subject, baseline []float64) float64 {
	var ratios []float64
	for i := range subject {
		ratios = append(ratios, subject[i]/baseline[i])
	}
	return median(ratios)
}
