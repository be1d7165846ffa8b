package workloads

import (
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"

	"concbench/models"
)

// A bar is the turning bar and when each of its frames was drawn.
type bar struct {
	stay
	out    io.Writer
	frame  time.Duration
	origin time.Time // when the first frame is due
	drawn  []time.Time

	hidden *atomic.Bool // set while nobody else can run: then no frame can be drawn
	early  int          // sleeps that were too short
	aside  int          // frames drawn while hidden was set
}

const (
	barFrames = `|/-\`
	barText   = " thinking!"
)

func newBar(out io.Writer, frame time.Duration, hidden *atomic.Bool) *bar {
	return &bar{stay: stay{name: "the bar"}, out: out, frame: frame, origin: time.Now(), hidden: hidden}
}

// turn draws a frame at each multiple of the frame time until the task is
// cancelled, then wipes the line. A frame that is missed is not made up for.
func (b *bar) turn(t models.Task) (err error) {
	b.begin()
	defer b.end()
	defer func() {
		if wiped := b.wipe(); err == nil {
			err = wiped
		}
	}()
	for !t.Cancelled() {
		if err := b.draw(); err != nil {
			return err
		}
		now := time.Now()
		rest := b.frame - now.Sub(b.origin)%b.frame
		if err := t.Sleep(rest); err != nil {
			return err
		}
		if time.Since(now) < rest {
			b.early++
		}
	}
	return nil
}

func (b *bar) draw() error {
	if b.hidden.Load() {
		b.aside++
	}
	_, err := fmt.Fprintf(b.out, "\r%c%s", barFrames[len(b.drawn)%len(barFrames)], barText)
	b.drawn = append(b.drawn, time.Now())
	if err != nil {
		return fmt.Errorf("drawing a frame: %w", err)
	}
	return nil
}

// wipe leaves the line as it was before the first frame.
func (b *bar) wipe() error {
	if len(b.drawn) == 0 {
		return nil
	}
	if _, err := fmt.Fprintf(b.out, "\r%s\r", strings.Repeat(" ", 1+len(barText))); err != nil {
		return fmt.Errorf("wiping the line: %w", err)
	}
	return nil
}

// done writes into the ledger what is wrong with the bar, which must turn from its
// origin on and end between asked and stopped.
func (b *bar) done(l *ledger, traits models.Traits, asked, stopped time.Time, beside *stay) {
	l.inspect(traits, stretch{b.origin, stopped}, 0, &b.stay, beside)
	if !b.ended.IsZero() && b.ended.Before(asked) {
		l.fault("the bar ended %v before it was asked to", asked.Sub(b.ended))
	}
	if b.early > 0 {
		l.fault("%d sleeps of the bar were too short", b.early)
	}
	if b.aside > 0 && exclusive(traits) {
		l.fault("%d frames were drawn in the middle of an item, when nobody else can run", b.aside)
	}
}

// A barReport is how well the bar turned.
type barReport struct {
	lateness *lateness     // of every frame that was due
	gap      time.Duration // the longest without a new frame
	dropped  float64       // share of the frames due that were never drawn
}

// judge looks at the time from the origin until the bar was asked to stop. A
// frame is due at each multiple of the frame time, as long as the frame time
// was not cut off by the end. It is as late as the first drawing at or after
// that instant, or the end if there was none; one drawing can stand for several
// frames that had become due, and all but one of those were dropped.
func (b *bar) judge(asked time.Time) barReport {
	r := barReport{lateness: newLateness()}
	due, shown, next := 0, 0, 0
	served := -1 // the drawing that stood for the frame before
	for at := b.origin; due == 0 || !at.Add(b.frame).After(asked); at = at.Add(b.frame) {
		for next < len(b.drawn) && b.drawn[next].Before(at) {
			next++
		}
		due++
		if next == len(b.drawn) || b.drawn[next].After(asked) {
			r.lateness.record(asked.Sub(at))
			continue
		}
		r.lateness.record(b.drawn[next].Sub(at))
		if next != served {
			shown++
			served = next
		}
	}
	r.dropped = 1 - float64(shown)/float64(due)
	last := b.origin
	for _, d := range append(b.drawn[:len(b.drawn):len(b.drawn)], asked) {
		if d.After(asked) {
			d = asked
		}
		r.gap, last = max(r.gap, d.Sub(last)), d
	}
	return r
}

func (b *bar) report(t *Trial, asked time.Time) error {
	r := b.judge(asked)
	t.set("longest-gap-sec", r.gap.Seconds())
	t.set("dropped-frames", r.dropped)
	return r.lateness.report(t, "lateness")
}
