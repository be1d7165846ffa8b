package threads

import (
	"errors"
	"runtime"
	"testing"
	"time"

	"concbench/models"
)

// Start returns when the new thread has had the interpreter lock once.
func TestStartReturnsWhenTheThreadHasBegun(t *testing.T) {
	m := newModel(t, "")
	mustRun(t, m, func(task models.Task) error {
		before := m.Stats().Switches
		h := task.Start("child", func(models.Task) error { return nil })
		if n := m.Stats().Switches - before; n < 2 { // to the child and back
			t.Errorf("%d switches in Start, want at least 2", n)
		}
		return h.Join(task)
	})
}

func TestJoinOfOneself(t *testing.T) {
	bothLocks(t, func(t *testing.T, m *Model) {
		mustRun(t, m, func(task models.Task) error {
			self := task.NewQueue(1)
			h := task.Start("task", func(task models.Task) error {
				h, err := self.Get(task)
				if err != nil {
					return err
				}
				if err := h.(models.Handle).Join(task); !errors.Is(err, models.ErrDeadlock) {
					t.Errorf("Join of oneself: %v", err)
				}
				return nil
			})
			return errors.Join(self.Put(task, h), h.Join(task))
		})
	})
}

// A body that panics or calls runtime.Goexit, even inside Block, lets the interpreter lock
// go and ends with an error.
func TestBodiesThatDoNotReturn(t *testing.T) {
	for name, body := range map[string]func(models.Task) error{
		"panic":           func(models.Task) error { panic("on purpose") },
		"Goexit":          func(models.Task) error { runtime.Goexit(); return nil },
		"Goexit in Block": func(t models.Task) error { return t.Block(func() error { runtime.Goexit(); return nil }) },
	} {
		t.Run(name, func(t *testing.T) {
			bothLocks(t, func(t *testing.T, m *Model) {
				other := false
				err := m.Run(func(task models.Task) error {
					if err := task.Start("leaves", body).Join(task); err == nil {
						t.Error("Join gave no error")
					}
					return task.Start("other", func(models.Task) error { other = true; return nil }).Join(task)
				})
				if err == nil || !other {
					t.Errorf("Run = %v, the other task ran: %v", err, other)
				}
			})
		})
	}
}

// Cancel only sets a flag: it ends no sleep, neither one in progress nor the next.
func TestCancelIsAFlag(t *testing.T) {
	bothLocks(t, func(t *testing.T, m *Model) {
		mustRun(t, m, func(task models.Task) error {
			gate := task.NewEvent()
			h := task.Start("task", func(task models.Task) error {
				if err := gate.Wait(task); err != nil {
					return err
				}
				if !task.Cancelled() {
					t.Error("Cancelled is false after Cancel")
				}
				return errors.Join(task.Sleep(time.Microsecond), task.Yield())
			})
			h.Cancel()
			gate.Set(task)
			return h.Join(task)
		})
	})
}

// Each way of waiting lets the lock go once, even if the wait is over at once.
func TestBlockingLetsTheLockGo(t *testing.T) {
	m := newModel(t, "")
	mustRun(t, m, func(task models.Task) error {
		for name, f := range map[string]func() error{
			"Sleep": func() error { return task.Sleep(time.Nanosecond) },
			"Yield": task.Yield,
			"Block": func() error { return task.Block(func() error { return nil }) },
		} {
			before := m.Stats().Voluntary
			if err := f(); err != nil {
				return err
			}
			if n := m.Stats().Voluntary - before; n != 1 {
				t.Errorf("%s let the lock go %d times, want 1", name, n)
			}
		}
		lock := task.NewLock()
		before := m.Stats().Voluntary
		if err := errors.Join(lock.Acquire(task), lock.Release(task)); err != nil {
			return err
		}
		if n := m.Stats().Voluntary - before; n != 0 {
			t.Errorf("taking a free lock let the interpreter lock go %d times, want 0", n)
		}
		return nil
	})
}
