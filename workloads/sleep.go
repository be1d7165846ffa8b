package workloads

import (
	"fmt"
	"time"

	"concbench/models"
	"concbench/results"
)

var sleep = Workload{
	Name: "Sleep",
	Doc:  "Two tasks sleep, one for 5 s and one for 3 s: 8 s one after another, 5 s together.",
	Params: []ParamDef{
		{Name: "long", Default: "5s", Doc: "what the first task sleeps, before scaling", Check: durationIn(time.Millisecond, 10*time.Minute)},
		{Name: "short", Default: "3s", Doc: "what the second task sleeps, before scaling", Check: durationIn(time.Millisecond, 10*time.Minute)},
	},
	Metrics: []results.Metric{
		{Name: "makespan-sec", Title: "time until both have woken", Better: results.Lower},
		{Name: "overlap", Title: "share of the shorter sleep spent beside the longer", Better: results.Higher},
		{Name: "max-lateness-sec", Title: "worst lateness of a wake-up", Better: results.Lower},
		{Name: "wakes-out-of-order", Title: "wake-ups that came before one that was due earlier", Better: results.Lower, Exact: true},
	},
	Expect: func(t *Trial) (results.Work, error) {
		both := sleepersOf(t)
		for i := range both {
			s := &both[i]
			s.runs, s.began, s.ended = 1, time.Unix(0, 0), time.Unix(0, 0).Add(s.want)
		}
		return sleepWork(&ledger{}, both), nil
	},
	Run: runSleep,
	Typical: func(name string, p Params, scale float64) time.Duration {
		long, short := p.Duration("long"), p.Duration("short")
		d := max(long, short)
		if name == "serial" {
			d = long + short
		}
		return time.Duration(float64(d) * scale)
	},
}

// A sleeper is one task of Sleep. Its sleep begins inside the task, so that
// two that are in truth run one after another cannot look parallel.
type sleeper struct {
	stay
	want time.Duration
}

func sleepersOf(t *Trial) []sleeper {
	return []sleeper{
		{stay{name: "long"}, t.scaled("long")},
		{stay{name: "short"}, t.scaled("short")},
	}
}

func (s *sleeper) body(t models.Task) error {
	s.begin()
	err := t.Sleep(s.want)
	s.end()
	return err
}

// slept reports whether the sleeper woke, and not before its time.
func (s *sleeper) slept() bool { return !s.ended.IsZero() && s.ended.Sub(s.began) >= s.want }

func (s *sleeper) due() time.Time { return s.began.Add(s.want) }

func runSleep(t *Trial) error {
	both := sleepersOf(t)
	all, err := t.measureTasks(len(both),
		func(i int) string { return both[i].name },
		func(t models.Task, i int) error { return both[i].body(t) })
	var l ledger
	l.inspect(t.Model.Traits(), all, 0, &both[0].stay, &both[1].stay)
	t.Work = sleepWork(&l, both)
	if err != nil {
		return err
	}
	makespan := all.length()
	sum, shorter := both[0].want+both[1].want, min(both[0].want, both[1].want)
	t.set("makespan-sec", makespan.Seconds())
	t.set("overlap", (sum-makespan).Seconds()/shorter.Seconds())
	t.set("max-lateness-sec", max(both[0].ended.Sub(both[0].due()), both[1].ended.Sub(both[1].due())).Seconds())
	t.set("wakes-out-of-order", float64(outOfOrder(both)))
	return nil
}

// outOfOrder is a measurement and no part of the ledger: a wake-up that comes
// after another which was due later is late, which a busy machine can cause.
func outOfOrder(both []sleeper) int {
	n := 0
	for i := range both {
		for j := range both {
			if both[i].due().Before(both[j].due()) && both[j].ended.Before(both[i].ended) {
				n++
			}
		}
	}
	return n
}

// sleepWork counts a task that woke early as begun and not finished.
func sleepWork(l *ledger, both []sleeper) results.Work {
	var slept []string
	for i := range both {
		s := &both[i]
		l.created.Add(int64(s.runs))
		if s.slept() {
			l.finished.Add(1)
			slept = append(slept, fmt.Sprintf("%s %v", s.name, s.want))
		}
	}
	return l.work(checksum(slept...))
}
