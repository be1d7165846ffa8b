package coroutine

import (
	"errors"
	"testing"

	"concbench/models"
)

func TestSemaphoreLimits(t *testing.T) {
	run(t, func(task *Task) error {
		s := must(NewSemaphore(3))
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
		s := must(NewSemaphore(0))
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
			s := must(NewSemaphore(0))
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
		s := must(NewSemaphore(0))
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

func TestBoundedSemaphore(t *testing.T) {
	run(t, func(task *Task) error {
		s := must(NewBoundedSemaphore(1))
		if err := s.Release(); !errors.Is(err, ErrOverReleased) {
			t.Errorf("Release = %v, want %v", err, ErrOverReleased)
		}
		s.Acquire(task)
		waiter := task.Start("waiter", s.Acquire)
		task.Yield()
		if err := errors.Join(s.Release(), waiter.Join(task), s.Release()); err != nil {
			return err
		}
		if err := s.Release(); !errors.Is(err, ErrOverReleased) || s.permits != 1 {
			t.Errorf("Release = %v with %d permits, want %v with 1", err, s.permits, ErrOverReleased)
		}
		return nil
	})
}

func TestArgumentsThatMakeNoSense(t *testing.T) {
	_, semaphore := NewSemaphore(-1)
	_, bounded := NewBoundedSemaphore(-1)
	_, barrier := NewBarrier(0)
	_, queue := NewPriorityQueueFunc[int](0, nil)
	for _, c := range []struct{ got, want error }{
		{semaphore, ErrInitialValue}, {bounded, ErrInitialValue}, {barrier, ErrNoParties}, {queue, ErrNoComparison},
	} {
		var usage *UsageError
		if !errors.Is(c.got, c.want) || !errors.As(c.got, &usage) {
			t.Errorf("the error is %v, want %v", c.got, c.want)
		}
	}
}
