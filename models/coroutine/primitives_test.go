package coroutine

import (
	"errors"
	"testing"

	"concbench/models"
)

// With releases on every way out of the body.
func TestWithReleases(t *testing.T) {
	run(t, func(task *Task) error {
		var lock Lock
		var cond Condition
		sem := must(NewBoundedSemaphore(1))
		for name, with := range map[string]func(*Task, func() error) error{
			"Lock": lock.With, "Condition": cond.With, "Semaphore": sem.With,
		} {
			locked := func() bool { return lock.Locked() || cond.Locked() || sem.Locked() }
			if err := with(task, func() error {
				if !locked() {
					t.Errorf("%s is not held in the body", name)
				}
				return errTest
			}); err != errTest || locked() {
				t.Errorf("%s: With = %v, still locked: %v", name, err, locked())
			}
			var panicked *models.PanicError
			err := models.Protect(func() error { return with(task, func() error { panic("test") }) })
			if !errors.As(err, &panicked) || locked() {
				t.Errorf("%s: a panic became %v, still locked: %v", name, err, locked())
			}
		}
		if err := lock.With(task, lock.Release); !errors.Is(err, ErrNotAcquired) {
			t.Errorf("With of a body that releases = %v, want %v", err, ErrNotAcquired)
		}
		return nil
	})
}

func TestWithOfACancelledWaiter(t *testing.T) {
	run(t, func(task *Task) error {
		var lock Lock
		lock.Acquire(task)
		waiter := task.Start("waiter", func(task *Task) error {
			return lock.With(task, func() error { t.Error("the body was called"); return nil })
		})
		task.Yield()
		waiter.Cancel()
		if err := waiter.Join(task); err != ErrCancelled || !lock.Locked() {
			t.Errorf("With = %v, still locked: %v", err, lock.Locked())
		}
		return lock.Release()
	})
}

// waitsOf are waits, each of a primitive that nobody will wake.
func waitsOf() map[string]func(*Task) error {
	var lock Lock
	lock.locked = true
	full := NewQueue[int](1)
	full.PutNowait(1)
	return map[string]func(*Task) error{
		"Lock.Acquire":      lock.Acquire,
		"Semaphore.Acquire": new(Semaphore).Acquire,
		"Event.Wait":        new(Event).Wait,
		"Condition.Wait": func() func(*Task) error {
			var c Condition
			return func(t *Task) error { return c.With(t, func() error { return c.Wait(t) }) }
		}(),
		"Barrier.Wait": func() func(*Task) error {
			b := must(NewBarrier(100))
			return func(t *Task) error { _, err := b.Wait(t); return err }
		}(),
		"Queue.Get": func() func(*Task) error {
			var q Queue[int]
			return func(t *Task) error { _, err := q.Get(t); return err }
		}(),
		"Queue.Put":  func(t *Task) error { return full.Put(t, 2) },
		"Queue.Join": full.Join,
	}
}

// What has been waited for on one loop cannot be waited for on another.
func TestPrimitivesBelongToTheirFirstLoop(t *testing.T) {
	waits := waitsOf()
	for _, want := range []error{ErrCancelled, ErrBoundElsewhere} {
		run(t, func(task *Task) error {
			for op, wait := range waits {
				waiter := task.Start(op, wait)
				task.Yield()
				waiter.Cancel()
				var usage *UsageError
				err := waiter.Join(task)
				if !errors.Is(err, want) || errors.As(err, &usage) && usage.Op != op {
					t.Errorf("%s = %v, want %v", op, err, want)
				}
			}
			task.Loop().failure = nil
			return nil
		})
	}
}

// Getters and putters are of one loop, though they stand in two lines.
func TestQueueBelongsToOneLoop(t *testing.T) {
	q := NewQueue[int](1)
	run(t, func(task *Task) error {
		getter := task.Start("getter", func(task *Task) error { _, err := q.Get(task); return err })
		task.Yield()
		getter.Cancel()
		return nil
	})
	run(t, func(task *Task) error {
		if err := errors.Join(q.Put(task, 1), q.Put(task, 2)); !errors.Is(err, ErrBoundElsewhere) {
			t.Errorf("Put = %v, want %v", err, ErrBoundElsewhere)
		}
		return nil
	})
}

// A task that sleeps cannot be made to wait somewhere else, and sleeps on.
func TestPrimitivesOnBehalfOfAnother(t *testing.T) {
	run(t, func(task *Task) error {
		var gate Event
		other := task.Start("other", gate.Wait)
		task.Yield()
		for op, wait := range waitsOf() {
			if err := wait(&other.Task); !errors.Is(err, ErrNotCurrent) {
				t.Errorf("%s = %v, want %v", op, err, ErrNotCurrent)
			}
		}
		gate.Set()
		return other.Join(task)
	})
}

// Tasks that are given up with their loop unwind without waiting again.
func TestConditionOfALoopThatEnds(t *testing.T) {
	var tr trace
	l, finish := checkedLoop(t)
	l.SetExceptionHandler(func(*Loop, ErrorReport) {})
	var c Condition
	_, err := RunUntilComplete(l, CreateTask(l, func(task *Task) (None, error) {
		for _, name := range []string{"waiter", "holder"} {
			task.Start(name, func(task *Task) error {
				c.Acquire(task)
				var never Event
				err := never.Wait
				if name == "waiter" {
					err = c.Wait
				}
				tr.add("%s: %v", name, err(task))
				return nil
			})
		}
		rounds(task, 2)
		return None{}, nil
	}))
	if err != nil {
		t.Error(err)
	}
	finish()
	tr.expect(t, "waiter: task cancelled", "holder: task cancelled")
}
