package threads

import (
	"errors"

	"concbench/models"
)

// A run is one call of Model.Run and what its tasks share.
type run struct {
	gil   gil
	ended chan struct{} // closed when no task is left
	probe func() ceiling

	mu       mutex
	live     int // threads started and not ended
	ceiling  ceiling
	probeAt  int   // live threads at which the limits are read next
	firstErr error // of the task that failed first in time
}

// unprobed is how many threads a run may have before the limits are read, which
// takes about half a millisecond. The Go runtime has as many for itself without
// asking.
const unprobed = 16

// probeEvery is how many more threads there may be until the limits are read
// again: other programs, and the Go runtime itself, start threads meanwhile.
const probeEvery = 1000

func newRun(o options, timeline *Timeline, probe func() ceiling) *run {
	r := &run{
		ended:   make(chan struct{}),
		probe:   probe,
		probeAt: unprobed,
	}
	r.gil.init(o, timeline)
	return r
}

func (r *run) newTask(name string) *Task {
	return &Task{run: r, gil: &r.gil, name: name}
}

// admit counts one more live thread for t, or says why there cannot be one.
func (r *run) admit(t *Task) error {
	r.mu.lock()
	defer r.mu.unlock()
	if r.live >= unprobed {
		if err := r.checkCeiling(t); err != nil {
			return err
		}
	}
	r.live++
	procsGrow(r.live)
	return nil
}

func (r *run) checkCeiling(t *Task) error {
	if r.live >= r.probeAt {
		r.ceiling = r.probe()
		r.ceiling.threads += r.live // those that live already are not new ones
		r.probeAt = r.live + probeEvery
		raiseGoLimit(r.ceiling)
	}
	return r.ceiling.check(r.live+1, t.name)
}

// fail keeps err if it is the first failure of the run.
func (r *run) fail(err error) {
	if err == nil || errors.Is(err, models.ErrCancelled) {
		return
	}
	r.mu.lock()
	defer r.mu.unlock()
	if r.firstErr == nil {
		r.firstErr = err
	}
}

// leave counts one live thread less.
func (r *run) leave() {
	r.mu.lock()
	defer r.mu.unlock()
	r.live--
	if r.live == 0 {
		close(r.ended)
	}
}
