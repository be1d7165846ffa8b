package reports

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"concbench/results"
	"concbench/stats"
)

// A Fact is a line of the trust panel.
type Fact struct{ Name, Value string }

// trust are the facts on which the numbers stand.
func (d *data) trust() []Fact {
	run, m := d.run, d.run.Machine
	facts := []Fact{
		{"run", fmt.Sprintf("profile %s, %s, seed %d", run.Profile, run.Start.UTC().Format("2006-01-02 15:04 UTC"), run.Seed)},
		{"rounds", d.roundsText()},
		{"disturbed", d.noise.String() + ". " + noiseRule},
		{"can find", d.detectableText()},
		{"harness", overheadText(d.records)},
		{"durations", d.scaleText()},
		{"concbench", version(run) + ", built with " + run.Go},
		{"machine", fmt.Sprintf("%s, %d processors%s, %s memory", m.CPU, m.CPUs, quota(m), inBytes.format(float64(m.Memory)))},
		{"system", strings.TrimSpace(fmt.Sprintf("%s/%s %s", m.OS, m.Arch, m.Kernel))},
		{"virtual", orNone(m.Virtual, "no hypervisor named")},
		{"governor", orNone(m.Governor, "not known")},
		{"limits", pairsText(m.Limits)},
		{"settings", pairsText(m.Settings)},
		{"not the usual", orNone(strings.Join(m.Unusual(), ", "), "nothing known of")},
		{"typed", shell(run.Command)},
	}
	if len(run.URLs) > 0 {
		facts = append(facts, Fact{"real sites", strings.Join(run.URLs, " ")})
	}
	return append(facts, d.controls()...)
}

func version(run results.Run) string {
	if run.Dirty {
		return run.Version + " with changes that are in no commit"
	}
	return run.Version
}

func quota(m results.Machine) string {
	if m.Quota == 0 {
		return ""
	}
	return fmt.Sprintf(" limited to %s by cgroup", digits(m.Quota, 3))
}

func orNone(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

func pairsText[V any](m map[string]V) string {
	var words []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		words = append(words, fmt.Sprintf("%s=%v", k, m[k]))
	}
	return orNone(strings.Join(words, " "), "none recorded")
}

func (d *data) rounds() []int {
	seen := map[int]bool{}
	for _, r := range d.records {
		seen[r.Round] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

func (d *data) roundsText() string {
	n := len(d.rounds())
	text := fmt.Sprintf("%d, %d of %d trials done", n, d.done(), d.run.Due(d.records))
	if reserve, measured := d.reserve(); reserve > 0 {
		text += fmt.Sprintf("; %d of %d rounds in reserve were measured, which is done when fewer than %d are clean", measured, reserve, stats.LeastRounds)
	}
	if n > 0 && n < stats.LeastRounds {
		text += "; fewer than 6 values have no 95\u00a0% interval, so nothing can be told with that certainty"
	}
	if n >= stats.LeastRounds {
		text += fmt.Sprintf("; intervals of %d values have %s", n, percent(stats.MedianInterval(make([]float64, n)).Confidence))
	}
	return text
}

// reserve counts the rounds in reserve, and those of them with trials.
func (d *data) reserve() (all, measured int) {
	done := d.rounds()
	last := -1
	for _, p := range d.run.Plan {
		if !p.Reserve || p.Round == last {
			continue
		}
		last = p.Round
		all++
		if slices.Contains(done, p.Round) {
			measured++
		}
	}
	return all, measured
}

// done counts trials of the plan that have a record.
func (d *data) done() int {
	seen := map[int]bool{}
	for _, r := range d.records {
		seen[r.Seq] = true
	}
	return len(seen)
}

// What the runner itself costs is told of trials long enough to have a share,
// beside the share that it should stay under.
const (
	leastCPU      = 0.01 // seconds
	overheadShare = 0.01
)

// overheadText tells the CPU time of the runner as a share of the trial's own.
func overheadText(records []results.Record) string {
	var shares []float64
	above := 0
	for _, r := range records {
		cpu := r.Usage.UserCPU + r.Usage.SystemCPU
		if r.Status != results.OK || cpu <= leastCPU {
			continue
		}
		share := r.Overhead / cpu
		if shares = append(shares, share); share > overheadShare {
			above++
		}
	}
	if len(shares) == 0 {
		return "not known: no trial used more than 10 ms of CPU time"
	}
	return fmt.Sprintf("the runner used %s of the CPU time of a trial at the median and %s at most, above 1\u00a0%% in %d of %d trials (those with more than 10 ms of their own; readings of memory are not counted)",
		percent(stats.Median(shares)), percent(slices.Max(shares)), above, len(shares))
}

func (d *data) scaleText() string {
	scales := map[float64]bool{}
	for _, c := range d.cells {
		scales[c.scale] = true
	}
	var words []string
	for _, s := range slices.Sorted(maps.Keys(scales)) {
		if s == 1 {
			words = append(words, "real")
		} else {
			words = append(words, scaleText(s)+", said beside each such number")
		}
	}
	return strings.Join(words, "; ")
}

// foundOften is the chance with which a difference is to be found that the
// report calls detectable.
const foundOften = 0.8

// detectableText tells how large a true difference must be for this run to find it.
func (d *data) detectableText() string {
	var noises, least []float64
	d.eachPair(func(a, b *cellData, m results.Metric) {
		if c, err := d.compare(a, b, m.Name); err == nil && c.N >= stats.LeastRounds && ranked(a) {
			noises = append(noises, c.SD)
			least = append(least, stats.Detectable(c.N, c.SD, stats.Margin, foundOften))
		}
	})
	if len(least) == 0 {
		return fmt.Sprintf("nothing: no comparison has %d rounds", stats.LeastRounds)
	}
	return fmt.Sprintf("with a chance of 80\u00a0%%, a true difference of %s at the median of %d comparisons, and of %s at the worst; the noise of their ratios is %s at the median",
		percent(stats.Median(least)), len(least), percent(slices.Max(least)), percent(stats.Median(noises)))
}
