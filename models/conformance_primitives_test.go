package models_test

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"concbench/models"
)

// A line is a primitive that tasks wait at.
type line struct {
	// wait waits, calls went once it may go on, and lets go of what it then holds.
	wait func(t models.Task, went func()) error
	// next lets one more go on, the first for i = 0.
	next func(t models.Task, i int)
}

// inLine starts n tasks one after another, each at its wait before the next
// begins, lets them go on one after another, and returns the order in which they
// did.
func inLine(t *testing.T, m models.Model, n int, setUp func(models.Task) line) []int {
	var order []int
	var mu sync.Mutex
	gone := func() int {
		mu.Lock()
		defer mu.Unlock()
		return len(order)
	}
	mustRun(t, m, func(t models.Task) error {
		l := setUp(t)
		var handles []models.Handle
		for i := range n {
			var there atomic.Bool
			handles = append(handles, t.Start("waiter", func(t models.Task) error {
				there.Store(true)
				return l.wait(t, func() {
					mu.Lock()
					defer mu.Unlock()
					order = append(order, i)
				})
			}))
			for !there.Load() {
				t.Sleep(time.Millisecond)
			}
			settle(t)
		}
		for i := range n {
			l.next(t, i)
			for gone() <= i {
				t.Sleep(time.Millisecond)
			}
		}
		return models.JoinAll(t, handles...)
	})
	return order
}

// lines are the primitives that wake one waiter at a time.
var lines = map[string]func(models.Task) line{
	"Lock": func(t models.Task) line {
		l := t.NewLock()
		l.Acquire(t)
		return line{
			wait: func(t models.Task, went func()) error {
				err := l.Acquire(t)
				went()
				return errors.Join(err, l.Release(t))
			},
			next: func(t models.Task, i int) {
				if i == 0 { // each then hands it to the next
					l.Release(t)
				}
			},
		}
	},
	"Semaphore": func(t models.Task) line {
		s := t.NewSemaphore(0)
		return line{
			wait: func(t models.Task, went func()) error { err := s.Acquire(t); went(); return err },
			next: func(t models.Task, _ int) { s.Release(t) },
		}
	},
	"Condition": func(t models.Task) line {
		l := t.NewLock()
		c := t.NewCondition(l)
		return line{
			wait: func(t models.Task, went func()) error {
				l.Acquire(t)
				err := c.Wait(t)
				went()
				return errors.Join(err, l.Release(t))
			},
			next: func(t models.Task, _ int) {
				l.Acquire(t)
				c.Notify(t, 1)
				l.Release(t)
			},
		}
	},
	"Queue": func(t models.Task) line {
		q := t.NewQueue(1)
		return line{
			wait: func(t models.Task, went func()) error { _, err := q.Get(t); went(); return err },
			next: func(t models.Task, i int) { q.Put(t, i) },
		}
	},
}

func TestWaitersGoFirstInFirstOut(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		for name, setUp := range lines {
			t.Run(name, func(t *testing.T) {
				if order := inLine(t, m, 4, setUp); !slices.Equal(order, []int{0, 1, 2, 3}) {
					t.Errorf("waiters went on in order %v", order)
				}
			})
		}
	})
}

// With a waiter woken but not yet running, the one who released cannot take
// the lock or the permit back.
func TestNobodyOvertakesAWokenWaiter(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		var l log
		mustRun(t, m, func(t models.Task) error {
			lock, sem := t.NewLock(), t.NewSemaphore(1)
			lock.Acquire(t)
			sem.Acquire(t)
			h := t.Start("waiter", func(t models.Task) error {
				lock.Acquire(t)
				l.add("waiter has the lock")
				lock.Release(t)
				sem.Acquire(t)
				l.add("waiter has the permit")
				sem.Release(t)
				return nil
			})
			settle(t)
			lock.Release(t)
			lock.Acquire(t)
			l.add("releaser has the lock")
			lock.Release(t)
			settle(t)
			sem.Release(t)
			sem.Acquire(t)
			l.add("releaser has the permit")
			return h.Join(t)
		})
		l.expect(t, "waiter has the lock", "releaser has the lock", "waiter has the permit", "releaser has the permit")
	})
}

func TestLockExcludes(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		const tasks, turns = 8, 200
		inside, total := 0, 0
		mustRun(t, m, func(task models.Task) error {
			lock := task.NewLock()
			var handles []models.Handle
			for range tasks {
				handles = append(handles, task.Start("adder", func(task models.Task) error {
					for range turns {
						if err := lock.Acquire(task); err != nil {
							return err
						}
						inside++
						task.Checkpoint()
						if inside != 1 {
							t.Error("two tasks hold the lock")
						}
						task.Yield()
						total++
						inside--
						if err := lock.Release(task); err != nil {
							return err
						}
					}
					return nil
				}))
			}
			return models.JoinAll(task, handles...)
		})
		if total != tasks*turns {
			t.Errorf("%d turns were counted, want %d", total, tasks*turns)
		}
	})
}

func TestMisuseIsAnError(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(task models.Task) error {
			lock := task.NewLock()
			cond := task.NewCondition(lock)
			for name, err := range map[string]error{
				"Release of a free lock":        lock.Release(task),
				"Condition.Wait without lock":   cond.Wait(task),
				"Condition.Notify without lock": cond.Notify(task, 1),
				"NotifyAll without lock":        cond.NotifyAll(task),
			} {
				if !errors.Is(err, models.ErrNotOwner) {
					t.Errorf("%s = %v, want %v", name, err, models.ErrNotOwner)
				}
			}
			return nil
		})
	})
}

func TestEventReleasesAllEvenIfCleared(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(task models.Task) error {
			event := task.NewEvent()
			var handles []models.Handle
			for range 3 {
				handles = append(handles, task.Start("waiter", event.Wait))
			}
			settle(task)
			event.Set(task)
			event.Clear(task)
			if event.IsSet() {
				t.Error("IsSet after Clear")
			}
			return models.JoinAll(task, handles...)
		})
	})
}

func TestEventThatIsSet(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(task models.Task) error {
			event := task.NewEvent()
			event.Set(task)
			event.Set(task)
			if !event.IsSet() {
				t.Error("IsSet is false after Set")
			}
			return event.Wait(task)
		})
	})
}

func TestNotifyWakesOnlyTheAsked(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		woken := 0
		mustRun(t, m, func(task models.Task) error {
			lock := task.NewLock()
			cond := task.NewCondition(lock)
			var handles []models.Handle
			for range 5 {
				handles = append(handles, task.Start("waiter", func(task models.Task) error {
					lock.Acquire(task)
					err := cond.Wait(task)
					woken++
					return errors.Join(err, lock.Release(task))
				}))
			}
			settle(task)
			for _, step := range []struct{ notify, want int }{{0, 0}, {2, 2}} {
				lock.Acquire(task)
				cond.Notify(task, step.notify)
				lock.Release(task)
				settle(task)
				lock.Acquire(task)
				if woken != step.want {
					t.Errorf("%d are awake after Notify(%d), want %d", woken, step.notify, step.want)
				}
				lock.Release(task)
			}
			lock.Acquire(task)
			cond.NotifyAll(task)
			lock.Release(task)
			return models.JoinAll(task, handles...)
		})
		if woken != 5 {
			t.Errorf("%d of 5 woke", woken)
		}
	})
}

func TestBarrierRounds(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		const parties, rounds = 3, 4
		var seen [rounds][]int
		mustRun(t, m, func(task models.Task) error {
			barrier, lock := task.NewBarrier(parties), task.NewLock()
			var handles []models.Handle
			for range parties {
				handles = append(handles, task.Start("party", func(task models.Task) error {
					for r := range rounds {
						i, err := barrier.Wait(task)
						if err != nil {
							return err
						}
						lock.Acquire(task)
						seen[r] = append(seen[r], i)
						lock.Release(task)
					}
					return nil
				}))
			}
			return models.JoinAll(task, handles...)
		})
		for r, indices := range seen {
			slices.Sort(indices)
			if !slices.Equal(indices, []int{0, 1, 2}) {
				t.Errorf("round %d gave the places %v", r, indices)
			}
		}
	})
}

func TestBarrierPlaceOfACancelledWaiterIsFree(t *testing.T) {
	each(t, cancelWakes, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(task models.Task) error {
			barrier := task.NewBarrier(2)
			wait := func(t models.Task) error { _, err := barrier.Wait(t); return err }
			gone := task.Start("gone", wait)
			settle(task)
			gone.Cancel()
			if err := gone.Join(task); !errors.Is(err, models.ErrCancelled) {
				t.Errorf("the cancelled wait returned %v", err)
			}
			stays := task.Start("stays", wait)
			settle(task)
			return errors.Join(wait(task), stays.Join(task))
		})
	})
}

func TestQueueKeepsOrderAndBound(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		const items, capacity = 100, 3
		var got []int
		mustRun(t, m, func(task models.Task) error {
			q := task.NewQueue(capacity)
			h := task.Start("producer", func(task models.Task) error {
				for i := range items {
					if err := q.Put(task, i); err != nil {
						return err
					}
				}
				return nil
			})
			settle(task)
			if q.Len() != capacity {
				t.Errorf("Len = %d with a producer waiting, want %d", q.Len(), capacity)
			}
			for range items {
				v, err := q.Get(task)
				if err != nil {
					return err
				}
				got = append(got, v.(int))
			}
			return h.Join(task)
		})
		if len(got) != items || !slices.IsSorted(got) {
			t.Errorf("got %v", got)
		}
	})
}

// A permit or lock whose chosen waiter was cancelled reaches the next.
func TestCancelledWaiterLosesNothing(t *testing.T) {
	each(t, cancelWakes, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(task models.Task) error {
			sem := task.NewSemaphore(0)
			first := task.Start("first", sem.Acquire)
			settle(task)
			second := task.Start("second", sem.Acquire)
			settle(task)
			sem.Release(task)
			first.Cancel() // may come before or after first has the permit
			if err := first.Join(task); err == nil {
				sem.Release(task)
			}
			return second.Join(task)
		})
	})
}

func TestSerialWaitsThatCannotEnd(t *testing.T) {
	each(t, sequential, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(task models.Task) error {
			for name, wait := range waits {
				if name == "Sleep" {
					continue // ends by itself
				}
				if err := wait(task); !errors.Is(err, models.ErrDeadlock) {
					t.Errorf("%s = %v, want %v", name, err, models.ErrDeadlock)
				}
			}
			return nil
		})
	})
}
