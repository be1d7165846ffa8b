package generator

import (
	"fmt"
	"iter"
	"runtime"
	"testing"

	"concbench/internal/ratios"
	"concbench/models/coroutine/internal/loopthread"
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
	var pairs ratios.Pairs
	subject, baseline := chunk(func() { g.Next() }), chunk(func() { next() })
	for b.Loop() {
		pairs.Add(ratios.Nanoseconds(subject), ratios.Nanoseconds(baseline))
	}
	if !pairs.Enough(b) {
		return
	}
	ratios.ReportAllocs(b, subject, chunkSteps)
	b.ReportMetric(pairs.Ratio(), "x/pull")
	b.ReportMetric(pairs.Subject()/chunkSteps, "ns/op")
}

// chunk is a chunk of calls.
func chunk(step func()) func() {
	return func() {
		for range chunkSteps {
			step()
		}
	}
}
