package coroutine

import (
	"iter"
	"runtime"
	"testing"

	"concbench/internal/ratios"
)

// BenchmarkCreateAwait creates a task and awaits it. x/pull compares that with a
// coroutine that is made, runs and ends, which is one switch there and back; to
// await a task takes two. x/value compares it with one that also has two: an
// iter.Pull made, asked for one value, and ended. With stacks=recycled, the
// default, tasks run one after another on a coroutine that the first one left;
// with stacks=new each makes its own, as the first ones of a burst do.
func BenchmarkCreateAwait(b *testing.B) {
	b.Run("stacks=recycled", func(b *testing.B) {
		inLoop(b, func(t *Task) { benchmarkCreateAwait(b, t) })
	})
	b.Run("stacks=new", func(b *testing.B) {
		inLoop(b, func(t *Task) { benchmarkCreateAwait(b, t) }, IdleCoroutines(0))
	})
}

// ballastBytes is a heap such as a program has: with next to nothing alive, the
// collector would begin again every few milliseconds, and we would measure how
// quickly a machine wakes its threads.
const ballastBytes = 64 << 20

func benchmarkCreateAwait(b *testing.B, t *Task) {
	ballast := make([]byte, ballastBytes)
	defer runtime.KeepAlive(ballast)
	createAwait := func() {
		for range chunkSteps {
			CreateTask(t, returnOne).Await(t)
		}
	}
	var toPull, toValue ratios.Pairs
	for b.Loop() {
		pull := ratios.Nanoseconds(pullNothing)
		ours := ratios.Nanoseconds(createAwait)
		toPull.Add(ours, pull)
		toValue.Add(ours, ratios.Nanoseconds(pullOne))
	}
	nanoseconds := report(b, "x/pull", &toPull, createAwait)
	if nanoseconds > 0 {
		b.ReportMetric(toValue.Ratio(), "x/value")
	}
	compareAsyncio(b, "create", nanoseconds)
}

func pullNothing() {
	for range chunkSteps {
		next, _ := iter.Pull(yieldNothing)
		next()
	}
}

func pullOne() {
	for range chunkSteps {
		next, stop := iter.Pull(yieldOne)
		next()
		stop()
	}
}

func returnOne(*Task) (int, error) { return 1, nil }

func yieldNothing(func(int) bool) {}

func yieldOne(yield func(int) bool) { yield(1) }
