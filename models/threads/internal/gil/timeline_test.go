package gil

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"testing"
	"time"
	"unsafe"
)

// The counters tell who waited and how long, and who holds the lock.
func TestStats(t *testing.T) {
	c := newCrowd(t, "interval=1ms")
	waiter := c.contend(t)
	s, own := c.lock.Stats(), waiter.LockWaits()
	if own.Count == 0 || own.Longest < time.Millisecond || own.Total < own.Longest {
		t.Errorf("the waiter's waits are %+v, want one of a whole interval in them", own)
	}
	if s.Waits.Count < own.Count || s.Waits.Longest < own.Longest || s.LongestBy == (Identity{}) {
		t.Errorf("%+v: the waits of all are less than those of one, %+v", s, own)
	}
	if s.Holder.String() != "no thread" {
		t.Errorf("%v holds the lock after the run", s.Holder)
	}
}

// Threads of one name are told apart by their numbers, and a name may change.
func TestIdentity(t *testing.T) {
	c, timeline := newCrowd(t, ""), NewTimeline(100)
	c.lock.Record(timeline)
	holders := map[Identity]bool{}
	c.run(t, func(main *ThreadState) {
		holders[c.lock.Stats().Holder] = true
		main.SetName("chief")
		holders[c.lock.Stats().Holder] = true
		for range 2 {
			c.start("worker", func(*ThreadState) { holders[c.lock.Stats().Holder] = true })
		}
	})
	want := map[Identity]bool{{1, "main"}: true, {1, "chief"}: true, {2, "worker"}: true, {3, "worker"}: true}
	if !maps.Equal(holders, want) {
		t.Errorf("the lock was held by %v, want %v", holders, want)
	}
	numbers := map[int64]bool{}
	for _, e := range timeline.Events() {
		numbers[e.Thread.Ident] = true
	}
	if len(numbers) != 3 {
		t.Errorf("the timeline has threads %v, want 3", numbers)
	}
}

// Between a take and the drop that follows no other thread takes, and each thread's
// waits begin and end in turn.
func TestTimelineIsConsistent(t *testing.T) {
	for _, options := range []string{"interval=50us", "gil=ticks"} {
		t.Run(options, func(t *testing.T) {
			c, timeline := newCrowd(t, options), NewTimeline(100_000)
			c.lock.Record(timeline)
			c.contend(t)
			holder, waiting := int64(0), map[int64]bool{}
			var last time.Duration
			for _, e := range timeline.Events() {
				thread := e.Thread.Ident
				switch {
				case e.At < last:
					t.Errorf("%+v comes after %v", e, last)
				case e.Kind == Taken && holder != 0,
					(e.Kind == Dropped || e.Kind == Forced) && holder != thread,
					e.Kind == Requested && (!waiting[thread] || holder == 0),
					e.Kind == WaitBegun && waiting[thread],
					e.Kind == WaitEnded && !waiting[thread]:
					t.Errorf("%v by %d, while %d holds the lock and %v wait", e.Kind, thread, holder, waiting)
				}
				last = e.At
				switch e.Kind {
				case Taken:
					holder = thread
				case Dropped, Forced:
					holder = 0
				case WaitBegun, WaitEnded:
					waiting[thread] = e.Kind == WaitBegun
				}
			}
			if last == 0 || holder != 0 {
				t.Errorf("the last of the events is at %v, and %d holds the lock then", last, holder)
			}
		})
	}
}

// A timeline keeps as many events as it has room for, and starts anew when it is given
// to a lock.
func TestTimelineIsBounded(t *testing.T) {
	small, none := NewTimeline(3), NewTimeline(-1)
	for range 2 {
		c := newCrowd(t, "")
		c.lock.Record(small)
		c.contend(t)
		if events := small.Events(); len(events) != 3 || events[0].Thread.Name != "main" || events[0].Kind != Taken || small.Missed() == 0 {
			t.Errorf("%d events, %d missed, the first is %+v", len(events), small.Missed(), events[0])
		}
	}
	c := newCrowd(t, "")
	c.lock.Record(none)
	c.contend(t)
	if len(none.Events()) != 0 || none.Missed() == 0 {
		t.Error("a timeline with no room kept something or did not count")
	}
	if room := cap(NewTimeline(1 << 62).events); room != MaxTimeline {
		t.Errorf("the largest timeline has room for %d events", room)
	}
	if size := unsafe.Sizeof(LockEvent{}); size != 48 {
		t.Errorf("an event takes %d bytes; NewTimeline promises 48", size)
	}
}

func TestWriteTrace(t *testing.T) {
	l, main, other := NewTimeline(10), Identity{1, "main"}, Identity{2, "other"}
	l.events = append(l.events, []LockEvent{
		{1000, Taken, main, 70}, {2000, WaitBegun, other, 0}, {7000, Requested, other, 0},
		{7500, Forced, main, 70}, {8000, WaitEnded, other, 0}, {8000, Taken, other, 0},
	}...)
	var b bytes.Buffer
	if err := l.WriteTrace(&b); err != nil {
		t.Fatal(err)
	}
	var trace struct{ TraceEvents []traceEvent }
	if err := json.Unmarshal(b.Bytes(), &trace); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range trace.TraceEvents {
		line := fmt.Sprint(e.Phase, e.TID, " ", e.Name)
		if e.Lasts != nil {
			line += " " + time.Duration((e.At+*e.Lasts)*1000).String()
		}
		got = append(got, line)
	}
	want := []string{"M70 thread_name", "M2 thread_name", "i2 asks", "X70 holds 7.5µs", "X2 waits 8µs"}
	if !slices.Equal(got, want) {
		t.Errorf("the trace is %q, want %q", got, want)
	}
	if err := (*Timeline)(nil).WriteTrace(io.Discard); !errors.Is(err, ErrNoTimeline) {
		t.Errorf("the trace of no timeline: %v", err)
	}
}

func TestEventKindsHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for k := Taken; k <= WaitEnded+1; k++ {
		seen[k.String()] = true
	}
	if len(seen) != int(WaitEnded)+2 || !seen["LockEventKind(6)"] {
		t.Errorf("the names are %v", seen)
	}
}
