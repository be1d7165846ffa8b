package coroutine

import (
	"errors"
	"testing"

	"concbench/models"
)

// waitsOn starts tasks that wait for c and write their name when notified.
func waitsOn(task *Task, c *Condition, tr *trace, names ...string) map[string]*TaskOf[None] {
	tasks := map[string]*TaskOf[None]{}
	for _, name := range names {
		tasks[name] = task.Start(name, func(task *Task) error {
			if err := c.Acquire(task); err != nil {
				return err
			}
			defer c.Release()
			err := c.Wait(task)
			tr.add("%s: %v, lock held: %v", name, err, c.Locked())
			return err
		})
	}
	rounds(task, len(names)+1) // each takes the lock in its turn
	return tasks
}

func TestNotifyWakesTheLongestWaiting(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		l := NewLock()
		c := NewCondition(l)
		waitsOn(task, c, &tr, "a", "b", "c")
		for _, n := range []int{0, 2, 100} {
			l.Acquire(task)
			if err := c.Notify(n); err != nil {
				return err
			}
			l.Release()
			rounds(task, 4)
			tr.add("after %d", n)
		}
		return nil
	})
	const held = ": <nil>, lock held: true"
	tr.expect(t, "after 0", "a"+held, "b"+held, "after 2", "c"+held, "after 100")
}

func TestNotificationWithoutWaitersIsLost(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		l := NewLock()
		c := NewCondition(l)
		l.Acquire(task)
		c.NotifyAll()
		l.Release()
		waiting := waitsOn(task, c, &tr, "a")
		rounds(task, 3)
		tr.add("still waiting: %v", !waiting["a"].Done())
		l.Acquire(task)
		c.NotifyAll()
		return l.Release()
	})
	tr.expect(t, "still waiting: true", "a: <nil>, lock held: true")
}

// The lock is acquired again even if the task is cancelled, and cancelled
// again while it waits for that.
func TestCancelledConditionHoldsTheLock(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		l := NewLock()
		c := NewCondition(l)
		waiter := waitsOn(task, c, &tr, "a")["a"]
		l.Acquire(task)
		for range 3 {
			waiter.Cancel()
			rounds(task, 2)
		}
		tr.add("main releases")
		l.Release()
		if err := waiter.Join(task); err != models.ErrCancelled {
			t.Errorf("the waiter ended with %v", err)
		}
		if l.Locked() {
			t.Error("the lock was left locked")
		}
		return nil
	})
	tr.expect(t, "main releases", "a: task cancelled, lock held: true")
}

// A notified waiter that is cancelled before it has the lock again passes the
// notification on.
func TestNotificationOfACancelledWaiter(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		l := NewLock()
		c := NewCondition(l)
		waiting := waitsOn(task, c, &tr, "a", "b")
		l.Acquire(task)
		c.Notify(1)
		waiting["a"].Cancel()
		l.Release()
		return waiting["b"].Join(task)
	})
	tr.expect(t, "a: task cancelled, lock held: true", "b: <nil>, lock held: true")
}

// A waiter that is cancelled without having been notified wakes nobody.
func TestCancelledWaiterNotifiesNobody(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		c := NewCondition(NewLock())
		waiting := waitsOn(task, c, &tr, "a", "b")
		waiting["a"].Cancel()
		rounds(task, 5)
		tr.add("b waits: %v", !waiting["b"].Done())
		waiting["b"].Cancel()
		return nil
	})
	tr.expect(t, "a: task cancelled, lock held: true", "b waits: true", "b: task cancelled, lock held: true")
}

// One that is cancelled while it waits for the lock passes its notification on.
func TestCancelBetweenNotificationAndLock(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		l := NewLock()
		c := NewCondition(l)
		waiting := waitsOn(task, c, &tr, "a", "b")
		l.Acquire(task)
		c.Notify(1)
		rounds(task, 2)
		waiting["a"].Cancel()
		rounds(task, 2)
		tr.add("main releases")
		l.Release()
		return waiting["b"].Join(task)
	})
	tr.expect(t, "main releases", "a: task cancelled, lock held: true", "b: <nil>, lock held: true")
}

// Of several cancels the last is what Wait returns, as in CPython from 3.12 on.
func TestCancelledAgainOnTheWayToTheLock(t *testing.T) {
	run(t, func(task *Task) error {
		l := NewLock()
		c := NewCondition(l)
		var got error
		waiter := task.Start("waiter", func(task *Task) error {
			if err := c.Acquire(task); err != nil {
				return err
			}
			got = c.Wait(task)
			return c.Release()
		})
		rounds(task, 2)
		l.Acquire(task)
		for _, message := range []string{"first", "second", "third"} {
			waiter.CancelWith(message)
			rounds(task, 3)
		}
		l.Release()
		err := waiter.Join(task)
		var cancelled *CancelledError
		if !errors.As(got, &cancelled) || cancelled.Message != "third" {
			t.Errorf("Wait = %v, want the third cancel", got)
		}
		return err
	})
}

func TestConditionWithoutItsLock(t *testing.T) {
	run(t, func(task *Task) error {
		c := NewCondition(NewLock())
		for name, err := range map[string]error{"Wait": c.Wait(task), "Notify": c.Notify(1), "NotifyAll": c.NotifyAll()} {
			if !errors.Is(err, models.ErrNotOwner) {
				t.Errorf("%s = %v, want %v", name, err, models.ErrNotOwner)
			}
		}
		return nil
	})
}

func TestConditionsOwnLock(t *testing.T) {
	run(t, func(task *Task) error {
		for _, c := range []*Condition{{}, NewCondition(nil)} {
			if err := c.Acquire(task); err != nil || !c.Locked() {
				t.Errorf("Acquire = %v, Locked = %v", err, c.Locked())
			}
			if err := c.Release(); err != nil || c.Locked() {
				t.Errorf("Release = %v, Locked = %v", err, c.Locked())
			}
		}
		return nil
	})
}

func TestConditionWaitsForAPredicate(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		var c Condition
		shelf := 0
		waiter := task.Start("waiter", func(task *Task) error {
			return c.With(task, func() error {
				err := c.WaitFor(task, func() bool { tr.add("looks: %d", shelf); return shelf > 1 })
				tr.add("%v", err)
				return err
			})
		})
		for range 2 {
			task.Yield()
			c.Acquire(task)
			shelf++
			c.NotifyAll()
			c.Release()
		}
		if err := waiter.Join(task); err != nil {
			return err
		}
		if err := c.WaitFor(task, func() bool { return false }); !errors.Is(err, ErrWaitUnheld) {
			t.Errorf("WaitFor without the lock = %v, want %v", err, ErrWaitUnheld)
		}
		return nil
	})
	tr.expect(t, "looks: 0", "looks: 1", "looks: 2", "<nil>")
}
