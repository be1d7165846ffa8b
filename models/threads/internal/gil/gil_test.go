package gil

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"concbench/models"
	"concbench/models/internal/leaktest"
	"concbench/models/threads/internal/futex"
)

// Threads that compute, yield, sleep and block let the lock go in every way there is; at
// no time do two of them hold it.
func TestNeverTwoHolders(t *testing.T) {
	for _, options := range []string{"interval=50us", "gil=ticks"} {
		t.Run(options, func(t *testing.T) { neverTwoHolders(t, newCrowd(t, options)) })
	}
}

func neverTwoHolders(t *testing.T, c *crowd) {
	var holders atomic.Int32
	var mutex futex.Mutex
	alone := func() {
		if holders.Add(1) != 1 {
			t.Error("two threads hold the interpreter lock")
		}
		holders.Add(-1)
	}
	c.run(t, func(main *ThreadState) {
		for i := range 6 {
			c.start("thread", func(t *ThreadState) {
				for n := range 300 {
					alone()
					switch (n + i) % 5 {
					case 0:
						t.Yield()
					case 1:
						t.Sleep(time.Microsecond)
					case 2:
						t.Block(func() error { return nil })
					case 3:
						t.Release()
						mutex.Lock()
						t.Retake()
						alone()
						mutex.Unlock()
					case 4:
						for range 200_000 {
							t.Checkpoint()
						}
					}
				}
				for c.lock.Stats().Forced == 0 {
					t.Checkpoint()
				}
			})
		}
		untilIn(main, func() bool { return c.lock.Stats().Forced > 0 })
	})
	if s := c.lock.Stats(); s.Forced == 0 || s.Voluntary == 0 || s.Waits.Count == 0 {
		t.Errorf("%+v: want every way of switching to have been used", s)
	}
}

// A thread that lets the lock go because it was asked to finds, when it goes on, that
// another has run.
func TestRequestedDropLetsAnotherRunFirst(t *testing.T) {
	c := newCrowd(t, "interval=50us")
	last, drops := -1, 0 // the lock guards them
	c.run(t, func(*ThreadState) {
		for i := range 3 {
			c.start("hog", func(thread *ThreadState) {
				for last = i; drops < 100; last = i {
					before := c.lock.Stats().Forced
					thread.Checkpoint()
					if c.lock.Stats().Forced == before {
						continue
					}
					drops++
					if last == i {
						t.Error("a thread let the lock go on request and won it straight back")
					}
				}
				last = -1
			})
		}
	})
}

// A waiter beside a thread that never blocks asks after one interval, not sooner, and has
// the lock after the next checkpoint.
func TestWaiterGetsInAfterAnIntervalAndACheckpoint(t *testing.T) {
	c, timeline := newCrowd(t, "interval=50us"), NewTimeline(1000)
	c.lock.Record(timeline)
	c.run(t, func(main *ThreadState) {
		in := false // the lock guards it
		c.start("waiter", func(*ThreadState) { in = true })
		for !in {
			asked := c.lock.breaker.Load() == breakRequest
			main.Checkpoint()
			if asked && !in {
				t.Error("the checkpoint after the request did not let the waiter in")
			}
		}
	})
	events := timeline.Events()
	first := slices.IndexFunc(events, func(e LockEvent) bool { return e.Thread.Name == "waiter" && e.Kind == Requested })
	var order []string
	for _, e := range events[first-1:] {
		order = append(order, e.Thread.Name+" "+e.Kind.String())
	}
	order = slices.Compact(order) // the kernel may keep main from its checkpoint, and the waiter asks again
	want := []string{"waiter wait begun", "waiter requested", "main forced", "waiter wait ended", "waiter taken"}
	if len(order) < len(want) || !slices.Equal(order[:len(want)], want) {
		t.Errorf("happened:\n%q\nwant:\n%q", order, want)
	}
	if patience := events[first].At - events[first-1].At; patience < 50*time.Microsecond {
		t.Errorf("the waiter asked after %v, before its interval was over", patience)
	}
}

// Between two checkpoints no other thread runs, however long one has asked.
func TestStretchWithoutCheckpointIsOneStep(t *testing.T) {
	c := newCrowd(t, "interval=50us")
	var order []string // the lock guards it
	c.run(t, func(main *ThreadState) {
		c.start("waiter", func(*ThreadState) { order = append(order, "waiter") })
		order = append(order, "begin")
		for c.lock.breaker.Load()&breakRequest == 0 {
		}
		order = append(order, "asked", "end")
		main.Checkpoint()
		order = append(order, "after")
	})
	if want := []string{"begin", "asked", "end", "waiter", "after"}; !slices.Equal(order, want) {
		t.Errorf("order is %v, want %v", order, want)
	}
}

// A thread whose interval has passed asks for the lock only if it has not changed hands
// meanwhile.
func TestChangeOfHandsStartsTheIntervalAgain(t *testing.T) {
	for _, c := range []struct {
		locked    bool
		seen, now uint64
		asks      bool
	}{
		{locked: true, seen: 7, now: 7, asks: true},
		{locked: true, seen: 7, now: 8, asks: false},
		{locked: false, seen: 7, now: 7, asks: false},
	} {
		g := &Lock{locked: c.locked, stats: Stats{Switches: c.now}}
		g.request(&ThreadState{}, c.seen)
		if asks := g.breaker.Load() == breakRequest; asks != c.asks || g.stats.Requests > 0 != c.asks {
			t.Errorf("%+v: asked %v", c, asks)
		}
	}
}

// Letting go unasked waits for no thread; letting go on request waits until another has
// taken the lock.
func TestForcedSwitchOnlyOnRequest(t *testing.T) {
	g := &Lock{kind: on, interval: time.Hour}
	a, b := &ThreadState{}, &ThreadState{}
	a.Init(g, "a")
	b.Init(g, "b")
	g.take(a)
	g.drop(a) // returns although no thread takes the lock

	g.breaker.Or(breakRequest)
	g.take(a)
	if g.breaker.Load() != 0 {
		t.Error("a request to the last holder outlived the switch")
	}

	g.breaker.Or(breakRequest)
	var returned atomic.Bool
	gone := make(chan struct{})
	go func() {
		g.switchOnRequest(a)
		returned.Store(true)
		close(gone)
	}()
	leaktest.Until(func() bool { g.switchMu.Lock(); defer g.switchMu.Unlock(); return g.switchCond.Waiting() == 1 })
	if returned.Load() {
		t.Error("a requested drop returned before another thread had the lock")
	}
	g.take(b)
	if g.breaker.Load() != 0 {
		t.Error("the request outlived the switch")
	}
	g.drop(b)
	<-gone
}

// A thread that uses another's state is told so instead of breaking the lock.
func TestForeignThreadIsRefused(t *testing.T) {
	c := newCrowd(t, "")
	c.run(t, func(main *ThreadState) {
		c.start("thief", func(*ThreadState) {
			err := models.Protect(func() error { return main.Sleep(time.Nanosecond) })
			if _, ok := err.(*models.PanicError); !ok {
				t.Errorf("a sleep by another's state: %v", err)
			}
		})
	})
}

// Two threads that yield take turns, however soon one yields after it got its turn.
func TestYieldTakesTurns(t *testing.T) {
	for _, options := range []string{"interval=100ms", "gil=ticks"} {
		t.Run(options, func(t *testing.T) { yieldTakesTurns(t, newCrowd(t, options)) })
	}
}

func yieldTakesTurns(t *testing.T, c *crowd) {
	const turns = 2000
	var order []int // the lock guards it
	body := func(t *ThreadState, i int) {
		for range turns {
			order = append(order, i)
			t.Yield()
		}
	}
	c.run(t, func(main *ThreadState) {
		other := c.start("other", func(t *ThreadState) {
			t.Wait()
			body(t, 1)
		})
		untilIn(main, other.Parked)
		other.Wake() // from here on the other is ready, be it still asleep
		body(main, 0)
	})
	for i := range len(order) - 1 {
		if order[i] == order[i+1] {
			t.Fatalf("thread %d had turns %d and %d", order[i], i, i+1)
		}
	}
}

// From the beginning of the end only the finalizer goes on: every other thread ends when
// it comes to want the lock, or at a checkpoint, and what it has deferred runs.
func TestFinalize(t *testing.T) {
	for _, options := range []string{"interval=50us", "gil=off", "gil=ticks"} {
		t.Run(options, func(t *testing.T) {
			c := newCrowd(t, options)
			var begun, deferred atomic.Int32
			c.run(t, func(main *ThreadState) {
				for _, way := range []func(*ThreadState){
					func(t *ThreadState) { t.Sleep(time.Microsecond) },
					func(t *ThreadState) { t.Checkpoint() },
					func(t *ThreadState) { t.Yield() },
				} {
					c.start("daemon", func(t *ThreadState) {
						defer deferred.Add(1)
						for begun.Add(1); ; {
							way(t)
						}
					})
				}
				untilIn(main, func() bool { return begun.Load() >= 3 })
				c.lock.Finalize(main)
				c.lock.InterruptAll()
				if main.Finalizing() {
					t.Error("the finalizer has to end, too")
				}
			})
			if deferred.Load() != 3 {
				t.Errorf("%d threads ran what they had deferred, want 3", deferred.Load())
			}
		})
	}
}
