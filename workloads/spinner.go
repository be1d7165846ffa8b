package workloads

import (
	"fmt"
	"math/rand/v2"
	"time"

	"concbench/models"
	"concbench/results"
)

var spinner = Workload{
	Name: "Spinner",
	Doc:  "A bar turns beside a slow function that returns 42, and is stopped when the answer is there.",
	Params: []ParamDef{
		{Name: "slow", Default: "3s", Doc: "how long the slow function takes alone, before scaling", Check: durationIn(time.Millisecond, 10*time.Minute)},
		{Name: "frame", Default: "100ms", Doc: "time between two frames, never scaled", Check: durationIn(100*time.Microsecond, time.Minute)},
		{Name: "kind", Default: "sleep", Doc: "what the slow function does. sleep: waits in the model; cpu: computes; cpu-yield: computes and yields; blocking: blocks its thread without telling the model; executor: the same inside Task.Block", Check: oneOf("sleep", "cpu", "cpu-yield", "blocking", "executor")},
		{Name: "every", Default: "256", Doc: "items of a few microseconds between two yields of cpu-yield", Check: intIn(1, 1_000_000)},
	},
	Metrics: []results.Metric{
		{Name: "p50-lateness-sec", Title: "median lateness of a frame", Better: results.Lower},
		{Name: "p99-lateness-sec", Title: "99th percentile of a frame's lateness", Better: results.Lower},
		{Name: "max-lateness-sec", Title: "worst lateness of a frame", Better: results.Lower},
		{Name: "longest-gap-sec", Title: "longest time without a new frame", Better: results.Lower},
		{Name: "dropped-frames", Title: "share of frames that were never drawn", Better: results.Lower},
		{Name: "stop-latency-sec", Title: "time from asking the bar to stop until it had", Better: results.Lower},
		{Name: "items", Title: "items that the slow function computed", Better: results.Neither},
		{Name: "slow-sec", Title: "time of the slow function", Better: results.Lower},
		{Name: "slowdown", Title: "slow function beside the bar over the same alone", Better: results.Lower},
	},
	Paced:  true,
	Expect: expectSpinner,
	Run:    runSpinner,
	Typical: func(_ string, p Params, scale float64) time.Duration {
		return time.Duration(float64(p.Duration("slow"))*scale) + p.Duration("frame")
	},
}

// theAnswer is what the slow function returns if it did all of its work.
const theAnswer = 42

// expectSpinner has all items done, one task to do them, and the answer.
func expectSpinner(t *Trial) (results.Work, error) {
	s, err := newSlow(t)
	if err != nil {
		return results.Work{}, fmt.Errorf("workload Spinner: %w", err)
	}
	return results.Work{
		Created:  1,
		Finished: 1,
		Messages: int64(s.items),
		Checksum: spinnerSum(theAnswer, s, expectedSum(t.Seed, s.items, s.every)),
	}, nil
}

func spinnerSum(answer int, s *slow, items string) string {
	return checksum(fmt.Sprint("answer ", answer), fmt.Sprint(s.kind, " ", s.wait), items)
}

func runSpinner(t *Trial) error {
	slow, err := newSlow(t)
	if err != nil {
		return err
	}
	slow.rehearse()
	var r spinnerRun
	err = t.Measure(func(main models.Task) error {
		if t.Model.Traits().Concurrent {
			return r.beside(main, t, slow)
		}
		return slow.run(main)
	})
	t.Work = r.done(t, slow)
	if err != nil {
		return err
	}
	slowTime := slow.ended.Sub(slow.began)
	t.set("items", float64(slow.items))
	t.set("slow-sec", slowTime.Seconds())
	t.set("slowdown", slowTime.Seconds()/slow.alone.Seconds())
	if r.bar == nil {
		return nil
	}
	t.set("stop-latency-sec", r.stopped.Sub(r.asked).Seconds())
	return r.bar.report(t, r.asked)
}

// A spinnerRun is what happened in the measured part.
type spinnerRun struct {
	bar     *bar      // nil where tasks run one after another: it would never end
	asked   time.Time // when the bar was asked to stop
	stopped time.Time
}

// beside turns the bar in a task of its own while this one calls the slow
// function, and then asks it to stop. The call comes a part of a frame after the
// bar began, another part in each round and the same under all models: the slow
// function takes a whole number of frames, so the bar would otherwise always be
// asked to stop at the same point of a frame.
func (r *spinnerRun) beside(main models.Task, t *Trial, slow *slow) error {
	frame := t.Params.Duration("frame")
	r.bar = newBar(t.output(), frame, &slow.computer.busy)
	handle := main.Start("spinner", r.bar.turn)
	part := time.Duration(rand.New(rand.NewPCG(t.Seed, 0)).Int64N(int64(frame)))
	err := main.Sleep(part)
	if err == nil {
		err = slow.run(main)
	}
	r.asked = time.Now()
	handle.Cancel()
	stopped := handle.Join(main)
	r.stopped = time.Now()
	if err == nil && models.Failed(stopped) {
		err = stopped
	}
	return err
}

func (r *spinnerRun) done(t *Trial, slow *slow) results.Work {
	var l ledger
	traits := t.Model.Traits()
	slow.done(&l, t.Probe.CPU())
	if r.bar != nil {
		r.bar.done(&l, traits, r.asked, r.stopped, &slow.stay)
	}
	return l.work(spinnerSum(slow.answer, slow, slow.computer.sum()))
}
