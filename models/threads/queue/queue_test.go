package queue

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"concbench/models/internal/leaktest"
	"concbench/models/threads/internal/threadtest"
	"concbench/models/threads/threading"
)

const moment = 2 * time.Millisecond // that a wait is given which is to time out

// A channel is the part that all kinds of queues share.
type channel struct {
	put        func(t *threading.Thread, v int) error
	get        func(t *threading.Thread) (int, error)
	getNowait  func(t *threading.Thread) (int, error)
	getTimeout func(t *threading.Thread, d time.Duration) (int, error)
}

func channels(maxsize int) map[string]channel {
	simple := &SimpleQueue[int]{}
	kinds := map[string]channel{"SimpleQueue": {
		put: func(t *threading.Thread, v int) error { simple.Put(t, v); return nil },
		get: simple.Get, getNowait: simple.GetNowait, getTimeout: simple.GetTimeout,
	}}
	for name, q := range map[string]*Queue[int]{
		"Queue": NewQueue[int](maxsize), "LifoQueue": NewLifoQueue[int](maxsize), "PriorityQueue": NewPriorityQueue[int](maxsize),
	} {
		kinds[name] = channel{q.Put, q.Get, q.GetNowait, q.GetTimeout}
	}
	return kinds
}

// Every item passes from a producer to a consumer once, however small the queue is.
func TestNothingIsLostOrDoubled(t *testing.T) {
	for _, maxsize := range []int{0, 1, 7} {
		for name := range channels(maxsize) {
			t.Run(name, func(t *testing.T) {
				threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
					const pairs, items = 3, 300
					q := channels(maxsize)[name]
					var seen [pairs * items]atomic.Int32
					err := threadtest.All(main, 2*pairs, func(t *threading.Thread, i int) error {
						for n := range items {
							if i < pairs {
								if err := q.put(t, i*items+n); err != nil {
									return err
								}
								continue
							}
							v, err := q.get(t)
							if err != nil {
								return err
							}
							seen[v].Add(1)
						}
						return nil
					})
					for v := range seen {
						if n := seen[v].Load(); n != 1 {
							t.Fatalf("item %d came %d times", v, n)
						}
					}
					return err
				})
			})
		}
	}
}

func TestTimeouts(t *testing.T) {
	for name := range channels(0) {
		t.Run(name, func(t *testing.T) {
			threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
				q := channels(0)[name]
				if _, err := q.getNowait(main); err != ErrEmpty {
					t.Errorf("GetNowait: %v", err)
				}
				for _, d := range []time.Duration{0, moment} {
					if _, err := q.getTimeout(main, d); err != ErrEmpty {
						t.Errorf("GetTimeout(%v): %v", d, err)
					}
				}
				if _, err := q.getTimeout(main, -1); err != ErrTimeoutNegative {
					t.Errorf("GetTimeout(-1): %v", err)
				}
				if err := q.put(main, 7); err != nil {
					return err
				}
				if v, err := q.getTimeout(main, moment); v != 7 || err != nil {
					t.Errorf("GetTimeout of one item: %v, %v", v, err)
				}
				return nil
			})
		})
	}
}

// A getter that has timed out leaves no waiter behind that would take another's wake-up.
func TestTimedOutGetterLeaves(t *testing.T) {
	threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
		q := &SimpleQueue[int]{}
		if _, err := q.GetTimeout(main, moment); err != ErrEmpty {
			t.Errorf("GetTimeout: %v", err)
		}
		if n := q.waiters.Len(); n != 0 {
			t.Errorf("%d waiters are left", n)
		}
		return nil
	})
}

func TestFull(t *testing.T) {
	threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
		q := NewQueue[int](1)
		if err := q.PutNowait(main, 1); err != nil {
			return err
		}
		for name, got := range map[string]error{
			"PutNowait": q.PutNowait(main, 2), "PutTimeout(0)": q.PutTimeout(main, 2, 0), "PutTimeout": q.PutTimeout(main, 2, moment),
		} {
			if got != ErrFull {
				t.Errorf("%s: %v", name, got)
			}
		}
		if err := q.PutTimeout(main, 2, -1); err != ErrTimeoutNegative {
			t.Errorf("PutTimeout(-1): %v", err)
		}
		full, _ := q.Full(main)
		empty, _ := q.Empty(main)
		if n, err := q.Len(main); n != 1 || !full || empty || err != nil {
			t.Errorf("Len %d, Full %v, Empty %v", n, full, empty)
		}
		return nil
	})
}

// Join waits until TaskDone has been called for every item.
func TestJoin(t *testing.T) {
	threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
		const items = 20
		q := NewQueue[int](0)
		done := 0
		for i := range items {
			if err := q.Put(main, i); err != nil {
				return err
			}
		}
		th, err := threadtest.Started(main, func(t *threading.Thread) error {
			for range items {
				if _, err := q.Get(t); err != nil {
					return err
				}
				done++
				if err := q.TaskDone(t); err != nil {
					return err
				}
			}
			return nil
		})
		if err := errors.Join(err, q.Join(main)); err != nil || done != items {
			t.Errorf("Join: %v after %d of %d items", err, done, items)
		}
		if err := q.TaskDone(main); err != ErrTaskDone {
			t.Errorf("TaskDone once more: %v", err)
		}
		return errors.Join(th.Join(main), q.Join(main))
	})
}

// The zero Queue is first in, first out, without a limit.
func TestZeroQueue(t *testing.T) {
	threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
		var q Queue[int]
		if n, err := q.Len(main); n != 0 || err != nil {
			t.Errorf("Len: %d, %v", n, err)
		}
		errs := errors.Join(q.Put(main, 1), q.Put(main, 2))
		for want := 1; want <= 2; want++ {
			if v, err := q.Get(main); v != want || err != nil {
				t.Errorf("Get: %d, %v", v, err)
			}
			errs = errors.Join(errs, q.TaskDone(main))
		}
		return errors.Join(errs, q.Join(main))
	})
}

func TestPriorityWithoutAComparison(t *testing.T) {
	if q, err := NewPriorityQueueFunc[int](0, nil); q != nil || err != ErrNoComparison {
		t.Errorf("NewPriorityQueueFunc: %v, %v", q, err)
	}
}

// A queue survives daemons that are given up in the middle of a call: goroutines that are no
// threads of that interpreter go on to use it.
func TestDaemonsLeaveTheQueueInOrder(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	for range 20 {
		in, err := threading.NewInterpreter("")
		if err != nil {
			t.Fatal(err)
		}
		q := &SimpleQueue[[4096]int]{}
		putAndGet := func(t *threading.Thread) {
			q.Put(t, [4096]int{})
			q.GetNowait(t)
		}
		var over atomic.Bool
		var others sync.WaitGroup
		for range 4 {
			others.Go(func() {
				for !over.Load() {
					putAndGet(nil)
				}
			})
		}
		err = in.Run(func(main *threading.Thread) error {
			for range 4 {
				daemon := main.NewThread(func(t *threading.Thread) error {
					for {
						putAndGet(t)
					}
				}, threading.Daemon(true))
				if err := daemon.Start(main); err != nil {
					return err
				}
			}
			return main.Sleep(5 * time.Millisecond)
		})
		over.Store(true)
		others.Wait()
		if n := q.Len(); err != nil || n > 4 {
			t.Errorf("%v; %d items are left by 4 daemons", err, n)
		}
	}
}
