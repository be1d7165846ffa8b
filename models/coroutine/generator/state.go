package generator

// A State says how far a generator is.
type State int32

const (
	Created   State = iota // nothing of the body has run
	Running                // the body runs, or a generator that it delegates to
	Suspended              // the body waits at a yield
	Closed                 // the body has ended, or never will begin
)

// String is the state's name in Python's inspect module, without its prefix.
func (s State) String() string {
	switch s {
	case Created:
		return "CREATED"
	case Running:
		return "RUNNING"
	case Suspended:
		return "SUSPENDED"
	case Closed:
		return "CLOSED"
	}
	return "UNKNOWN"
}
