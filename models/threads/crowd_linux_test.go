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

// BenchmarkParked parks 10,000 threads. user-B/thread is the memory of the process per
// thread (its share of resident pages). kernel-B/thread is the stacks, page tables and slabs
// that the kernel has added per thread, on the whole machine, so other programs show in it.
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

// BenchmarkCrowd starts, parks, wakes and ends 20,000 threads. left is the number of kernel
// threads that the process has more than before: the Go runtime keeps a few for itself.
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

// TestCrowd is the same with fewer threads. None of them is left.
func TestCrowd(t *testing.T) {
	before := liveThreads(t)
	parkCrowd(t, 1000)
	leaktest.Until(func() bool { return liveThreads(t) < before+100 })
}

// parkCrowd runs n tasks at a time. It measures the process before the first task and when
// all are parked. The tasks wake each other one by one: if all woke at once, each would ask
// for the interpreter lock every interval, as in CPython, and the benchmark would measure
// that. It skips where a limit forbids so many threads.
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

// liveThreads is the number of threads of this process.
func liveThreads(tb testing.TB) int {
	tb.Helper()
	entries, err := os.ReadDir("/proc/self/task")
	if err != nil {
		tb.Fatal(err)
	}
	return len(entries)
}
