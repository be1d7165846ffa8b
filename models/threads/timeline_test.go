package threads

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"concbench/models"
)

// contend makes a task wait for the interpreter lock while main computes.
func contend(t *testing.T, m *Model) (waiter models.Handle) {
	mustRun(t, m, func(task models.Task) error {
		event, in := task.NewEvent(), false
		waiter = task.Start("waiter", func(task models.Task) error {
			err := event.Wait(task)
			in = true
			return err
		})
		event.Set(task)
		for !in {
			task.Checkpoint()
		}
		return nil
	})
	return waiter
}

// The counters tell who waited and how long, and who holds the lock.
func TestStats(t *testing.T) {
	m := newModel(t, "interval=1ms")
	waiter := contend(t, m)
	s, own := m.Stats(), waiter.(handle).LockWaits()
	if own.Count == 0 || own.Longest < time.Millisecond || own.Total < own.Longest {
		t.Errorf("the waiter's waits are %+v, want one of a whole interval in them", own)
	}
	if s.Waits.Count < own.Count || s.Waits.Longest < own.Longest || s.LongestBy == "" {
		t.Errorf("%+v: the waits of all are less than those of one, %+v", s, own)
	}
	if s.Holder != "" {
		t.Errorf("%q holds the lock after the Run", s.Holder)
	}
	mustRun(t, m, func(models.Task) error {
		if holder := m.Stats().Holder; holder != "main" {
			t.Errorf("%q holds the lock while main looks", holder)
		}
		return nil
	})
}

// Between a take and the drop that follows nobody else takes, and each thread's
// waits begin and end in turn.
func TestTimelineIsConsistent(t *testing.T) {
	for _, options := range []string{"interval=50us", "gil=ticks"} {
		t.Run(options, func(t *testing.T) {
			m, timeline := newModel(t, options), NewTimeline(100_000)
			m.Record(timeline)
			contend(t, m)
			holder, waiting := 0, map[int]bool{}
			var last time.Duration
			for _, e := range timeline.Events() {
				switch {
				case e.At < last:
					t.Errorf("%+v comes after %v", e, last)
				case e.Kind == Taken && holder != 0,
					(e.Kind == Dropped || e.Kind == Forced) && holder != e.Thread,
					e.Kind == Requested && (!waiting[e.Thread] || holder == 0),
					e.Kind == WaitBegun && waiting[e.Thread],
					e.Kind == WaitEnded && !waiting[e.Thread]:
					t.Errorf("%v by %d, while %d holds the lock and %v wait", e.Kind, e.Thread, holder, waiting)
				}
				last = e.At
				switch e.Kind {
				case Taken:
					holder = e.Thread
				case Dropped, Forced:
					holder = 0
				case WaitBegun, WaitEnded:
					waiting[e.Thread] = e.Kind == WaitBegun
				}
			}
			if last == 0 || holder != 0 {
				t.Errorf("the last of the events is at %v, and %d holds the lock then", last, holder)
			}
		})
	}
}

// A timeline keeps as many events as it has room for, and starts anew with a Run.
func TestTimelineIsBounded(t *testing.T) {
	m, small, other := newModel(t, ""), NewTimeline(3), NewTimeline(-1)
	m.Record(small)
	for range 2 {
		contend(t, m)
		if events := small.Events(); len(events) != 3 || events[0].Task != "main" || events[0].Kind != Taken || small.Missed() == 0 {
			t.Errorf("%d events, %d missed, the first is %+v", len(events), small.Missed(), events[0])
		}
	}
	m.Record(other)
	contend(t, m)
	if len(other.Events()) != 0 || other.Missed() == 0 {
		t.Error("a timeline with no room kept something or did not count")
	}
	before := other.Missed()
	m.Record(nil)
	contend(t, m)
	if other.Missed() != before {
		t.Error("a Run was recorded after Record(nil)")
	}
}

func TestWriteTrace(t *testing.T) {
	l := NewTimeline(10)
	l.events = append(l.events, []LockEvent{
		{1000, Taken, 7, "main"}, {2000, WaitBegun, 8, "other"}, {7000, Requested, 8, "other"},
		{7500, Forced, 7, "main"}, {8000, WaitEnded, 8, "other"}, {8000, Taken, 8, "other"},
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
		line := e.Phase + " " + e.Name
		if e.Lasts != nil {
			line += " " + time.Duration((e.At+*e.Lasts)*1000).String()
		}
		got = append(got, line)
	}
	want := []string{"M thread_name", "M thread_name", "i asks", "X holds 7.5µs", "X waits 8µs"}
	if !slices.Equal(got, want) {
		t.Errorf("the trace is %q, want %q", got, want)
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

// An interpreter's lock is recorded in the same way.
func TestInterpreterIsRecorded(t *testing.T) {
	in, err := NewInterpreter("")
	if err != nil {
		t.Fatal(err)
	}
	timeline := NewTimeline(100)
	in.Record(timeline)
	if err := in.Run(func(*Thread) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if events := timeline.Events(); len(events) == 0 || events[0].Kind != Taken || events[0].Thread == 0 {
		t.Errorf("the events are %+v", events)
	}
}
