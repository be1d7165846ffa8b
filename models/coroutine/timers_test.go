package coroutine

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"concbench/models/internal/order"
)

// Whatever is scheduled, cancelled and awaited in whatever order: what comes
// out is what was due and not cancelled, earliest first.
func TestTimerHeap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h timerHeap
		var live []*Timer
		now := time.Duration(0)
		t.Repeat(map[string]func(*rapid.T){
			"schedule": func(t *rapid.T) {
				for range rapid.IntRange(1, 80).Draw(t, "timers") {
					timer := &Timer{when: now + time.Duration(rapid.IntRange(-5, 50).Draw(t, "delay"))}
					h.push(timer)
					live = append(live, timer)
				}
			},
			"cancel": func(t *rapid.T) {
				for range rapid.IntRange(0, len(live)).Draw(t, "cancels") {
					i := rapid.IntRange(0, len(live)-1).Draw(t, "which")
					live[i].Cancel()
					live[i].Cancel()
					live = slices.Delete(live, i, i+1)
				}
			},
			"wait": func(t *rapid.T) {
				now += time.Duration(rapid.IntRange(0, 30).Draw(t, "wait"))
				live = checkDue(t, &h, live, now)
			},
			"": func(t *rapid.T) { checkHeap(t, &h, len(live)) },
		})
	})
}

// checkDue takes what is due out of the heap, compares it with live, and
// returns what is left of live.
func checkDue(t *rapid.T, h *timerHeap, live []*Timer, now time.Duration) []*Timer {
	var ready order.Ring[*Handle]
	h.dropCancelled()
	h.due(now, &ready)
	due := map[*Handle]time.Duration{}
	live = slices.DeleteFunc(live, func(timer *Timer) bool {
		if timer.when <= now {
			due[&timer.Handle] = timer.when
		}
		return timer.when <= now
	})
	last := time.Duration(-1 << 62)
	for ready.Len() > 0 {
		handle := ready.Pop()
		if handle.cancelled {
			continue // below a live one when it came out; the loop skips it
		}
		when, ok := due[handle]
		if !ok || when < last {
			t.Fatalf("at %d a timer of %d came out after one of %d (due: %v)", now, when, last, ok)
		}
		delete(due, handle)
		last = when
	}
	if len(due) > 0 {
		t.Fatalf("at %d, %d timers that are due did not come out", now, len(due))
	}
	return live
}

func checkHeap(t *rapid.T, h *timerHeap, live int) {
	gone := 0
	for i, e := range h.entries {
		if e.timer.cancelled {
			gone++
		}
		if i > 0 && h.entries[(i-1)/2].when > e.when {
			t.Fatalf("entry %d is earlier than its parent", i)
		}
	}
	if gone != h.cancelled || len(h.entries)-gone != live {
		t.Fatalf("the heap holds %d timers and counts %d cancelled; there are %d and %d", len(h.entries), h.cancelled, live+gone, gone)
	}
}

func TestCancelledTimersAreDroppedLazily(t *testing.T) {
	for _, c := range []struct{ timers, cancel, left int }{
		{100, 99, 100}, // few timers are never rebuilt
		{101, 50, 101}, // half are not enough
		{101, 51, 50},
		{102, 51, 102},
		{10_000, 9_000, 1_000},
	} {
		var h timerHeap
		var all []*Timer
		for i := range c.timers {
			all = append(all, &Timer{when: time.Duration(i)})
			h.push(all[i])
		}
		for _, timer := range all[c.timers-c.cancel:] { // not the one at the top
			timer.Cancel()
		}
		h.dropCancelled()
		if len(h.entries) != c.left {
			t.Errorf("of %d timers, %d cancelled, the heap keeps %d, want %d", c.timers, c.cancel, len(h.entries), c.left)
		}
	}
}

func TestCancelledTimersLeaveFromTheTop(t *testing.T) {
	var h timerHeap
	var all []*Timer
	for i := range 10 {
		all = append(all, &Timer{when: time.Duration(i)})
		h.push(all[i])
	}
	for _, i := range []int{0, 1, 5} {
		all[i].Cancel()
	}
	h.dropCancelled()
	if len(h.entries) != 8 || h.cancelled != 1 {
		t.Errorf("the heap keeps %d timers, %d of them cancelled; want 8 and 1", len(h.entries), h.cancelled)
	}
}

// The first time that there is comes at once, not after the difference to now
// has overflown.
func TestTimersOfTheDistantPast(t *testing.T) {
	l := newLoop(t)
	for _, at := range []time.Duration{math.MinInt64, -1} {
		if _, err := l.CallAt(at, l.Stop); err != nil {
			t.Fatal(err)
		}
		if err := l.RunForever(); err != nil {
			t.Fatal(err)
		}
	}
}

// A heap that was rebuilt is in order to its last entry.
func TestTheRebuiltHeapIsInOrder(t *testing.T) {
	for timers := fewTimers + 1; timers < fewTimers+100; timers++ {
		var h timerHeap
		for i := range timers {
			timer := &Timer{when: time.Duration(i * 7919 % timers)}
			h.push(timer)
			if i%3 > 0 {
				timer.Cancel()
			}
		}
		h.rebuild()
		for i := 1; i < len(h.entries); i++ {
			if h.entries[i].when < h.entries[(i-1)/2].when {
				t.Fatalf("of %d timers: entry %d is earlier than its parent", timers, i)
			}
		}
	}
}
