package threads

import (
	"fmt"
	"slices"
	"time"
)

// A Timeline records what happens to the interpreter lock while a model runs:
// see [Model.Record]. It keeps the first events, up to its limit, and counts the
// others, so that it costs a known amount of memory.
type Timeline struct {
	mu     mutex
	begin  time.Time
	events []LockEvent
	missed uint64
}

// A LockEvent is one thing that happened to the interpreter lock.
type LockEvent struct {
	At     time.Duration // since the Run began
	Kind   LockEventKind
	Thread int    // the kernel's id; 0 where there is none to be had
	Task   string // its name
}

// A LockEventKind says what happened.
type LockEventKind uint8

// What can happen to the interpreter lock.
const (
	Taken     LockEventKind = iota // the thread has it now
	Dropped                        // it let it go, since it is about to block or yields
	Forced                         // it let it go at a checkpoint: see [Stats]
	Requested                      // it has waited for a whole interval and asks for it
	WaitBegun                      // it found it held by another
	WaitEnded                      // it found it free after that; Taken follows
)

func (k LockEventKind) String() string {
	names := []string{"taken", "dropped", "forced", "requested", "wait begun", "wait ended"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("LockEventKind(%d)", k)
}

// NewTimeline makes a timeline that keeps at most limit events, for which the
// memory is taken now: 48 bytes each. A limit below 1 keeps none and counts all.
func NewTimeline(limit int) *Timeline {
	return &Timeline{events: make([]LockEvent, 0, max(limit, 0))}
}

// Record has the following Runs of m recorded in timeline, each from its start,
// or no longer if it is nil. A Run in progress is not affected.
func (m *Model) Record(timeline *Timeline) { m.timeline.Store(timeline) }

// Record has what happens from now on recorded in timeline, or nothing if it is
// nil. Call it before Run.
func (in *Interpreter) Record(timeline *Timeline) {
	if timeline != nil {
		timeline.start()
	}
	in.run.gil.timeline = timeline
}

// Events are the events so far, in order of time.
func (l *Timeline) Events() []LockEvent {
	l.mu.lock()
	defer l.mu.unlock()
	return slices.Clone(l.events)
}

// Missed is the number of events for which there was no room.
func (l *Timeline) Missed() uint64 {
	l.mu.lock()
	defer l.mu.unlock()
	return l.missed
}

// start empties the timeline for a new Run.
func (l *Timeline) start() {
	l.mu.lock()
	defer l.mu.unlock()
	l.begin, l.events, l.missed = time.Now(), l.events[:0], 0
}

func (l *Timeline) add(t *Task, kind LockEventKind) {
	l.mu.lock()
	defer l.mu.unlock()
	if len(l.events) == cap(l.events) {
		l.missed++
		return
	}
	l.events = append(l.events, LockEvent{At: time.Since(l.begin), Kind: kind, Thread: t.tid, Task: t.name})
}

// record adds an event, if anybody wants to know.
func (g *gil) record(t *Task, kind LockEventKind) {
	if g.timeline != nil {
		g.timeline.add(t, kind)
	}
}
