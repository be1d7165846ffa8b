package threads

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"concbench/models"
)

// A fifo is a primitive on which tasks wait, with a count of them.
type fifo struct {
	wait    func(t models.Task, i int) error
	waiting func() int
	wake    func(t models.Task) error // all waiters, one after another
}

const waiting = 5 // tasks per primitive

var fifos = map[string]func(t models.Task) fifo{
	"Lock": func(t models.Task) fifo {
		l := t.NewLock().(*lock)
		l.Acquire(t)
		return fifo{
			wait:    func(t models.Task, _ int) error { return l.Acquire(t) },
			waiting: func() int { return length(&l.mu, &l.waiters) },
			wake:    l.Release,
		}
	},
	"Semaphore": func(t models.Task) fifo {
		s := t.NewSemaphore(0).(*semaphore)
		return fifo{
			wait:    func(t models.Task, _ int) error { return s.Acquire(t) },
			waiting: func() int { return length(&s.mu, &s.waiters) },
			wake:    func(t models.Task) error { s.Release(t); return nil },
		}
	},
	"Condition": func(t models.Task) fifo {
		l := t.NewLock().(*lock)
		c := t.NewCondition(l).(*condition)
		return fifo{
			wait: func(t models.Task, _ int) error {
				return errors.Join(l.Acquire(t), c.Wait(t), l.Release(t))
			},
			waiting: func() int { return length(&l.mu, &c.waiters) },
			wake: func(t models.Task) error {
				return errors.Join(l.Acquire(t), c.Notify(t, 1), l.Release(t))
			},
		}
	},
	"Queue.Get": func(t models.Task) fifo {
		q := t.NewQueue(1).(*queue)
		return fifo{
			wait:    func(t models.Task, _ int) error { _, err := q.Get(t); return err },
			waiting: func() int { return length(&q.mu, &q.getters) },
			wake:    func(t models.Task) error { return q.Put(t, 0) },
		}
	},
	"Queue.Put": func(t models.Task) fifo {
		q := t.NewQueue(1).(*queue)
		q.Put(t, -1)
		expected := -1
		return fifo{
			wait:    func(t models.Task, i int) error { return q.Put(t, i) },
			waiting: func() int { return length(&q.mu, &q.putters) },
			wake: func(t models.Task) error {
				v, err := q.Get(t)
				if v != expected {
					return fmt.Errorf("the queue gave %v, want %v", v, expected)
				}
				expected++
				return err
			},
		}
	},
}

// Waiters are woken in the order in which they began to wait.
func TestWaitersAreWokenInOrder(t *testing.T) {
	for name, newFIFO := range fifos {
		t.Run(name, func(t *testing.T) {
			bothLocks(t, func(t *testing.T, m *Model) { testWakeOrder(t, m, newFIFO) })
		})
	}
}

func testWakeOrder(t *testing.T, m *Model, newFIFO func(models.Task) fifo) {
	var order []int
	mustRun(t, m, func(t models.Task) error {
		f, gone := newFIFO(t), t.NewSemaphore(0)
		for i := range waiting {
			t.Start("waiter", func(t models.Task) error {
				err := f.wait(t, i)
				order = append(order, i)
				gone.Release(t)
				return err
			})
			untilIn(t, func() bool { return f.waiting() == i+1 })
		}
		for range waiting {
			if err := errors.Join(f.wake(t), gone.Acquire(t)); err != nil {
				return err
			}
		}
		return nil
	})
	if !slices.IsSorted(order) || len(order) != waiting {
		t.Errorf("woken in the order %v", order)
	}
}

// A waiter that a release wakes already holds the lock, before it has run.
func TestReleaseHandsOver(t *testing.T) {
	m := newModel(t, "interval=100ms")
	mustRun(t, m, func(t models.Task) error {
		l := t.NewLock().(*lock)
		l.Acquire(t)
		t.Start("waiter", func(t models.Task) error {
			return errors.Join(l.Acquire(t), l.Release(t))
		})
		untilIn(t, func() bool { return length(&l.mu, &l.waiters) == 1 })
		l.Release(t)
		if !l.held {
			return errors.New("the lock was free for a newcomer")
		}
		return errors.Join(l.Acquire(t), l.Release(t))
	})
}

func TestQueueKeepsOrderWhenItsRingTurns(t *testing.T) {
	for _, capacity := range []int{1, 3, 8, 20} {
		m := newModel(t, "")
		mustRun(t, m, func(t models.Task) error {
			q, next := t.NewQueue(capacity), 0
			for put := range 100 {
				if q.Len() == capacity || put%7 == 6 && q.Len() > 0 {
					if v, err := q.Get(t); v != next || err != nil {
						return fmt.Errorf("capacity %d: got %v, %v; want %d", capacity, v, err, next)
					}
					next++
				}
				if err := q.Put(t, put); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

func TestMisuseOfPrimitives(t *testing.T) {
	m := newModel(t, "")
	mustRun(t, m, func(task models.Task) error {
		for what, misuse := range map[string]func() error{
			"permits below 0":  func() error { task.NewSemaphore(-1); return nil },
			"parties below 1":  func() error { task.NewBarrier(0); return nil },
			"capacity below 1": func() error { task.NewQueue(0); return nil },
			"foreign lock":     func() error { task.NewCondition(nil); return nil },
		} {
			var p *models.PanicError
			if err := models.Protect(misuse); !errors.As(err, &p) {
				t.Errorf("%s: %v, want a panic", what, err)
			}
		}
		l := task.NewLock()
		c := task.NewCondition(l)
		for what, misuse := range map[string]func() error{
			"Release": func() error { return l.Release(task) },
			"Wait":    func() error { return c.Wait(task) },
			"Notify":  func() error { return c.Notify(task, 1) },
		} {
			if err := misuse(); !errors.Is(err, models.ErrNotOwner) {
				t.Errorf("%s of a lock that is not held: %v, want %v", what, err, models.ErrNotOwner)
			}
		}
		return nil
	})
}

// Each round of a barrier counts its arrivals from 0 and lets nobody through early.
func TestBarrierRounds(t *testing.T) {
	bothLocks(t, func(t *testing.T, m *Model) {
		const parties, rounds = 4, 50
		var arrivals [rounds]atomic.Int32
		mustRun(t, m, func(task models.Task) error {
			b := task.NewBarrier(parties)
			for range parties {
				task.Start("party", func(task models.Task) error {
					for round := range rounds {
						arrivals[round].Add(1)
						order, err := b.Wait(task)
						if err != nil || order < 0 || order >= parties {
							t.Errorf("round %d: Wait = %d, %v", round, order, err)
						}
						if n := arrivals[round].Load(); n != parties {
							t.Errorf("round %d went on after %d arrivals", round, n)
						}
					}
					return nil
				})
			}
			return nil
		})
	})
}
