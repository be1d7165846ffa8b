package gil

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"concbench/models/threads/internal/futex"
)

// A Timeline records what happens to the interpreter lock. It keeps the first events,
// up to its limit, and counts the others, so that it costs a known amount of memory.
type Timeline struct {
	mu     futex.Mutex
	begin  time.Time
	events []LockEvent
	missed uint64
}

// A LockEvent is one thing that happened to the interpreter lock.
type LockEvent struct {
	At     time.Duration // since the recording began
	Kind   LockEventKind
	Thread Identity
	Native int // the kernel's id of the thread; 0 where the system does not tell it
}

// A LockEventKind says what happened.
type LockEventKind uint8

// What can happen to the interpreter lock.
const (
	Taken     LockEventKind = iota // the thread has it now
	Dropped                        // the thread let it go, since it is about to block or yields
	Forced                         // the thread let it go at a checkpoint: see [Stats]
	Requested                      // the thread has waited for a whole interval and asks for it
	WaitBegun                      // the thread found it held by another
	WaitEnded                      // the waiting thread found it free; Taken follows
)

func (k LockEventKind) String() string {
	names := []string{"taken", "dropped", "forced", "requested", "wait begun", "wait ended"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("LockEventKind(%d)", k)
}

// ErrNoTimeline is the error of a trace of a timeline that is nil.
var ErrNoTimeline = errors.New("threads: a timeline was expected, got nil")

// MaxTimeline is the largest limit of a timeline: 0.8 GB of events.
const MaxTimeline = 1 << 24

// NewTimeline makes a timeline that keeps at most limit events. It takes the memory
// for them now: 48 bytes per event. A limit below 1 keeps none and counts all; one
// above MaxTimeline means MaxTimeline.
func NewTimeline(limit int) *Timeline {
	return &Timeline{events: make([]LockEvent, 0, min(max(limit, 0), MaxTimeline))}
}

// Events are the events so far, in order of time.
func (l *Timeline) Events() []LockEvent {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.events)
}

// Missed is the number of events for which there was no room.
func (l *Timeline) Missed() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.missed
}

// Start empties the timeline, and begins its time.
func (l *Timeline) Start() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.begin, l.events, l.missed = time.Now(), l.events[:0], 0
}

func (l *Timeline) add(t *ThreadState, kind LockEventKind) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.events) == cap(l.events) {
		l.missed++
		return
	}
	l.events = append(l.events, LockEvent{At: time.Since(l.begin), Kind: kind, Thread: t.identity(), Native: t.id})
}

// Record records what happens from now on in timeline, or nothing if it is nil. No
// thread may be using the lock yet.
func (g *Lock) Record(timeline *Timeline) {
	if timeline != nil {
		timeline.Start()
	}
	g.timeline = timeline
}

// record adds an event to the timeline, if there is one.
func (g *Lock) record(t *ThreadState, kind LockEventKind) {
	if g.timeline != nil {
		g.timeline.add(t, kind)
	}
}
