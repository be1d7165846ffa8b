package fidelity

import (
	"testing"

	"concbench/models/internal/traces"
	"concbench/models/threads/threading"
)

// A program is a script that runs as the main thread of an interpreter.
type program func(out *traces.Output, t *threading.Thread) error

// suite runs every twin in an interpreter with these options.
func suite(options string) traces.Suite {
	s := traces.Suite{Twins: map[string]traces.Twin{}, Scripts: 33}
	for name, main := range twins {
		s.Twins[name] = func(out *traces.Output) error {
			in, err := threading.NewInterpreter(options)
			if err != nil {
				return err
			}
			return in.Run(func(t *threading.Thread) error { return main(out, t) })
		}
	}
	return s
}

func TestTwins(t *testing.T)               { suite("").SameTraces(t) }
func TestTwinsFreeThreaded(t *testing.T)   { suite("gil=off").SameTraces(t) }
func TestTwinsAndTicks(t *testing.T)       { suite("gil=ticks").SameTraces(t) }
func TestEveryScriptHasATwin(t *testing.T) { suite("").Complete(t) }
func TestTracesAgainstPython(t *testing.T) { suite("").AgainstPython(t) }
func TestRecord(t *testing.T)              { suite("").Record(t) }
