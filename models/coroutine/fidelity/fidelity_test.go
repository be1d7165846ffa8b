package fidelity

import (
	"testing"

	"concbench/models/internal/traces"
)

func suite() traces.Suite {
	s := traces.Suite{Twins: map[string]traces.Twin{}, Scripts: 40, Timed: timed}
	for name, twin := range twins {
		s.Twins[name] = func(out *traces.Output) error { return twin(&output{out}) }
	}
	return s
}

func TestTwins(t *testing.T)               { suite().SameTraces(t) }
func TestEveryScriptHasATwin(t *testing.T) { suite().Complete(t) }
func TestTracesAgainstPython(t *testing.T) { suite().AgainstPython(t) }
func TestRecord(t *testing.T)              { suite().Record(t) }

// An output takes what a twin prints.
type output struct{ *traces.Output }

// print is Python's print.
func (o *output) print(words ...any) { o.Print(words...) }
