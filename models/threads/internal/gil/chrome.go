package gil

import (
	"encoding/json"
	"io"
	"os"
	"time"
)

// A traceEvent is an event in the Trace Event Format of Chrome's about:tracing, which
// Perfetto reads as well. Times are in microseconds.
type traceEvent struct {
	Name  string         `json:"name"`
	Phase string         `json:"ph"` // X: a stretch; i: an instant; M: about the thread
	At    float64        `json:"ts"`
	Lasts *float64       `json:"dur,omitempty"`
	PID   int            `json:"pid"`
	TID   int            `json:"tid"`
	Args  map[string]any `json:"args,omitempty"`
}

// WriteTrace writes the events so far as JSON for chrome://tracing and
// ui.perfetto.dev. Each thread is a row with the stretches in which it held the
// interpreter lock or waited for it, and the instants at which it asked for it. A
// stretch that has not ended yet is left out. The error is ErrNoTimeline if l is nil,
// or else that of w.
func (l *Timeline) WriteTrace(w io.Writer) error {
	if l == nil {
		return ErrNoTimeline
	}
	trace := []traceEvent{}
	open := map[stretch]time.Duration{}
	named := map[int64]bool{}
	for _, e := range l.Events() {
		if !named[e.Thread.Ident] {
			named[e.Thread.Ident] = true
			trace = append(trace, e.trace("thread_name", "M", map[string]any{"name": e.Thread.Name}))
		}
		switch e.Kind {
		case Taken:
			open[stretch{e.Thread.Ident, "holds"}] = e.At
		case WaitBegun:
			open[stretch{e.Thread.Ident, "waits"}] = e.At
		case Requested:
			trace = append(trace, e.trace("asks", "i", map[string]any{"s": "t"}))
		case Dropped, Forced:
			trace = append(trace, e.since(open, "holds", map[string]any{"ended": e.Kind.String()}))
		case WaitEnded:
			trace = append(trace, e.since(open, "waits", nil))
		}
	}
	return json.NewEncoder(w).Encode(map[string]any{"traceEvents": trace, "displayTimeUnit": "ns"})
}

// A stretch is a hold or a wait of a thread.
type stretch struct {
	thread int64
	name   string
}

// trace gives the thread its kernel id as other tracers do, or else its number here.
func (e LockEvent) trace(name, phase string, args map[string]any) traceEvent {
	tid := e.Native
	if tid == 0 {
		tid = int(e.Thread.Ident)
	}
	return traceEvent{Name: name, Phase: phase, At: microseconds(e.At), PID: os.Getpid(), TID: tid, Args: args}
}

// since gives the stretch that ends with e.
func (e LockEvent) since(open map[stretch]time.Duration, name string, args map[string]any) traceEvent {
	trace := e.trace(name, "X", args)
	trace.At = microseconds(open[stretch{e.Thread.Ident, name}])
	lasts := microseconds(e.At) - trace.At
	trace.Lasts = &lasts
	return trace
}

func microseconds(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
