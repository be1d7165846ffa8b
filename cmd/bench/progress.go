package main

import (
	"fmt"
	"io"
	"time"

	"concbench/internal/terminal"
	"concbench/noise"
	"concbench/results"
)

// A progress tells how far a run is. The runner calls it between trials only,
// so nothing is drawn while something is measured. On a terminal it is one
// line that is written over; elsewhere a plain line for each tenth of the run.
// Trials without a number get a line of their own in both.
type progress struct {
	w        *terminal.Writer
	terminal bool
	planned  int
	done     int
	tenth    int
	warned   map[noise.Cause]bool
}

// newProgress starts at done of planned trials.
func newProgress(w *terminal.Writer, done, planned int) *progress {
	return &progress{w: w, terminal: w.IsTerminal(), done: done, planned: planned, warned: map[noise.Cause]bool{}}
}

// TrialStarted implements measure.Progress.
func (p *progress) TrialStarted(trial results.Planned, left time.Duration) {
	line := fmt.Sprintf("%d of %d, %s left: %s", p.done+1, p.planned, round(left), trial.Cell.Label())
	if p.terminal {
		p.overwrite(line)
		return
	}
	if tenth := p.done * 10 / p.planned; p.done == 0 || tenth > p.tenth {
		p.tenth = tenth
		fmt.Fprintln(p.w, terminal.Line(line))
	}
}

// TrialDone implements measure.Progress.
func (p *progress) TrialDone(record results.Record, left time.Duration) {
	p.done++
	if record.Status != results.OK {
		p.note(record)
	}
	p.warn(record)
}

// warn tells of the first trial that something disturbed: whoever watches may
// stop it. How much was disturbed in all is told at the end.
func (p *progress) warn(r results.Record) {
	for _, cause := range noise.Of(r) {
		if p.warned[cause] {
			continue
		}
		p.warned[cause] = true
		p.finish()
		fmt.Fprintln(p.w, terminal.Line(fmt.Sprintf("disturbed by %s: %s, round %d: %s", cause, r.Cell.Label(), r.Round+1, noise.Extent(cause, r))))
	}
}

// Reserve implements measure.Progress.
func (p *progress) Reserve(decision noise.Decision, due int) {
	p.planned = due
	p.finish()
	fmt.Fprintln(p.w, decision)
}

// Refused implements measure.Progress.
func (p *progress) Refused(record results.Record) { p.note(record) }

func (p *progress) note(r results.Record) {
	p.finish()
	fmt.Fprintln(p.w, terminal.Line(fmt.Sprintf("%s: %s, round %d: %s", r.Status, r.Cell.Label(), r.Round+1, r.Error)))
}

// finish clears the line, so that other output can follow.
func (p *progress) finish() {
	if p.terminal {
		p.overwrite("")
	}
}

// overwrite draws the line anew. That it cannot be drawn is no reason to end a run.
func (p *progress) overwrite(line string) { _ = p.w.Overwrite(line) }

// round is a duration for people: 4m10s, 35s.
func round(d time.Duration) time.Duration { return d.Round(time.Second) }

// patience is how long something may take without a word.
const patience = 2 * time.Second

// patiently says what is done if it takes longer than that.
func patiently(w io.Writer, what string, do func() error) error {
	said := make(chan struct{})
	timer := time.AfterFunc(patience, func() {
		defer close(said)
		fmt.Fprintln(w, what)
	})
	err := do()
	if !timer.Stop() {
		<-said // nobody writes there at the same time
	}
	return err
}
