package coroutine

import (
	"errors"
	"testing"

	"concbench/models"
)

func TestLockGoesInOrderAndNobodyBarges(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		l := NewLock()
		takes := func(task *Task) error {
			if err := l.Acquire(task); err != nil {
				return err
			}
			tr.add("%s", task.Name())
			return l.Release()
		}
		l.Acquire(task)
		for _, name := range []string{"a", "b"} {
			task.Start(name, takes)
		}
		task.Yield()
		l.Release()
		if l.Locked() {
			t.Error("Locked between release and resumption")
		}
		// The lock is free, but a was chosen.
		if err := l.Acquire(task); err != nil {
			return err
		}
		tr.add("main")
		if !l.Locked() {
			t.Error("Locked is false while main holds it")
		}
		return l.Release()
	})
	tr.expect(t, "a", "b", "main")
}

func TestLockHandOverTakesOneRound(t *testing.T) {
	run(t, func(task *Task) error {
		l := NewLock()
		l.Acquire(task)
		round, got := countRounds(task.Loop()), 0
		task.Start("waiter", func(task *Task) error {
			err := l.Acquire(task)
			got = *round
			return err
		})
		task.Yield()
		released := *round
		l.Release()
		rounds(task, 3)
		if got != released+1 {
			t.Errorf("released in round %d, acquired in %d", released, got)
		}
		return nil
	})
}

// A waiter cancelled after it was chosen wakes the next.
func TestLockOfACancelledWaiter(t *testing.T) {
	for _, release := range []string{"before the cancel", "after the cancel"} {
		run(t, func(task *Task) error {
			l := NewLock()
			l.Acquire(task)
			first := task.Start("first", l.Acquire)
			second := task.Start("second", l.Acquire)
			task.Yield()
			if release == "before the cancel" {
				l.Release()
			}
			first.Cancel()
			if release == "after the cancel" {
				l.Release()
			}
			if err := first.Join(task); err != models.ErrCancelled {
				t.Errorf("first ended with %v", err)
			}
			if err := second.Join(task); err != nil || !l.Locked() {
				t.Errorf("released %s: second ended with %v, Locked = %v", release, err, l.Locked())
			}
			return nil
		})
	}
}

// All who wait have been cancelled but have not run: the lock is free for a
// newcomer.
func TestLockWithCancelledWaitersOnly(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		l := NewLock()
		l.Acquire(task)
		waiter := task.Start("waiter", func(task *Task) error {
			err := l.Acquire(task)
			tr.add("waiter: %v", err)
			return err
		})
		task.Yield()
		waiter.Cancel()
		l.Release()
		if err := l.Acquire(task); err != nil {
			return err
		}
		tr.add("main")
		return waiter.Join(task)
	})
	tr.expect(t, "main", "waiter: task cancelled")
}

func TestReleaseOfAFreeLock(t *testing.T) {
	if err := NewLock().Release(); !errors.Is(err, ErrNotAcquired) || !errors.Is(err, models.ErrNotOwner) {
		t.Errorf("Release = %v, want %v", err, ErrNotAcquired)
	}
}
