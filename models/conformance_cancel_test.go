package models_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"concbench/models"
)

// The loop that the package text calls right under every model.
func TestCancelEndsAPolitelyWrittenLoop(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		turns := 0
		mustRun(t, m, func(t models.Task) error {
			h := t.Start("loop", func(t models.Task) error {
				for !t.Cancelled() {
					turns++
					if err := t.Sleep(time.Millisecond); err != nil {
						return err
					}
				}
				return models.ErrCancelled
			})
			settle(t)
			h.Cancel()
			if err := h.Join(t); !errors.Is(err, models.ErrCancelled) {
				return errors.New("Join of a cancelled task did not say so")
			}
			return nil
		})
		if turns == 0 {
			t.Error("the loop never turned")
		}
	})
}

// waits are the waits that Cancel must end, each set up so that nothing else
// would end it.
var waits = map[string]func(t models.Task) error{
	"Sleep":     func(t models.Task) error { return t.Sleep(time.Hour) },
	"Lock":      func(t models.Task) error { l := t.NewLock(); l.Acquire(t); return l.Acquire(t) },
	"Semaphore": func(t models.Task) error { return t.NewSemaphore(0).Acquire(t) },
	"Event":     func(t models.Task) error { return t.NewEvent().Wait(t) },
	"Barrier":   func(t models.Task) error { _, err := t.NewBarrier(2).Wait(t); return err },
	"Queue.Get": func(t models.Task) error { _, err := t.NewQueue(1).Get(t); return err },
	"Queue.Put": func(t models.Task) error { q := t.NewQueue(1); q.Put(t, 1); return q.Put(t, 2) },
	"Condition": func(t models.Task) error {
		l := t.NewLock()
		c := t.NewCondition(l)
		l.Acquire(t)
		err := c.Wait(t)
		return errors.Join(err, l.Release(t)) // it must hold the lock again
	},
}

func TestCancelWakesAWait(t *testing.T) {
	each(t, cancelWakes, func(t *testing.T, m models.Model) {
		for name, wait := range waits {
			t.Run(name, func(t *testing.T) {
				mustRun(t, m, func(task models.Task) error {
					var seen bool
					h := task.Start("waiter", func(t models.Task) error {
						err := wait(t)
						seen = t.Cancelled()
						return err
					})
					settle(task)
					h.Cancel()
					h.Cancel() // a second request changes nothing
					if err := h.Join(task); !errors.Is(err, models.ErrCancelled) || errors.Is(err, models.ErrNotOwner) {
						t.Errorf("the wait returned %v, want %v", err, models.ErrCancelled)
					}
					if !seen {
						t.Error("Cancelled was false after Cancel")
					}
					return nil
				})
			})
		}
	})
}

func TestCancelBeforeTheWait(t *testing.T) {
	each(t, cancelWakes, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(task models.Task) error {
			gate := make(chan struct{})
			h := task.Start("waiter", func(t models.Task) error {
				<-gate
				return t.Sleep(time.Hour)
			})
			h.Cancel()
			close(gate)
			if err := h.Join(task); !errors.Is(err, models.ErrCancelled) {
				t.Errorf("Join = %v, want %v", err, models.ErrCancelled)
			}
			return nil
		})
	})
}

// A joiner that is cancelled leaves the joined task alone.
func TestCancelOfAJoiner(t *testing.T) {
	each(t, cancelWakes, func(t *testing.T, m models.Model) {
		finished := false
		mustRun(t, m, func(task models.Task) error {
			gate := task.NewEvent()
			inner := task.Start("inner", func(t models.Task) error {
				err := gate.Wait(t)
				finished = err == nil
				return err
			})
			outer := task.Start("outer", func(t models.Task) error { return inner.Join(t) })
			settle(task)
			outer.Cancel()
			if err := outer.Join(task); !errors.Is(err, models.ErrCancelled) {
				t.Errorf("Join in a cancelled task = %v, want %v", err, models.ErrCancelled)
			}
			gate.Set(task)
			return inner.Join(task)
		})
		if !finished {
			t.Error("the joined task did not run to its end")
		}
	})
}

func TestThreadsAreCancelledByFlagOnly(t *testing.T) {
	flagOnly := func(tr models.Traits) bool { return tr.Concurrent && !tr.CancelWakes }
	each(t, flagOnly, func(t *testing.T, m models.Model) {
		cancelled := make(chan struct{})
		mustRun(t, m, func(task models.Task) error {
			h := task.Start("sleeper", func(task models.Task) error {
				err := task.Sleep(50 * time.Millisecond)
				task.Block(func() error { <-cancelled; return nil }) // on a busy machine that is later
				if !task.Cancelled() {
					t.Error("Cancelled was false after Cancel")
				}
				return err
			})
			settle(task)
			h.Cancel()
			close(cancelled)
			if err := h.Join(task); err != nil {
				t.Errorf("the sleep of a cancelled thread returned %v, want nil", err)
			}
			return nil
		})
	})
}

// Run does not return while a blocking call whose waiter was cancelled runs on.
func TestRunWaitsForAbandonedBlock(t *testing.T) {
	each(t, cancelWakes, func(t *testing.T, m models.Model) {
		var returned atomic.Bool
		mustRun(t, m, func(t models.Task) error {
			h := t.Start("blocker", func(t models.Task) error {
				return t.Block(func() error {
					time.Sleep(60 * time.Millisecond)
					returned.Store(true)
					return nil
				})
			})
			settle(t)
			h.Cancel()
			return nil
		})
		if !returned.Load() {
			t.Error("Run returned before the blocking call did")
		}
	})
}
