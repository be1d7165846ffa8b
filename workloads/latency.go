package workloads

import (
	"errors"
	"fmt"
	"sync/atomic"
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
	},
	Supports: needsTasks,
	Expect: func(t *Trial) (results.Work, error) {
		s, err := scheduleOf(t)
		if err != nil {
			return results.Work{}, err
		}
		return scheduleLedger(s.sleepers, s.sleepers, s.sleepers*s.ticks, 0), nil
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
	begin    time.Time
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
	s, err := scheduleOf(t)
	if err != nil {
		return err
	}
	wakes := make([][]time.Duration, s.sleepers)
	for i := range wakes {
		wakes[i] = make([]time.Duration, 0, s.ticks)
	}
	h := &hog{computer: newComputer(t.Seed), burst: t.Params.Duration("burst")}
	var ended atomic.Int64
	err = t.Measure(func(main models.Task) error {
		s.begin = time.Now()
		var sleepers, hogs []models.Handle
		for i := range wakes {
			sleepers = append(sleepers, main.Start("sleeper", func(t models.Task) error {
				defer ended.Add(1)
				return s.follow(t, &wakes[i])
			}))
		}
		if t.Params.String("load") == "hog" {
			hogs = append(hogs, main.Start("hog", h.run))
		}
		err := models.JoinAll(main, sleepers...)
		h.stop.Store(true)
		return errors.Join(err, models.JoinAll(main, hogs...))
	})
	all, ran := newLateness(), 0
	for _, of := range wakes {
		if len(of) > 0 {
			ran++
		}
		for _, late := range of {
			all.record(late)
		}
	}
	t.Work = scheduleLedger(ran, int(ended.Load()), int(all.hist.TotalCount()), all.early)
	if err != nil {
		return err
	}
	t.set("bursts", float64(h.bursts))
	return all.report(t, "lateness")
}

// follow wakes at each tick. A sleeper so late that further ticks are due
// takes them at once, each with its own lateness, as a server does that finds
// several requests waiting.
func (s *schedule) follow(t models.Task, lates *[]time.Duration) error {
	for k := range s.ticks {
		due := s.begin.Add(time.Duration(k+1) * s.period)
		if wait := time.Until(due); wait > 0 {
			if err := t.Sleep(wait); err != nil {
				return err
			}
		}
		*lates = append(*lates, time.Since(due))
	}
	return nil
}

// A hog computes for the whole time. It offers checkpoints all along, and
// yields once a burst: a loop that is never yielded to could not end the trial.
type hog struct {
	computer
	burst  time.Duration
	bursts int
	stop   atomic.Bool
}

func (h *hog) run(t models.Task) error {
	for !h.stop.Load() {
		h.computer.burst(t, h.burst)
		h.bursts++
		if err := t.Yield(); err != nil {
			return err
		}
	}
	return nil
}

func scheduleLedger(ran, ended, wakes int, early int64) results.Work {
	return results.Work{
		Created:  int64(ran),
		Finished: int64(ended),
		Messages: int64(wakes),
		Checksum: checksum(fmt.Sprintf("%d wake-ups, %d of them early", wakes, early)),
	}
}
