package coroutine

import (
	"fmt"
	"iter"
	"testing"
	"time"

	"concbench/models/internal/order"
)

const idleTimers = 10_000

// BenchmarkYield is a task that yields to the loop and is resumed by it.
func BenchmarkYield(b *testing.B) {
	inLoop(b, func(t *Task) {
		nanoseconds := comparePull(b, func() { rounds(t, chunkSteps) })
		compareAsyncio(b, "yield", nanoseconds)
	})
}

// BenchmarkYieldIdleTimers is the same task while 10,000 timers are far from
// due. x/noidle compares it with a loop that has none.
func BenchmarkYieldIdleTimers(b *testing.B) {
	inLoop(b, func(t *Task) {
		l := t.Loop()
		var none, many timerHeap
		for i := range idleTimers {
			l.CallLater(time.Hour+time.Duration(i*7919%idleTimers), func() {})
		}
		many, l.timers = l.timers, none
		compare(b, "x/noidle", func() {
			l.timers = many
			rounds(t, chunkSteps)
			l.timers = none
		}, func() { rounds(t, chunkSteps) })
	})
}

// BenchmarkReadyQueue is 2 to 100 tasks that do nothing but yield. x/fifo
// compares the loop with the least that could run them: a first-in first-out
// queue of as many iter.Pull.
func BenchmarkReadyQueue(b *testing.B) {
	for _, tasks := range []int{2, 10, 100} {
		b.Run(fmt.Sprint("tasks=", tasks), func(b *testing.B) {
			inLoop(b, func(t *Task) { benchmarkReadyQueue(b, t, tasks) })
		})
	}
}

func benchmarkReadyQueue(b *testing.B, t *Task, tasks int) {
	ended := false
	defer func() { ended = true }()
	for range tasks - 1 {
		t.Start("", func(t *Task) error {
			for !ended {
				t.Yield()
			}
			return nil
		})
	}
	var queue order.Ring[func() (struct{}, bool)]
	for range tasks {
		next, stop := iter.Pull(endless)
		defer stop()
		queue.Push(next)
	}
	compare(b, "x/fifo", func() { rounds(t, chunkSteps/tasks) }, func() {
		for range chunkSteps {
			next := queue.Pop()
			next()
			queue.Push(next)
		}
	})
}
