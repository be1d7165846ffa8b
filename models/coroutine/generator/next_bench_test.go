package generator

import (
	"fmt"
	"iter"
	"runtime"
	"testing"
	"time"

	"concbench/models/coroutine/internal/loopthread"
	"concbench/stats"
)

// chunkSteps is long enough that reading the clock does not show in a chunk, and short
// enough that a disturbance of the machine hits few.
const chunkSteps = 5_000

// BenchmarkNext is a Next of a generator that yields. x/pull compares that with
// the next of an iter.Pull, which it is made of.
func BenchmarkNext(b *testing.B) {
	b.Run("loops=0", func(b *testing.B) { benchmarkNext(b, 0) })
	b.Run("loops=1", func(b *testing.B) {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		loopthread.Enter()
		defer loopthread.Leave()
		benchmarkNext(b, 0)
	})
}

// BenchmarkNextDelegated is a Next that goes through bodies that delegate.
func BenchmarkNextDelegated(b *testing.B) {
	for _, depth := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("depth=%d", depth), func(b *testing.B) { benchmarkNext(b, depth) })
	}
}

func benchmarkNext(b *testing.B, depth int) {
	b.ReportAllocs()
	unwound := 0
	g := delegating(New(func(y *Yielder[int, int]) (int, error) {
		for {
			if _, err := y.Yield(1); err != nil {
				return 0, err
			}
		}
	}), depth, &unwound)
	defer g.Close()
	next, stop := iter.Pull(func(yield func(int) bool) {
		for yield(1) {
		}
	})
	defer stop()
	pairs := max(1, b.N/chunkSteps)
	ratios := make([]float64, 0, pairs)
	var took time.Duration
	b.ResetTimer()
	for range pairs {
		subject := timed(func() { g.Next() })
		baseline := timed(func() { next() })
		took += subject
		ratios = append(ratios, float64(subject)/float64(baseline))
	}
	b.StopTimer()
	b.ReportMetric(stats.Median(ratios), "x/pull")
	b.ReportMetric(float64(took.Nanoseconds())/float64(pairs*chunkSteps), "ns/op")
}

// timed is the time that a chunk of calls takes.
func timed(step func()) time.Duration {
	begin := time.Now()
	for range chunkSteps {
		step()
	}
	return time.Since(begin)
}
