package threads

import (
	"errors"
	"sync"

	"concbench/models"
)

// A run is one call of Model.Run and what its tasks share.
type run struct {
	gil     gil
	ceiling ceiling
	ended   chan struct{} // closed when no task is left

	mu       sync.Mutex
	live     int   // threads started and not ended
	firstErr error // of the task that failed first in time
}

func newRun(o options) *run {
	return &run{
		gil:     gil{off: o.gilOff, interval: o.interval},
		ceiling: probeCeiling(thisSystem()),
		ended:   make(chan struct{}),
	}
}

func (r *run) newTask(name string) *Task {
	return &Task{run: r, gil: &r.gil, name: name}
}

// admit counts one more live thread for t, or says why there cannot be one.
func (r *run) admit(t *Task) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.ceiling.check(r.live+1, t.name); err != nil {
		return err
	}
	r.live++
	procsGrow(r.live)
	return nil
}

// fail keeps err if it is the first failure of the run.
func (r *run) fail(err error) {
	if err == nil || errors.Is(err, models.ErrCancelled) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.firstErr == nil {
		r.firstErr = err
	}
}

// leave counts one live thread less.
func (r *run) leave() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.live--
	if r.live == 0 {
		close(r.ended)
	}
}
