package models_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"concbench/models"
	"concbench/models/coroutine"
	"concbench/models/goroutine"
	"concbench/models/registry"
	"concbench/models/serial"
	"concbench/models/threads"
)

// BenchmarkContract shows what it costs to reach a model through the contract
// instead of directly. ns/call is the difference, per call, between calling
// Checkpoint through models.Task and calling the model's own method; both are
// timed in one run, in alternation, and the median of the differences counts.
// Checkpoint is the cheapest operation there is, so the way to it is what shows.
func BenchmarkContract(b *testing.B) {
	for _, s := range subjects {
		b.Run(strings.TrimSuffix("model="+s.name+"/"+s.options, "/"), func(b *testing.B) {
			m, err := registry.New(s.name, s.options)
			if err != nil {
				b.Fatal(err)
			}
			var differences []float64
			err = m.Run(func(t models.Task) error {
				contract, direct := throughContract(t), directly(t)
				for b.Loop() {
					differences = append(differences, perCall(contract)-perCall(direct))
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			slices.Sort(differences)
			b.ReportMetric(differences[len(differences)/2], "ns/call")
			b.ReportMetric(0, "ns/op") // of two chunks of calls: means nothing to a reader
		})
	}
}

// perCall times a chunk of calls long enough that reading the clock does not show.
func perCall(call func(n int)) (ns float64) {
	const n = 20_000
	begin := time.Now()
	call(n)
	return float64(time.Since(begin).Nanoseconds()) / n
}

func throughContract(t models.Task) func(n int) {
	return func(n int) {
		for range n {
			t.Checkpoint()
		}
	}
}

// directly has a loop for each model, since only then is the call a plain one.
func directly(t models.Task) func(n int) {
	switch t := t.(type) {
	case coroutine.ModelTask:
		return func(n int) {
			for range n {
				t.Checkpoint()
			}
		}
	case *goroutine.Task:
		return func(n int) {
			for range n {
				t.Checkpoint()
			}
		}
	case *serial.Task:
		return func(n int) {
			for range n {
				t.Checkpoint()
			}
		}
	case *threads.Task:
		return func(n int) {
			for range n {
				t.Checkpoint()
			}
		}
	}
	panic("no direct calls for this model: add its type here")
}
