package threading

import "concbench/models/threads/internal/gil"

// What can be asked of the interpreter lock.
type (
	// Stats count what happened to the lock: see [Interpreter.Stats].
	Stats = gil.Stats

	// Waits count the times that a thread found the lock held when it wanted it.
	Waits = gil.Waits

	// An Identity is the number and name of a thread in Stats and events.
	Identity = gil.Identity

	// A Timeline records what happens to the lock: see [Interpreter.Record]. Its
	// method Events gives the first events, Missed counts those for which there was no
	// room, and WriteTrace writes a file for chrome://tracing and ui.perfetto.dev.
	Timeline = gil.Timeline

	// A LockEvent is one thing that happened to the lock.
	LockEvent = gil.LockEvent

	// A LockEventKind says what happened.
	LockEventKind = gil.LockEventKind
)

// What can happen to the interpreter lock.
const (
	Taken     = gil.Taken     // the thread has it now
	Dropped   = gil.Dropped   // the thread let it go, since it is about to block or yields
	Forced    = gil.Forced    // the thread let it go at a checkpoint: see [Stats]
	Requested = gil.Requested // the thread has waited for a whole interval and asks for it
	WaitBegun = gil.WaitBegun // the thread found it held by another
	WaitEnded = gil.WaitEnded // the waiting thread found it free; Taken follows
)

// Bounds and defaults of the options of NewInterpreter.
const (
	DefaultInterval = gil.DefaultInterval // CPython's switch interval
	MinInterval     = gil.MinInterval
	MaxInterval     = gil.MaxInterval
	DefaultTicks    = gil.DefaultTicks // Python 2's check interval, in bytecodes
	MaxTicks        = gil.MaxTicks
)

// ErrNoTimeline is the error of WriteTrace on a timeline that is nil.
var ErrNoTimeline = gil.ErrNoTimeline

// NewTimeline makes a timeline that keeps at most limit events. It takes the memory for
// them now: 48 bytes per event. A limit below 1 keeps none and counts all; the largest
// is 1<<24.
func NewTimeline(limit int) *Timeline { return gil.NewTimeline(limit) }

// Stats are the counts of the interpreter lock so far.
func (in *Interpreter) Stats() Stats {
	if in.isNone() {
		return Stats{}
	}
	return in.crew.Lock.Stats()
}

// Record records what happens to the interpreter lock from now on in timeline, or
// nothing if it is nil. Call it before Run.
func (in *Interpreter) Record(timeline *Timeline) {
	if !in.isNone() {
		in.crew.Lock.Record(timeline)
	}
}
