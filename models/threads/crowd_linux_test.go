package threads

import (
	"fmt"
	"os"
	"runtime"
	"testing"

	"concbench/internal/platform"
	"concbench/models"
	"concbench/models/internal/leaktest"
	"concbench/models/threads/limits"
	"concbench/results"
	"concbench/stats"
)

// BenchmarkParked parks 10,000 threads. user-B/thread is what the process holds
// for each (its share of resident pages), kernel-B/thread the stacks, page tables
// and slabs that the kernel has added for them; those of the whole machine, so
// that other programs show in it.
func BenchmarkParked(b *testing.B) {
	const crowd = 10_000
	var user, kernel []float64
	for b.Loop() {
		before, parked := parkCrowd(b, crowd)
		user = append(user, float64(parked.PSS-before.PSS)/crowd)
		kernel = append(kernel, float64(kernelBytes(parked)-kernelBytes(before))/crowd)
	}
	b.ReportMetric(stats.Median(user), "user-B/thread")
	b.ReportMetric(stats.Median(kernel), "kernel-B/thread")
}

func kernelBytes(m results.Memory) int64 { return m.KernelStack + m.PageTables + m.Slab }

// BenchmarkCrowd has 20,000 threads start, park, wake and end. left is how many
// threads, goroutines aside, the process has more than before: the Go runtime
// keeps a few for itself.
func BenchmarkCrowd(b *testing.B) {
	const crowd = 20_000
	left := 0
	for b.Loop() {
		before := liveThreads(b)
		parkCrowd(b, crowd)
		leaktest.Until(func() bool { left = liveThreads(b) - before; return left < 100 })
	}
	b.ReportMetric(float64(left), "left")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*crowd), "us/thread")
}

// TestCrowd is the same with fewer: none of them is left, be it as a thread.
func TestCrowd(t *testing.T) {
	before := liveThreads(t)
	parkCrowd(t, 1000)
	leaktest.Until(func() bool { return liveThreads(t) < before+100 })
}

// parkCrowd runs n tasks at a time and measures the process before the first and
// when all are parked. They wake each other one by one: if all are woken at once,
// each asks for the interpreter lock every interval, as it would in CPython, and
// that is what is measured then. It skips where a limit forbids so many.
func parkCrowd(tb testing.TB, n int) (before, parked results.Memory) {
	tb.Helper()
	if c := limits.System(); c.Threads < n {
		tb.Skip(c.Check(n, fmt.Sprint("number ", n)))
	}
	m, err := New("")
	if err != nil {
		tb.Fatal(err)
	}
	woken := 0 // the interpreter lock guards it
	err = m.Run(func(t models.Task) error {
		if before, err = platform.ProcessMemory(os.Getpid(), "start"); err != nil {
			return err
		}
		gate, handles := t.NewSemaphore(0), make([]models.Handle, n)
		for i := range handles {
			handles[i] = t.Start("parked", func(t models.Task) error {
				if err := gate.Acquire(t); err != nil {
					return err
				}
				woken++
				gate.Release(t)
				return nil
			})
		}
		runtime.GC() // what a stack has grown out of is not held any more
		if parked, err = platform.ProcessMemory(os.Getpid(), "parked"); err != nil {
			return err
		}
		gate.Release(t)
		return models.JoinAll(t, handles...)
	})
	if err != nil {
		tb.Fatal(err)
	}
	if woken != n || parked.Threads < int64(n) {
		tb.Fatalf("%d of %d tasks woke; there were %d threads", woken, n, parked.Threads)
	}
	return before, parked
}

// liveThreads is how many threads this process has.
func liveThreads(tb testing.TB) int {
	tb.Helper()
	entries, err := os.ReadDir("/proc/self/task")
	if err != nil {
		tb.Fatal(err)
	}
	return len(entries)
}
