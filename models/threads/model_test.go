package threads

import (
	"testing"

	"concbench/models"
	"concbench/models/threads/threading"
)

func TestOptions(t *testing.T) {
	for text, parallel := range map[string]bool{"": false, "gil=off": true, "gil=ticks": false} {
		m := newModel(t, text)
		if m.Options() != text || m.Name() != "threads" || m.Traits().Parallel != parallel {
			t.Errorf("New(%q): %s %q has the traits %+v", text, m.Name(), m.Options(), m.Traits())
		}
	}
	if _, err := New("gil=maybe"); err == nil {
		t.Error("New of a wrong option: no error")
	}
}

func TestRunWhileRunning(t *testing.T) {
	m := newModel(t, "")
	mustRun(t, m, func(models.Task) error {
		if err := m.Run(func(models.Task) error { return nil }); err == nil {
			t.Error("Run inside Run succeeded")
		}
		return nil
	})
}

// Each Run is recorded and counted anew, until recording ends.
func TestRecord(t *testing.T) {
	m, timeline := newModel(t, ""), threading.NewTimeline(100)
	m.Record(timeline)
	join := func(task models.Task) error {
		if holder := m.Stats().Holder.Name; holder != "main" {
			t.Errorf("%q holds the lock while main looks", holder)
		}
		return task.Start("child", func(models.Task) error { return nil }).Join(task)
	}
	for range 2 {
		mustRun(t, m, join)
		events := timeline.Events()
		if len(events) == 0 || events[0].Thread != (threading.Identity{Ident: 1, Name: "main"}) || events[0].Kind != threading.Taken {
			t.Errorf("the events are %+v", events)
		}
		if s := m.Stats(); s.Switches != 3 { // main, child, main
			t.Errorf("%+v: want 3 switches", s)
		}
	}
	before := len(timeline.Events())
	m.Record(nil)
	mustRun(t, m, join)
	if len(timeline.Events()) != before {
		t.Error("a Run was recorded after Record(nil)")
	}
}

// The waits of a task for the lock are told by its handle.
func TestLockWaits(t *testing.T) {
	m := newModel(t, "interval=1ms")
	mustRun(t, m, func(task models.Task) error {
		event, in := task.NewEvent(), false // the interpreter lock guards in
		waiter := task.Start("waiter", func(task models.Task) error {
			err := event.Wait(task)
			in = true
			return err
		})
		event.Set(task)
		for !in {
			task.Checkpoint()
		}
		if waits := waiter.(handle).LockWaits(); waits.Count == 0 || waits.Longest < waits.Total/4 {
			t.Errorf("the waiter's waits are %+v", waits)
		}
		return waiter.Join(task)
	})
}
