package coroutine

import (
	"iter"
	"testing"

	"concbench/internal/ratios"
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
// nanoseconds that are returned, the median; they are 0 if the run was too short
// for any number.
func compare(b *testing.B, metric string, subject, baseline func()) (nanoseconds float64) {
	b.Helper()
	var pairs ratios.Pairs
	for b.Loop() {
		pairs.Add(ratios.Nanoseconds(subject), ratios.Nanoseconds(baseline))
	}
	return report(b, metric, &pairs, subject)
}

// report is what follows the measuring of pairs of chunks.
func report(b *testing.B, metric string, pairs *ratios.Pairs, subject func()) (nanoseconds float64) {
	b.Helper()
	if !pairs.Enough(b) {
		return 0
	}
	nanoseconds = pairs.Subject() / chunkSteps
	ratios.ReportAllocs(b, subject, chunkSteps)
	b.ReportMetric(pairs.Ratio(), metric)
	b.ReportMetric(nanoseconds, "ns/op")
	return nanoseconds
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
