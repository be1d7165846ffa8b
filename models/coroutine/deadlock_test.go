package coroutine

import (
	"errors"
	"testing"

	"concbench/models"
)

// Tasks that wait for each other under the contract get an error instead of
// waiting for ever; who waits for such a task learns of it from the task's end.
func TestDeadlockIsAnError(t *testing.T) {
	l := newLoop(t)
	l.contract = true
	var tr trace
	err := l.runAll(func(task *Task) error {
		a, b := NewLock(), NewLock()
		both := func(name string, first, second *Lock) *TaskOf[None] {
			return task.Start(name, func(task *Task) error {
				first.Acquire(task)
				task.Yield()
				err := second.Acquire(task)
				tr.add("%s: %v", name, err)
				return err
			})
		}
		one, two := both("one", a, b), both("two", b, a)
		tr.add("joined: %v", errors.Is(one.Join(task), models.ErrDeadlock))
		return two.Join(task)
	})
	if err != models.ErrDeadlock {
		t.Errorf("Run = %v, want %v", err, models.ErrDeadlock)
	}
	line := ": " + models.ErrDeadlock.Error()
	tr.expect(t, "one"+line, "two"+line, "joined: true")
}

func TestTasksThatJoinEachOther(t *testing.T) {
	l := newLoop(t)
	l.contract = true
	var a, b *TaskOf[None]
	err := l.runAll(func(task *Task) error {
		a = task.Start("a", func(task *Task) error { return b.Join(task) })
		b = task.Start("b", func(task *Task) error { return a.Join(task) })
		return nil
	})
	if err != models.ErrDeadlock || a.err != models.ErrDeadlock || b.err != models.ErrDeadlock {
		t.Errorf("Run = %v, a ended with %v, b with %v", err, a.err, b.err)
	}
}

// Every primitive is in order after a deadlock was broken, so that deferred
// releases work, and Condition.Wait does not insist on a lock nobody will release.
func TestPrimitivesAfterADeadlock(t *testing.T) {
	l := newLoop(t)
	l.contract = true
	err := l.runAll(func(task *Task) error {
		lock, sem, queue, barrier := NewLock(), must(NewSemaphore(0)), NewQueue[int](1), must(NewBarrier(2))
		cond := NewCondition(lock)
		lock.Acquire(task)
		for name, wait := range map[string]func() error{
			"Lock":      func() error { return lock.Acquire(task) },
			"Semaphore": func() error { return sem.Acquire(task) },
			"Queue":     func() error { _, err := queue.Get(task); return err },
			"Barrier":   func() error { _, err := barrier.Wait(task); return err },
			"Condition": func() error { return cond.Wait(task) },
		} {
			if err := wait(); err != models.ErrDeadlock {
				t.Errorf("%s: %v, want %v", name, err, models.ErrDeadlock)
			}
		}
		sem.Release()
		if err := sem.Acquire(task); err != nil {
			t.Errorf("Semaphore afterwards: %v", err)
		}
		if n := barrier.Waiting(); n != 0 {
			t.Errorf("%d wait at the barrier afterwards", n)
		}
		if err := queue.Put(task, 1); err != nil {
			t.Errorf("Queue afterwards: %v", err)
		}
		return lock.Release()
	})
	if err != nil {
		t.Error(err)
	}

	err = l.runAll(func(task *Task) error {
		lock := NewLock()
		cond := NewCondition(lock)
		task.Start("keeper", func(task *Task) error { return lock.Acquire(task) })
		lock.Acquire(task)
		return cond.Wait(task) // the keeper takes the lock and ends with it
	})
	if err != models.ErrDeadlock {
		t.Errorf("Run = %v, want %v", err, models.ErrDeadlock)
	}
}
