package coroutine

import (
	"runtime"
	"sync"
	"testing"

	"concbench/internal/ratios"
)

const parkedTasks = 100_000

// BenchmarkParked is the memory of 100,000 tasks that wait for one event.
// x/goroutine compares a task with a goroutine that waits for one channel, and
// whose end, like a task's, can be awaited: heap and stacks that the Go runtime
// has in use after a collection. The descriptors of goroutines, some 0.5 KB
// that each of both has, are left out: the runtime keeps those of the first
// pass for the next.
func BenchmarkParked(b *testing.B) {
	parkedGoroutineBytes()
	var bytes ratios.Pairs // of which one is enough: nothing disturbs a count
	for b.Loop() {
		bytes.Add(parkedTaskBytes(b), parkedGoroutineBytes())
	}
	b.ReportMetric(bytes.Subject(), "B/task")
	b.ReportMetric(bytes.Baseline(), "B/goroutine")
	b.ReportMetric(bytes.Ratio(), "x/goroutine")
	b.ReportMetric(0, "ns/op") // of both together: means nothing to a reader
}

func parkedTaskBytes(b *testing.B) (bytes float64) {
	inLoop(b, func(t *Task) {
		gate := NewEvent()
		before := bytesInUse()
		for range parkedTasks {
			CreateTask(t, func(t *Task) (None, error) { return None{}, gate.Wait(t) })
		}
		t.Yield()
		bytes = float64(bytesInUse()-before) / parkedTasks
		gate.Set()
	})
	return bytes
}

// A parkedGoroutine is what a goroutine's starter needs to wait for its end and
// learn of its error.
type parkedGoroutine struct {
	done chan struct{}
	err  error
}

func parkedGoroutineBytes() (bytes float64) {
	gate := make(chan error)
	var parked sync.WaitGroup
	before := bytesInUse()
	all := make([]*parkedGoroutine, parkedTasks)
	for i := range all {
		g := &parkedGoroutine{done: make(chan struct{})}
		all[i] = g
		parked.Add(1)
		go func() {
			defer close(g.done)
			parked.Done()
			g.err = <-gate
		}()
	}
	parked.Wait()
	bytes = float64(bytesInUse()-before) / parkedTasks
	close(gate)
	for _, g := range all {
		if <-g.done; g.err != nil {
			panic(g.err)
		}
	}
	return bytes
}

func bytesInUse() int64 {
	runtime.GC()
	runtime.GC() // the second frees what the first has found on the stacks and in pools
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}
