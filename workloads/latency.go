package workloads

import (
	"errors"
	"fmt"
	"time"

	"concbench/models"
	"concbench/results"
)

var latency = Workload{
	Name: "Latency",
	Doc:  "Tasks wake up on a fixed schedule, on an idle machine or beside a task that computes.",
	Params: []ParamDef{
		{Name: "period", Default: "1ms", Doc: "time between two wake-ups of a sleeper, never scaled", Check: durationIn(10*time.Microsecond, time.Minute)},
		{Name: "sleepers", Default: "1", Doc: "tasks that wake up", Check: intIn(1, 10_000)},
		{Name: "load", Default: "idle", Doc: "idle: nothing else runs; hog: a task computes all the time", Check: oneOf("idle", "hog")},
		{Name: "burst", Default: "20ms", Doc: "how long the hog computes before it yields once, never scaled", Check: durationIn(10*time.Microsecond, time.Minute)},
		{Name: "duration", Default: "1s", Doc: "length of the schedule, before scaling", Check: durationIn(time.Millisecond, 10*time.Minute)},
	},
	Metrics: []results.Metric{
		{Name: "p50-lateness-sec", Title: "median lateness of a wake-up", Better: results.Lower},
		{Name: "p99-lateness-sec", Title: "99th percentile of lateness", Better: results.Lower},
		{Name: "max-lateness-sec", Title: "worst lateness", Better: results.Lower},
		{Name: "bursts", Title: "bursts of the hog", Better: results.Neither},
		{Name: "hog-share", Title: "share of one processor that the hog computed on", Better: results.Neither},
	},
	Supports: needsTasks,
	Paced:    true,
	Expect: func(t *Trial) (results.Work, error) {
		s, err := scheduleOf(t)
		if err != nil {
			return results.Work{}, err
		}
		l := &ledger{}
		l.created.Add(int64(s.sleepers))
		l.finished.Add(int64(s.sleepers))
		return s.ledger(l, s.sleepers*s.ticks, 0), nil
	},
	Run: runLatency,
	Typical: func(_ string, p Params, scale float64) time.Duration {
		return time.Duration(float64(p.Duration("duration"))*scale) + p.Duration("burst")
	},
}

// A schedule is the instants at which sleepers are to wake: ticks of them, a
// period apart, the same for all. It is absolute, so that one late wake-up
// does not move the ones after it, and lateness is counted from the intended
// instant.
type schedule struct {
	period   time.Duration
	sleepers int
	ticks    int
}

// maxWakes bounds what a trial keeps: eight bytes each.
const maxWakes = 10_000_000

func scheduleOf(t *Trial) (*schedule, error) {
	s := &schedule{period: t.Params.Duration("period"), sleepers: t.Params.Int("sleepers")}
	s.ticks = max(1, int(t.scaled("duration")/s.period))
	if s.ticks > maxWakes/s.sleepers {
		return nil, fmt.Errorf("workload Latency: %d sleepers with %d wake-ups each are more than %d: try a longer period or a shorter duration", s.sleepers, s.ticks, maxWakes)
	}
	return s, nil
}

func runLatency(t *Trial) error {
	r, err := newLatencyRun(t)
	if err != nil {
		return err
	}
	err = t.Measure(func(main models.Task) error {
		hogs, err := r.startHog(main)
		if err != nil {
			return err
		}
		r.whole.from = time.Now()
		var sleepers []models.Handle
		for i := range r.wakers {
			sleepers = append(sleepers, main.Start(r.wakers[i].name, func(t models.Task) error { return r.follow(t, &r.wakers[i]) }))
		}
		err = models.JoinAll(main, sleepers...)
		r.whole.to = time.Now()
		r.hog.stop.Store(true)
		return errors.Join(err, models.JoinAll(main, hogs...))
	})
	all := r.lateness()
	t.Work = r.done(t.Model.Traits(), all)
	if err != nil {
		return err
	}
	r.hog.report(t)
	return all.report(t, "lateness")
}

// A latencyRun is the sleepers of a trial and what computes beside them.
type latencyRun struct {
	*schedule
	wakers []waker
	hog    *hog
	whole  stretch // of the schedule
}

// A waker is one sleeper.
type waker struct {
	stay
	lates []time.Duration // of its wake-ups
	aside int             // wake-ups in the middle of an item of the hog
}

func newLatencyRun(t *Trial) (*latencyRun, error) {
	s, err := scheduleOf(t)
	if err != nil {
		return nil, err
	}
	r := &latencyRun{schedule: s, wakers: make([]waker, s.sleepers), hog: newHog(t)}
	for i := range r.wakers {
		r.wakers[i].name = fmt.Sprint("sleeper ", i)
		r.wakers[i].lates = make([]time.Duration, 0, s.ticks)
	}
	if r.hog.wanted {
		_, err = t.itemsIn(r.hog.burst)
	}
	return r, err
}

func (r *latencyRun) lateness() *lateness {
	all := newLateness()
	for i := range r.wakers {
		for _, late := range r.wakers[i].lates {
			all.record(late)
		}
	}
	return all
}

// done also looks at the hog: lateness beside a load that was not there would be
// that of an idle machine.
func (r *latencyRun) done(traits models.Traits, all *lateness) results.Work {
	var l ledger
	var stays []*stay
	aside := 0
	for i := range r.wakers {
		w := &r.wakers[i]
		stays = append(stays, &w.stay)
		aside += w.aside
		l.created.Add(int64(w.runs))
		if !w.ended.IsZero() {
			l.finished.Add(1)
		}
	}
	l.inspect(traits, r.whole, 0, stays...)
	r.hog.inspect(&l, r.whole)
	if aside > 0 && exclusive(traits) {
		l.fault("%d wake-ups came in the middle of an item of the hog, when nobody else can run", aside)
	}
	return r.ledger(&l, int(all.hist.TotalCount()), all.early)
}

func (s *schedule) ledger(l *ledger, wakes int, early int64) results.Work {
	l.messages.Add(int64(wakes))
	return l.work(checksum(fmt.Sprintf("%d wake-ups, %v apart, %d of them early", wakes, s.period, early)))
}

// follow wakes at each tick. A sleeper so late that further ticks are due
// takes them at once, each with its own lateness, as a server does that finds
// several requests waiting.
func (r *latencyRun) follow(t models.Task, w *waker) error {
	w.begin()
	defer w.end()
	for k := range r.ticks {
		due := r.whole.from.Add(time.Duration(k+1) * r.period)
		if wait := time.Until(due); wait > 0 {
			if err := t.Sleep(wait); err != nil {
				return err
			}
		}
		w.lates = append(w.lates, time.Since(due))
		if r.hog.busy.Load() {
			w.aside++
		}
	}
	return nil
}
