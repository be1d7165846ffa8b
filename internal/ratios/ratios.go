// Package ratios is for benchmarks that measure a subject beside a baseline: slices
// of both in alternation, so that both see the same machine, and the median of the
// ratios of neighbours.
//
//	var p ratios.Pairs
//	for b.Loop() {
//		p.Add(ratios.Nanoseconds(subject), ratios.Nanoseconds(baseline))
//	}
//	if p.Enough(b) {
//		b.ReportMetric(p.Ratio(), "x/baseline")
//	}
//
// A run that is too short for that prints no number: benchstat would take the ratio
// of one pair, which may have met a server that was still starting, for a
// measurement as good as any other.
package ratios

import (
	"runtime"
	"testing"
	"time"

	"concbench/stats"
)

// Fewest is how many pairs a number is made of at least: with fewer, a median has
// no interval of 95 %.
const Fewest = 6

// Pairs are what was measured of subject and baseline, pair by pair.
type Pairs struct{ subject, baseline []float64 }

// Add adds a pair of neighbours.
func (p *Pairs) Add(subject, baseline float64) {
	p.subject, p.baseline = append(p.subject, subject), append(p.baseline, baseline)
}

// Enough reports whether there are pairs enough for a number. If not, it logs why,
// takes back even the time of an operation, and nothing else is to be reported.
func (p *Pairs) Enough(b *testing.B) bool {
	b.Helper()
	if len(p.subject) >= Fewest {
		return true
	}
	b.ReportMetric(0, "ns/op") // package testing leaves zero out
	b.Logf("no numbers: %d pairs of subject and baseline are too few to compare, want %d: try -benchtime %dx", len(p.subject), Fewest, 2*Fewest)
	return false
}

// Subject is the subject's median.
func (p *Pairs) Subject() float64 { return stats.Median(p.subject) }

// Baseline is the baseline's median.
func (p *Pairs) Baseline() float64 { return stats.Median(p.baseline) }

// Ratio is the median of subject over baseline.
func (p *Pairs) Ratio() float64 {
	return p.median(func(subject, baseline float64) float64 { return subject / baseline })
}

// Difference is the median of subject less baseline.
func (p *Pairs) Difference() float64 {
	return p.median(func(subject, baseline float64) float64 { return subject - baseline })
}

func (p *Pairs) median(of func(subject, baseline float64) float64) float64 {
	var all []float64
	for i := range p.subject {
		all = append(all, of(p.subject[i], p.baseline[i]))
	}
	return stats.Median(all)
}

// TotalRatio is all of the subject over all of the baseline, for amounts that are
// too small to be compared one by one.
func (p *Pairs) TotalRatio() float64 {
	var subject, baseline float64
	for i := range p.subject {
		subject, baseline = subject+p.subject[i], baseline+p.baseline[i]
	}
	return subject / baseline
}

// Nanoseconds times a slice.
func Nanoseconds(slice func()) float64 {
	begin := time.Now()
	slice()
	return float64(time.Since(begin).Nanoseconds())
}

// ReportAllocs reports what a slice of so many operations allocates, in a slice of
// its own, where no baseline does.
func ReportAllocs(b *testing.B, slice func(), operations int) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	slice()
	runtime.ReadMemStats(&after)
	b.ReportAllocs()
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/float64(operations), "allocs/op")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(operations), "B/op")
}
