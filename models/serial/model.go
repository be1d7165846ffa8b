package serial

import (
	"errors"
	"fmt"
	"time"

	"concbench/internal/stdnet"
	"concbench/models"
)

// Model runs tasks one after another.
type Model struct{ running bool }

// New makes the model. It has no options.
func New(options string) (*Model, error) {
	if err := models.ParseOptions(options, nil); err != nil {
		return nil, fmt.Errorf("serial: %w", err)
	}
	return &Model{}, nil
}

// Name is "serial".
func (m *Model) Name() string { return "serial" }

// Options is empty.
func (m *Model) Options() string { return "" }

// Traits has none: one task runs at a time, on whichever thread the Go runtime has for it.
func (m *Model) Traits() models.Traits { return models.Traits{} }

// Run implements [models.Model]. It is not to be called from two goroutines at once.
func (m *Model) Run(main func(models.Task) error) error {
	if m.running {
		return errors.New("serial: Run called while it is running; wait for it, or make another model")
	}
	m.running = true
	defer func() { m.running = false }()
	r := &run{}
	r.call(main)
	return r.first
}

// A run keeps the first error.
type run struct{ first error }

// call runs body to its end, on a goroutine of its own that it waits for: a body
// that calls runtime.Goexit would end its caller otherwise.
func (r *run) call(body func(models.Task) error) *Task {
	t := &Task{run: r}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		models.Call(func() error { return body(t) }, &t.err)
	}()
	<-ended
	if r.first == nil && models.Failed(t.err) {
		r.first = t.err
	}
	return t
}

// A Task is one call of a body. Once it has returned it is its own handle.
type Task struct {
	run *run
	err error
}

// Start runs body to its end.
func (t *Task) Start(_ string, body func(models.Task) error) models.Handle { return t.run.call(body) }

// Sleep implements [models.Task].
func (t *Task) Sleep(d time.Duration) error {
	time.Sleep(d)
	return nil
}

// Yield does nothing: nobody else is ready.
func (t *Task) Yield() error { return nil }

// Checkpoint does nothing: there is no interpreter lock.
func (t *Task) Checkpoint() {}

// Block calls f.
func (t *Task) Block(f func() error) error { return models.Protect(f) }

// Cancelled is false: a task has ended before anyone could cancel it.
func (t *Task) Cancelled() bool { return false }

// Join implements [models.Handle].
func (t *Task) Join(models.Task) error { return t.err }

// Cancel does nothing, for the same reason.
func (t *Task) Cancel() {}

// Dial implements [models.Network].
func (t *Task) Dial(network, address string) (models.Conn, error) {
	return stdnet.Dial(network, address)
}

// Listen implements [models.Network].
func (t *Task) Listen(network, address string) (models.Listener, error) {
	return stdnet.Listen(network, address)
}

// Pipe implements [models.Network].
func (t *Task) Pipe() (models.Conn, models.Conn, error) { return stdnet.Pipe() }
