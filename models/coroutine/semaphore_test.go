package coroutine

import (
	"testing"

	"concbench/models"
)

func TestSemaphoreLimits(t *testing.T) {
	run(t, func(task *Task) error {
		s := NewSemaphore(3)
		inside, most := 0, 0
		var all []*TaskOf[None]
		for range 10 {
			all = append(all, task.Start("task", func(task *Task) error {
				if err := s.Acquire(task); err != nil {
					return err
				}
				inside++
				most = max(most, inside)
				rounds(task, 2)
				inside--
				s.Release()
				return nil
			}))
		}
		for _, other := range all {
			if err := other.Join(task); err != nil {
				return err
			}
		}
		if most != 3 || s.Locked() || s.permits != 3 {
			t.Errorf("at most %d were inside, want 3; %d permits are left, want 3", most, s.permits)
		}
		return nil
	})
}

// The permit belongs to the waiter from the release on.
func TestSemaphoreNobodyOvertakes(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		s := NewSemaphore(0)
		waiter := task.Start("waiter", func(task *Task) error {
			err := s.Acquire(task)
			tr.add("waiter")
			s.Release()
			return err
		})
		task.Yield()
		s.Release()
		if !s.Locked() {
			t.Error("a permit that belongs to a waiter can be acquired")
		}
		if err := s.Acquire(task); err != nil {
			return err
		}
		tr.add("main")
		return waiter.Join(task)
	})
	tr.expect(t, "waiter", "main")
}

// A waiter cancelled after it was given a permit gives it back to the next.
func TestSemaphoreOfACancelledWaiter(t *testing.T) {
	for _, releaseFirst := range []bool{true, false} {
		run(t, func(task *Task) error {
			s := NewSemaphore(0)
			first := task.Start("first", s.Acquire)
			second := task.Start("second", s.Acquire)
			task.Yield()
			if releaseFirst {
				s.Release()
			}
			first.Cancel()
			if !releaseFirst {
				s.Release()
			}
			if err := first.Join(task); err != models.ErrCancelled {
				t.Errorf("first ended with %v", err)
			}
			if err := second.Join(task); err != nil || s.permits != 0 {
				t.Errorf("second ended with %v, %d permits are left", err, s.permits)
			}
			return nil
		})
	}
}

// Somebody lines up behind a woken waiter although a permit is free: the woken
// one wakes it.
func TestSemaphoreWakesOneMore(t *testing.T) {
	run(t, func(task *Task) error {
		s := NewSemaphore(0)
		first := task.Start("first", s.Acquire)
		task.Yield()
		s.Release()
		s.Release()
		if err := s.Acquire(task); err != nil {
			return err
		}
		return first.Join(task)
	})
}

func TestConstructorsRefuseNonsense(t *testing.T) {
	for name, make := range map[string]func(){
		"NewSemaphore(-1)": func() { NewSemaphore(-1) },
		"NewQueue(0)":      func() { NewQueue(0) },
		"NewBarrier(0)":    func() { NewBarrier(0) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was accepted", name)
				}
			}()
			make()
		}()
	}
}
