package workloads

import (
	"errors"
	"sync/atomic"
	"time"

	"concbench/models"
)

// A hog computes for the whole time. It offers checkpoints all along, and
// yields once a burst: a loop that is never yielded to could not end the trial.
type hog struct {
	*computer
	stay
	wanted bool // there is none on an idle machine
	there  *rollCall
	burst  time.Duration
	bursts int
	stop   atomic.Bool
}

func newHog(t *Trial) *hog {
	return &hog{
		computer: newComputer(t.Seed),
		wanted:   t.Params.String("load") == "hog",
		there:    newRollCall(t, 1),
		burst:    t.Params.Duration("burst"),
	}
}

// startHog returns when the hog has begun to compute, so that the load is there
// when the schedule begins.
func (r *latencyRun) startHog(main models.Task) ([]models.Handle, error) {
	if !r.hog.wanted {
		return nil, nil
	}
	h := main.Start("hog", r.hog.run)
	missing := r.hog.there.wait(main)
	if missing != nil {
		r.hog.stop.Store(true)
		// The error of a hog that could not be started is the reason.
		missing = errors.Join(h.Join(main), missing)
	}
	return []models.Handle{h}, missing
}

func (h *hog) run(t models.Task) error {
	h.begin()
	defer h.end()
	h.item()
	h.there.present()
	for !h.stop.Load() {
		h.computer.burst(t, h.burst)
		h.bursts++
		if err := t.Yield(); err != nil {
			return err
		}
	}
	return nil
}

// inspect sees that the hog computed what it says, from before the schedule began
// until after it ended. How much that is the models differ in: it is measured.
func (h *hog) inspect(l *ledger, schedule stretch) {
	switch {
	case !h.wanted:
	case h.runs != 1:
		l.fault("the hog ran %d times", h.runs)
	case !h.honest():
		l.fault("the hog did not do the %d items that it counted", h.done)
	case h.began.After(schedule.from) || h.ended.Before(schedule.to):
		l.fault("the hog was not there for the whole schedule")
	}
}

func (h *hog) report(t *Trial) {
	if h.wanted {
		t.set("bursts", float64(h.bursts))
		t.set("hog-share", float64(h.done)*t.Pace.Seconds()/h.ended.Sub(h.began).Seconds())
	}
}
