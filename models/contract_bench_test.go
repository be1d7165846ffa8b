package models_test

import (
	"strings"
	"testing"

	"concbench/internal/ratios"
	"concbench/models"
	"concbench/models/coroutine"
	"concbench/models/goroutine"
	"concbench/models/registry"
	"concbench/models/serial"
	"concbench/models/threads"
)

// BenchmarkContract shows what it costs to reach a model through the contract
// instead of directly. ns/call is the difference, per call, between calling
// through models.Task and calling the model's own method; both are timed in one
// run, in alternation, and the median of the differences counts. Checkpoint is
// the cheapest operation there is, Yield the cheapest that reaches a scheduler.
func BenchmarkContract(b *testing.B) {
	for _, s := range subjects {
		for _, op := range []string{"checkpoint", "yield"} {
			name := strings.ReplaceAll("model="+s.name+"/"+s.options+"/op="+op, "//", "/")
			b.Run(name, func(b *testing.B) { benchmarkContract(b, s.name, s.options, op) })
		}
	}
}

func benchmarkContract(b *testing.B, name, options, op string) {
	m, err := registry.New(name, options)
	if err != nil {
		b.Fatal(err)
	}
	var pairs ratios.Pairs
	err = m.Run(func(t models.Task) error {
		contract, direct := throughContract(t)[op], directly(t)[op]
		for b.Loop() {
			pairs.Add(perCall(contract), perCall(direct))
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if pairs.Enough(b) {
		b.ReportMetric(pairs.Difference(), "ns/call")
		b.ReportMetric(0, "ns/op") // of two chunks of calls: means nothing to a reader
	}
}

// perCall times a chunk of calls long enough that reading the clock does not show.
func perCall(call func(n int)) (ns float64) {
	const n = 5000
	return ratios.Nanoseconds(func() { call(n) }) / n
}

// calls are loops over each operation.
type calls map[string]func(n int)

func throughContract(t models.Task) calls {
	return calls{
		"checkpoint": func(n int) {
			for range n {
				t.Checkpoint()
			}
		},
		"yield": func(n int) {
			for range n {
				t.Yield()
			}
		},
	}
}

// directly has the loops once for each model: only a call on the model's own
// type is a direct one, and a generic function would call through a table.
func directly(t models.Task) calls {
	switch t := t.(type) {
	case coroutine.ModelTask:
		return calls{
			"checkpoint": func(n int) {
				for range n {
					t.Checkpoint()
				}
			},
			"yield": func(n int) {
				for range n {
					t.Yield()
				}
			},
		}
	case *goroutine.Task:
		return calls{
			"checkpoint": func(n int) {
				for range n {
					t.Checkpoint()
				}
			},
			"yield": func(n int) {
				for range n {
					t.Yield()
				}
			},
		}
	case *serial.Task:
		return calls{
			"checkpoint": func(n int) {
				for range n {
					t.Checkpoint()
				}
			},
			"yield": func(n int) {
				for range n {
					t.Yield()
				}
			},
		}
	case *threads.Task:
		return calls{
			"checkpoint": func(n int) {
				for range n {
					t.Checkpoint()
				}
			},
			"yield": func(n int) {
				for range n {
					t.Yield()
				}
			},
		}
	}
	panic("no direct calls for this model: add its type here")
}
