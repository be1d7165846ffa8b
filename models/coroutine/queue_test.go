package coroutine

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"concbench/models"
)

func TestQueueKeepsOrderAndBound(t *testing.T) {
	const items, capacity = 100, 3
	run(t, func(task *Task) error {
		q := NewQueue[int](capacity)
		task.Start("producer", func(task *Task) error {
			for i := range items {
				if err := q.Put(task, i); err != nil {
					return err
				}
				if q.Len() > capacity {
					t.Errorf("the queue holds %d", q.Len())
				}
			}
			return nil
		})
		for i := range items {
			if v, err := q.Get(task); v != i || err != nil {
				t.Errorf("Get = %v, %v, want %d", v, err, i)
			}
		}
		return nil
	})
}

// Who was woken for an item gets it, and gets the oldest: a newcomer waits
// behind.
func TestQueueNobodyOvertakesAGetter(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		q := NewQueue[int](2)
		getter := task.Start("getter", func(task *Task) error {
			v, err := q.Get(task)
			tr.add("getter got %v", v)
			return err
		})
		task.Yield()
		q.Put(task, 1)
		q.Put(task, 2)
		v, err := q.Get(task)
		if err != nil {
			return err
		}
		tr.add("main got %v", v)
		return getter.Join(task)
	})
	tr.expect(t, "getter got 1", "main got 2")
}

func TestQueueNobodyOvertakesAPutter(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		q := NewQueue[int](2)
		q.Put(task, 1)
		q.Put(task, 2)
		task.Start("putter", func(task *Task) error { return q.Put(task, 3) })
		task.Yield()
		gets := func() error {
			v, err := q.Get(task)
			tr.add("%v", v)
			return err
		}
		// Both places are free now, and one of them is the putter's.
		if err := errors.Join(gets(), gets(), q.Put(task, 4)); err != nil {
			return err
		}
		return errors.Join(gets(), gets())
	})
	tr.expect(t, "1", "2", "3", "4")
}

// With producers and consumers cancelled anywhere, what was put is got once,
// and what a cancelled Put held back is not.
func TestQueueLosesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		capacity := rapid.IntRange(1, 3).Draw(rt, "capacity")
		producers, consumers := rapid.IntRange(1, 5).Draw(rt, "producers"), rapid.IntRange(1, 5).Draw(rt, "consumers")
		cancels := rapid.SliceOf(rapid.IntRange(0, producers+consumers-1)).Draw(rt, "cancels")
		put, got := map[int]int{}, map[int]int{}
		l, err := NewLoop()
		if err != nil {
			rt.Fatal(err)
		}
		defer l.Close()
		err = l.runAll(func(task *Task) error {
			q := NewQueue[int](capacity)
			var all []*TaskOf[None]
			for p := range producers {
				all = append(all, task.Start("producer", func(task *Task) error {
					for i := range 4 {
						if q.Put(task, 10*p+i) == nil {
							put[10*p+i]++
						}
					}
					return nil
				}))
			}
			for range consumers {
				all = append(all, task.Start("consumer", func(task *Task) error {
					for stopping := 0; stopping < 2; {
						v, err := q.Get(task)
						if err == models.ErrCancelled {
							stopping++
							continue
						}
						got[v]++
					}
					return nil
				}))
			}
			for _, i := range cancels {
				all[i].Cancel()
				task.Yield()
			}
			for i, other := range all { // end them all, what they hold first
				for !other.Done() {
					if i >= producers || q.Len() == capacity {
						other.Cancel()
					}
					task.Yield()
				}
			}
			for q.Len() > 0 {
				v, err := q.Get(task)
				if err != nil {
					return err
				}
				got[v]++
			}
			if q.places.permits != capacity || q.filled.permits != 0 {
				rt.Errorf("%d places and %d items are left, want %d and 0", q.places.permits, q.filled.permits, capacity)
			}
			return nil
		})
		if err != nil {
			rt.Fatal(err)
		}
		if len(put) != len(got) {
			rt.Fatalf("put %v, got %v", put, got)
		}
		for v, n := range got {
			if n != 1 || put[v] != 1 {
				rt.Fatalf("%d was put %d times and got %d times", v, put[v], n)
			}
		}
	})
}
