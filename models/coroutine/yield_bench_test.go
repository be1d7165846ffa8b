package coroutine

import (
	"iter"
	"slices"
	"testing"
	"time"
)

// A chunk is long enough that reading the clock does not show in it, and short
// enough that a disturbance of the machine hits few.
const (
	chunkSteps = 5_000
	idleTimers = 10_000
)

// BenchmarkYield is a task that yields to the loop and is resumed by it. x/pull
// compares that with what it is made of and cannot do without, one next and
// yield of an iter.Pull on the same thread.
func BenchmarkYield(b *testing.B) {
	inLoop(b, func(t *Task) {
		next, stop := iter.Pull(endless)
		defer stop()
		compare(b, "x/pull", func() {
			for range chunkSteps {
				t.Yield()
			}
		}, func() {
			for range chunkSteps {
				next()
			}
		})
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
		yields := func() {
			for range chunkSteps {
				t.Yield()
			}
		}
		compare(b, "x/noidle", func() {
			l.timers = many
			yields()
			l.timers = none
		}, yields)
	})
}

// inLoop runs the benchmark as a task.
func inLoop(b *testing.B, body func(*Task)) {
	b.Helper()
	b.ReportAllocs()
	l, err := NewLoop()
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	if err := l.runAll(func(t *Task) error { body(t); return nil }); err != nil {
		b.Fatal(err)
	}
}

// compare times subject and baseline in turn and reports the median of the
// ratios of neighbours. An op is one step of the subject.
func compare(b *testing.B, metric string, subject, baseline func()) {
	pairs := max(1, b.N/chunkSteps)
	ratios := make([]float64, 0, pairs)
	var took time.Duration
	b.ResetTimer()
	for range pairs {
		s, base := timed(subject), timed(baseline)
		took += s
		ratios = append(ratios, float64(s)/float64(base))
	}
	b.StopTimer()
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], metric)
	b.ReportMetric(float64(took.Nanoseconds())/float64(pairs*chunkSteps), "ns/op")
}

func timed(f func()) time.Duration {
	begin := time.Now()
	f()
	return time.Since(begin)
}

func endless(yield func(struct{}) bool) {
	for yield(struct{}{}) {
	}
}
