package threads

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"concbench/models"
)

// Tasks that compute, yield, sleep and block let the lock go in every way there
// is; at no time do two of them hold it.
func TestNeverTwoHolders(t *testing.T) {
	for _, options := range []string{"interval=50us", "gil=ticks"} {
		t.Run(options, func(t *testing.T) { neverTwoHolders(t, newModel(t, options)) })
	}
}

func neverTwoHolders(t *testing.T, m *Model) {
	var holders atomic.Int32
	alone := func() {
		if holders.Add(1) != 1 {
			t.Error("two threads hold the interpreter lock")
		}
		holders.Add(-1)
	}
	mustRun(t, m, func(t models.Task) error {
		lock := t.NewLock()
		for i := range 6 {
			t.Start("task", func(t models.Task) error {
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
						lock.Acquire(t)
						alone()
						lock.Release(t)
					case 4:
						for range 200_000 {
							t.Checkpoint()
						}
					}
				}
				return nil
			})
		}
		return nil
	})
	if s := m.Stats(); s.Forced == 0 || s.Voluntary == 0 || s.Waits.Count == 0 {
		t.Errorf("%+v: want every way of switching to have been used", s)
	}
}

// A task that lets the lock go because it was asked to finds, when it goes on,
// that another has run.
func TestRequestedDropLetsAnotherRunFirst(t *testing.T) {
	m := newModel(t, "interval=50us")
	last, drops := -1, 0 // the interpreter lock guards them
	mustRun(t, m, func(task models.Task) error {
		for i := range 3 {
			task.Start("hog", func(task models.Task) error {
				for last = i; drops < 100; last = i {
					before := m.Stats().Forced
					task.Checkpoint()
					if m.Stats().Forced == before {
						continue
					}
					drops++
					if last == i {
						t.Error("a task let the lock go on request and won it straight back")
					}
				}
				return nil
			})
			last = -1
		}
		return nil
	})
}

// A waiter beside a task that never blocks asks after one interval, not sooner,
// and has the lock after the next checkpoint.
func TestWaiterGetsInAfterAnIntervalAndACheckpoint(t *testing.T) {
	m, timeline := newModel(t, "interval=50us"), NewTimeline(1000)
	m.Record(timeline)
	mustRun(t, m, func(task models.Task) error {
		in := false // the interpreter lock guards it
		event := task.NewEvent()
		task.Start("waiter", func(task models.Task) error {
			err := event.Wait(task)
			in = true
			return err
		})
		event.Set(task)
		for !in {
			asked := task.(*Task).gil.breaker.Load() == breakRequest
			task.Checkpoint()
			if asked && !in {
				t.Error("the checkpoint after the request did not let the waiter in")
			}
		}
		return nil
	})
	events := timeline.Events()
	first := slices.IndexFunc(events, func(e LockEvent) bool { return e.Task == "waiter" && e.Kind == Requested })
	var order []string
	for _, e := range events[first-1:] {
		order = append(order, e.Task+" "+e.Kind.String())
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

// Between two checkpoints nobody else runs, however long somebody has asked.
func TestStretchWithoutCheckpointIsOneStep(t *testing.T) {
	m := newModel(t, "interval=50us")
	var order []string // the interpreter lock guards it
	mustRun(t, m, func(t models.Task) error {
		event := t.NewEvent()
		h := t.Start("waiter", func(t models.Task) error {
			err := event.Wait(t)
			order = append(order, "waiter")
			return err
		})
		event.Set(t)
		order = append(order, "begin")
		for t.(*Task).gil.breaker.Load()&breakRequest == 0 {
		}
		order = append(order, "asked", "end")
		t.Checkpoint()
		order = append(order, "after")
		return h.Join(t)
	})
	if want := []string{"begin", "asked", "end", "waiter", "after"}; !slices.Equal(order, want) {
		t.Errorf("order is %v, want %v", order, want)
	}
}

// Whose interval has passed asks for the lock only if it is held by whom it was
// held before.
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
		g := &gil{locked: c.locked, stats: Stats{Switches: c.now}}
		g.request(&Task{}, c.seen)
		if asks := g.breaker.Load() == breakRequest; asks != c.asks || g.stats.Requests > 0 != c.asks {
			t.Errorf("%+v: asked %v", c, asks)
		}
	}
}

// Letting go unasked waits for nobody; letting go on request waits until
// somebody has taken the lock.
func TestForcedSwitchOnlyOnRequest(t *testing.T) {
	g := &gil{kind: gilOn, interval: time.Hour}
	a, b := &Task{name: "a"}, &Task{name: "b"}
	g.take(a)
	g.drop(a) // returns although nobody takes the lock

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
	until(func() bool { g.switchMu.lock(); defer g.switchMu.unlock(); return g.switchCond.waiters == 1 })
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

// Every one of many hand-offs wakes its thread: one that did not would stop the test.
func TestNoLostWakeUp(t *testing.T) {
	bothLocks(t, func(t *testing.T, m *Model) { passRound(t, m, 16_000, false) })
	t.Run("ticks", func(t *testing.T) { passRound(t, newModel(t, "gil=ticks"), 16_000, false) })
	t.Run("a million on one processor", func(t *testing.T) {
		if testing.Short() {
			t.Skip("takes three seconds")
		}
		passRound(t, newModel(t, ""), 1_000_000, true)
	})
}

// passRound hands a turn round a ring of threads.
func passRound(t *testing.T, m *Model, turns int, onOneCPU bool) {
	const threads = 8
	count := 0
	mustRun(t, m, func(task models.Task) error {
		var turn []models.Lock
		for range threads {
			l := task.NewLock()
			l.Acquire(task)
			turn = append(turn, l)
		}
		for i := range threads {
			task.Start("ring", func(task models.Task) error {
				if onOneCPU {
					if err := task.(models.Pinner).Pin(someCPU(t)); err != nil {
						return err
					}
				}
				for range turns / threads {
					turn[i].Acquire(task)
					count++
					turn[(i+1)%threads].Release(task)
				}
				return nil
			})
		}
		return turn[0].Release(task)
	})
	if count != turns {
		t.Errorf("%d turns, want %d", count, turns)
	}
}

// A thread that uses another's task is told so instead of breaking the lock.
func TestForeignTaskIsRefused(t *testing.T) {
	m := newModel(t, "")
	var panicked *models.PanicError
	mustRun(t, m, func(main models.Task) error {
		h := main.Start("thief", func(t models.Task) error {
			err := models.Protect(func() error { return main.Sleep(time.Nanosecond) })
			panicked, _ = err.(*models.PanicError)
			return nil
		})
		return h.Join(main)
	})
	if panicked == nil {
		t.Error("a sleep by another's task went unnoticed")
	}
}

// Two tasks that yield take turns, however soon one yields after it got its turn.
func TestYieldTakesTurns(t *testing.T) {
	m := newModel(t, "interval=100ms")
	const turns = 2000
	var order []int // the interpreter lock guards it
	mustRun(t, m, func(t models.Task) error {
		body := func(i int) func(models.Task) error {
			return func(t models.Task) error {
				for range turns {
					order = append(order, i)
					t.Yield()
				}
				return nil
			}
		}
		gate := t.NewEvent()
		other := t.Start("other", func(t models.Task) error {
			if err := gate.Wait(t); err != nil {
				return err
			}
			return body(1)(t)
		})
		gate.Set(t) // from here on the other is ready, be it still asleep
		if err := body(0)(t); err != nil {
			return err
		}
		return other.Join(t)
	})
	for i := range len(order) - 1 {
		if order[i] == order[i+1] {
			t.Fatalf("task %d had turns %d and %d", order[i], i, i+1)
		}
	}
}
