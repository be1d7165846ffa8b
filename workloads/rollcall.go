package workloads

import (
	"fmt"
	"sync/atomic"
	"time"

	"concbench/models"
)

// A rollCall counts tasks that have run their first instruction. A model that
// is not allowed another thread says so only to the one who joins that task,
// so whoever waits for all of them must be able to give up.
type rollCall struct {
	want     int64
	ran      atomic.Int64
	patience time.Duration // without a further task
}

func newRollCall(t *Trial, want int) *rollCall {
	patience := time.Duration(t.Scale * float64(5*time.Second))
	return &rollCall{want: int64(want), patience: max(patience, 250*time.Millisecond)}
}

// present is called by each task first, and reports whether it was the last.
func (r *rollCall) present() bool { return r.ran.Add(1) == r.want }

// wait returns when all have run, and with an error when no further one has
// for some seconds. It looks every millisecond rather than being woken,
// because package models has no wait with a time limit.
func (r *rollCall) wait(t models.Task) error {
	seen, since := int64(-1), time.Now()
	for {
		ran := r.ran.Load()
		switch {
		case ran == r.want:
			return nil
		case ran != seen:
			seen, since = ran, time.Now()
		case time.Since(since) > r.patience:
			return fmt.Errorf("%d of %d tasks have run, and no other one in %v: try fewer tasks", ran, r.want, r.patience)
		}
		if err := t.Sleep(time.Millisecond); err != nil {
			return err
		}
	}
}
