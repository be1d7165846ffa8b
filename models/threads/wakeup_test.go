package threads

import (
	"testing"
	"time"

	"concbench/models"
)

// held makes a lock and a task that waits for it.
func held(task models.Task, got *bool) (models.Lock, models.Handle) {
	lock := task.NewLock()
	lock.Acquire(task)
	h := task.Start("waiter", func(task models.Task) error {
		err := lock.Acquire(task)
		*got = true
		return err
	})
	untilIn(task, func() bool { return h.(handle).task.state.Load() == parkerAsleep })
	return lock, h
}

// A wake-up that was put off is made up for by each way to go on: the next
// checkpoint, a wait, the end of the task. A yield counts on it.
func TestPutOffWakeUp(t *testing.T) {
	for name, next := range map[string]func(models.Task) error{
		"Checkpoint": func(t models.Task) error { t.Checkpoint(); return nil },
		"Sleep":      func(t models.Task) error { return t.Sleep(time.Microsecond) },
		"Yield":      models.Task.Yield,
		"end":        func(models.Task) error { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			mustRun(t, newModel(t, ""), func(task models.Task) error {
				got := false // the interpreter lock guards it
				lock, _ := held(task, &got)
				if err := lock.Release(task); err != nil {
					return err
				}
				g := task.(*Task).gil
				if g.late.word == nil || g.breaker.Load() != breakWake {
					t.Error("the wake-up was not put off though nobody else wants the lock")
				}
				if err := next(task); err != nil {
					return err
				}
				if name != "end" && (g.late.word != nil || g.breaker.Load()&breakWake != 0) {
					t.Error("the wake-up is still put off")
				}
				if name == "Yield" && !got {
					t.Error("the task whose wake-up was put off did not run in the yield")
				}
				return nil
			})
		})
	}
}

// While another thread wants the interpreter lock, and under other kinds of it,
// nothing is put off.
func TestWakeUpIsNotPutOff(t *testing.T) {
	bothLocks(t, func(t *testing.T, m *Model) {
		mustRun(t, m, func(task models.Task) error {
			got := false
			lock, h := held(task, &got)
			g := task.(*Task).gil
			g.ready.Add(1)
			err := lock.Release(task)
			if g.late.word != nil {
				t.Error("the wake-up was put off")
			}
			g.ready.Add(-1)
			if err != nil {
				return err
			}
			return h.Join(task)
		})
	})
}

// A thread whose wake-up waited while its waker computed does not wait a whole
// interval more: here that would be an hour.
func TestPutOffWakeUpDoesNotPutOffTheRequest(t *testing.T) {
	m := newModel(t, "")
	m.options.interval = time.Hour
	mustRun(t, m, func(task models.Task) error {
		got := false // the interpreter lock guards it
		lock, _ := held(task, &got)
		if err := lock.Release(task); err != nil {
			return err
		}
		g := task.(*Task).gil
		g.late.since = g.late.since.Add(-time.Hour) // as if it had computed for so long
		for !got {
			task.Checkpoint()
		}
		return nil
	})
	if s := m.Stats(); s.Requests != 1 {
		t.Errorf("%+v: want one request", s)
	}
}
