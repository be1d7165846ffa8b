package coroutine

import (
	"iter"
	"runtime"
	"testing"
	"time"

	"concbench/stats"
)

// chunkSteps is long enough that reading the clock does not show in a chunk,
// and short enough that a disturbance of the machine hits few.
const chunkSteps = 5_000

// inLoop runs the benchmark as a task.
func inLoop(b *testing.B, body func(*Task), opts ...Option) {
	b.Helper()
	l, err := NewLoop(opts...)
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	if err := l.runAll(func(t *Task) error { body(t); return nil }); err != nil {
		b.Fatal(err)
	}
}

// compare times chunks of subject and baseline in turn and reports the median
// of the ratios of neighbours. An op is one step of the subject, and so are the
// nanoseconds that are returned, the median.
func compare(b *testing.B, metric string, subject, baseline func()) (nanoseconds float64) {
	b.Helper()
	b.ResetTimer()
	nanoseconds, ratio := alternate(b, subject, baseline)
	b.StopTimer()
	reportAllocs(b, subject)
	b.ReportMetric(ratio, metric)
	b.ReportMetric(nanoseconds, "ns/op")
	return nanoseconds
}

// alternate runs b.N steps of both by turns, and returns the medians of a step of
// the subject and of the ratios of neighbours.
func alternate(b *testing.B, subject, baseline func()) (nanoseconds, ratio float64) {
	pairs := max(1, b.N/chunkSteps)
	ratios, steps := make([]float64, 0, pairs), make([]float64, 0, pairs)
	for range pairs {
		s, base := timed(subject), timed(baseline)
		steps = append(steps, float64(s)/chunkSteps)
		ratios = append(ratios, float64(s)/float64(base))
	}
	return stats.Median(steps), stats.Median(ratios)
}

// reportAllocs counts in a chunk of its own, where no baseline allocates.
func reportAllocs(b *testing.B, chunk func()) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	chunk()
	runtime.ReadMemStats(&after)
	b.ReportAllocs()
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/chunkSteps, "allocs/op")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/chunkSteps, "B/op")
}

func timed(f func()) time.Duration {
	begin := time.Now()
	f()
	return time.Since(begin)
}

// comparePull is compare with what every switch between tasks is made of and
// cannot do without: one next and yield of an iter.Pull on the same thread.
func comparePull(b *testing.B, subject func()) (nanoseconds float64) {
	b.Helper()
	next, stop := iter.Pull(endless)
	defer stop()
	return compare(b, "x/pull", subject, func() {
		for range chunkSteps {
			next()
		}
	})
}

func endless(yield func(struct{}) bool) {
	for yield(struct{}{}) {
	}
}
