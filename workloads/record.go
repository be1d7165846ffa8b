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
// many things happened. It is filled when they are over: tasks keep plain
// values while they are measured, which cost less and need no lock.
type lateness struct {
	hist       *hdrhistogram.Histogram // nanoseconds, three significant digits
	longest    time.Duration           // exact, where the histogram rounds
	early      int64                   // before the intended time: an error of the model
	outOfRange int64                   // above longestLateness
}

func newLateness() *lateness {
	return &lateness{hist: hdrhistogram.New(1, int64(longestLateness), 3)}
}

func (l *lateness) record(d time.Duration) {
	if d < 0 {
		l.early++
		return
	}
	if err := l.hist.RecordValue(int64(d)); err != nil {
		l.outOfRange++
	}
	l.longest = max(l.longest, d)
}

// report records p50, p99 and max as metrics called like "p50-NAME-sec", and
// the whole distribution as histogram NAME. It fails if values were too large
// to be counted, since every quantile would then be too low.
func (l *lateness) report(t *Trial, name string) error {
	if l.outOfRange > 0 {
		return fmt.Errorf("%d values of %s are above %v and could not be recorded: try a shorter trial", l.outOfRange, name, longestLateness)
	}
	t.set("p50-"+name+"-sec", l.quantile(50).Seconds())
	t.set("p99-"+name+"-sec", l.quantile(99).Seconds())
	t.set("max-"+name+"-sec", l.longest.Seconds())
	if t.Histograms == nil {
		t.Histograms = make(map[string]*hdrhistogram.Histogram)
	}
	t.Histograms[name] = l.hist
	return nil
}

// quantile is the upper end of the bucket that holds the given percentage of
// values, but never above the longest, which can lie inside its bucket.
func (l *lateness) quantile(percent float64) time.Duration {
	return min(l.longest, time.Duration(l.hist.ValueAtQuantile(percent)))
}

// output is where the trial's workload shows something, if anywhere.
func (t *Trial) output() io.Writer {
	if t.Output == nil {
		return io.Discard
	}
	return t.Output
}
