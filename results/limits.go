package results

import (
	"fmt"
	"strings"
	"unicode"
)

// What a run may hold. The bounds are several times what any profile makes, and
// keep what is read and drawn within seconds or, where all are met at once, a minute.
// Beyond them a run is refused, when it is begun and when it is read, by a line that
// names the limit.
const (
	MaxTrials    = 50_000    // of a plan: -rounds 10000 of one set under five models
	MaxCells     = 500       // with different names or scales
	MaxArms      = 16        // of one subject, all of which are compared with each other
	MaxWorkloads = 64        // described
	MaxMetrics   = 64        // of a workload
	MaxParams    = 16        // of a cell
	MaxName      = 64        // bytes of the name of a workload, a model, a parameter, a metric or a profile
	MaxCellName  = 512       // bytes of [Cell.Key]
	MaxText      = 4 << 10   // bytes of a sentence, such as why a trial failed
	MaxCommand   = 16 << 10  // bytes of what was typed
	MaxURLs      = 1000      // real sites
	MaxLine      = 1 << 20   // bytes of a line of the journal
	MaxRunFile   = 64 << 20  // bytes of run.json
	MaxJournal   = 256 << 20 // bytes of trials.jsonl
	MaxBenchFile = 256 << 20 // bytes of bench.txt, or another file in the Go benchmark format
)

// A limiter finds the first thing that is beyond its limit.
type limiter struct{ err error }

func (l *limiter) count(what string, n, most int) {
	if l.err == nil && n > most {
		l.err = fmt.Errorf("%s: %d, and at most %d are allowed", what, n, most)
	}
}

// least is count of what has not been counted to its end.
func (l *limiter) least(what string, n, most int) {
	if l.err == nil && n > most {
		l.err = fmt.Errorf("the plan has more than %d %s, the most that are allowed", most, what)
	}
}

func (l *limiter) text(what, text string, most int) {
	if l.err == nil && len(text) > most {
		l.err = fmt.Errorf("%s has %d bytes, and at most %d are allowed: it begins with %.20q", what, len(text), most, text)
	}
}

// limits returns an error that names the first limit that the run is beyond.
func (run *Run) limits() error {
	var l limiter
	l.count("trials of the plan", len(run.Plan), MaxTrials)
	l.count("workloads", len(run.Workloads), MaxWorkloads)
	l.count("addresses", len(run.URLs), MaxURLs)
	l.text("the name of the profile", run.Profile, MaxName)
	for _, url := range run.URLs {
		l.text("an address", url, MaxText)
	}
	for _, w := range run.Workloads {
		l.workload(w)
	}
	l.text("the command", strings.Join(run.Command, " "), MaxCommand)
	l.text("the version", run.Version+run.Go, MaxText)
	l.text("the machine", fmt.Sprint(run.Machine), MaxText)
	if l.err == nil {
		l.plan(run.Plan)
	}
	return l.err
}

func (l *limiter) workload(w WorkloadInfo) {
	l.text("the name of a workload", w.Name, MaxName)
	l.text("the text of the workload "+w.Name, w.Doc, MaxText)
	l.count("metrics of the workload "+w.Name, len(w.Metrics), MaxMetrics)
	for _, m := range w.Metrics {
		l.text("the name of a metric of "+w.Name, m.Name, MaxName)
		l.text("the title of the metric "+m.Name, m.Title, MaxText)
		if l.err == nil && !isUnit(m.Name) {
			l.err = fmt.Errorf("the metric %q of %s is no unit of the Go benchmark format: it must be one word of graphic characters", m.Name, w.Name)
		}
	}
}

func isUnit(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) })
}

// plan looks at each cell once, however often it is run.
func (l *limiter) plan(plan []Planned) {
	type place struct {
		cell  string
		scale float64
	}
	cells := map[place]bool{}
	arms := map[place]int{} // of a subject
	for _, p := range plan {
		at := place{p.Cell.Key(), p.Scale}
		if cells[at] {
			continue
		}
		cells[at] = true
		l.cell(p.Cell)
		subject := place{p.Cell.Subject(), p.Scale}
		arms[subject]++
		l.least("cells", len(cells), MaxCells)
		l.least("models, with their options, of one workload with its parameters", arms[subject], MaxArms)
		if l.err != nil {
			return
		}
	}
}

func (l *limiter) cell(c Cell) {
	l.text("the name of a workload", c.Workload, MaxName)
	l.text("the name of a model", c.Model, MaxName)
	l.count("parameters of a cell", len(c.Params), MaxParams)
	for _, p := range c.Params {
		l.text("the name of a parameter", p.Name, MaxName)
	}
	l.text("the name of a cell, with its options and parameters,", c.Key(), MaxCellName)
}
