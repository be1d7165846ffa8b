package protocol

import (
	"time"

	"concbench/results"
)

// OutputFD is the descriptor on which a trial writes its messages.
const OutputFD = 3

// ServeArgument makes the worker program a page server: it writes the address
// that it listens on as a line on standard output, and ends when its standard
// input does.
const ServeArgument = "serve"

// IdentityArgument makes the worker program write its [Identity] as a line on
// standard output, and end.
const IdentityArgument = "identity"

// A Spec is what a trial is to do.
type Spec struct {
	Trial   results.Planned `json:"trial"`
	Started time.Time       `json:"started"`         // when the runner began to start the process
	Pages   string          `json:"pages,omitempty"` // address of the page server
	URLs    []string        `json:"urls,omitempty"`
	ItemSec float64         `json:"item_sec,omitempty"` // of the run
}

// A Message is one line from a trial. One field is set.
type Message struct {
	Hello  string          `json:"hello,omitempty"`  // the trial's Build
	Memory string          `json:"memory,omitempty"` // label of the reading that is asked for
	Record *results.Record `json:"record,omitempty"`
}

// A Reply answers a trial that asked for a reading of its memory.
type Reply struct {
	Memory results.Memory `json:"memory"`
	Error  string         `json:"error,omitempty"`
}
