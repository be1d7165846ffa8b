package threads

import (
	"encoding/json"
	"io"
	"os"
	"time"
)

// A traceEvent is one in the Trace Event Format of Chrome's about:tracing, which
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
// ui.perfetto.dev: a row for each thread, with the stretches in which it held
// the interpreter lock and waited for it, and the instants at which it asked. A
// stretch that has not ended yet is left out. A nil timeline is ErrNoTimeline.
func (l *Timeline) WriteTrace(w io.Writer) error {
	if l == nil {
		return ErrNoTimeline
	}
	trace := []traceEvent{}
	open := map[stretch]time.Duration{}
	named := map[int]bool{}
	for _, e := range l.Events() {
		if !named[e.Thread] {
			named[e.Thread] = true
			trace = append(trace, e.trace("thread_name", "M", map[string]any{"name": e.Task}))
		}
		switch e.Kind {
		case Taken:
			open[stretch{e.Thread, "holds"}] = e.At
		case WaitBegun:
			open[stretch{e.Thread, "waits"}] = e.At
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

// A stretch is what a thread is in the midst of.
type stretch struct {
	thread int
	name   string
}

func (e LockEvent) trace(name, phase string, args map[string]any) traceEvent {
	return traceEvent{Name: name, Phase: phase, At: microseconds(e.At), PID: os.Getpid(), TID: e.Thread, Args: args}
}

// since is the stretch that e ends.
func (e LockEvent) since(open map[stretch]time.Duration, name string, args map[string]any) traceEvent {
	trace := e.trace(name, "X", args)
	trace.At = microseconds(open[stretch{e.Thread, name}])
	lasts := microseconds(e.At) - trace.At
	trace.Lasts = &lasts
	return trace
}

func microseconds(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
