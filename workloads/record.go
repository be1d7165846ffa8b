package workloads

import (
	"fmt"
	"io"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// scaled is a duration parameter times the trial's scale.
func (t *Trial) scaled(name string) time.Duration {
	return time.Duration(float64(t.Params.Duration(name)) * t.Scale)
}

// set records one number of the trial.
func (t *Trial) set(metric string, value float64) {
	if t.Values == nil {
		t.Values = make(map[string]float64)
	}
	t.Values[metric] = value
}

// longestLateness is the upper end of what a histogram can hold.
const longestLateness = time.Hour

// A lateness is the distribution of how long after its intended time each of
// many things happened. It belongs to one task; others are merged into it when
// their tasks have ended.
type lateness struct {
	hist       *hdrhistogram.Histogram // nanoseconds, three significant digits
	longest    time.Duration           // exact, where the histogram rounds
	early      int64                   // before the intended time: an error of the model
	outOfRange int64                   // above longestLateness
}

func newLateness() *lateness {
	return &lateness{hist: hdrhistogram.New(1, int64(longestLateness), 3)}
}

// record adds one value and reports whether it was not early.
func (l *lateness) record(d time.Duration) bool {
	if d < 0 {
		l.early++
		return false
	}
	if err := l.hist.RecordValue(int64(d)); err != nil {
		l.outOfRange++
	}
	l.longest = max(l.longest, d)
	return true
}

func (l *lateness) merge(other *lateness) {
	l.outOfRange += l.hist.Merge(other.hist) + other.outOfRange
	l.early += other.early
	l.longest = max(l.longest, other.longest)
}

// report records p50, p99 and max as metrics called like "p50-NAME-sec", and
// the whole distribution as histogram NAME. It fails if values were too large
// to be counted, since every quantile would then be too low.
func (l *lateness) report(t *Trial, name string) error {
	if l.outOfRange > 0 {
		return fmt.Errorf("%d values of %s are above %v and could not be recorded: try a shorter trial", l.outOfRange, name, longestLateness)
	}
	t.set("p50-"+name+"-sec", time.Duration(l.hist.ValueAtQuantile(50)).Seconds())
	t.set("p99-"+name+"-sec", time.Duration(l.hist.ValueAtQuantile(99)).Seconds())
	t.set("max-"+name+"-sec", l.longest.Seconds())
	if t.Histograms == nil {
		t.Histograms = make(map[string]*hdrhistogram.Histogram)
	}
	t.Histograms[name] = l.hist
	return nil
}

// output is where the trial's workload shows something, if anywhere.
func (t *Trial) output() io.Writer {
	if t.Output == nil {
		return io.Discard
	}
	return t.Output
}
