package coroutine

import (
	"fmt"
	"runtime"
	"sync/atomic"

	"concbench/models"
)

// A Model runs workloads on a loop made for each Run.
type Model struct{ running atomic.Bool }

// New makes the model. It has no options.
func New(options string) (*Model, error) {
	if err := models.ParseOptions(options, nil); err != nil {
		return nil, fmt.Errorf("coroutine: %w", err)
	}
	return &Model{}, nil
}

// Name is "coroutine".
func (m *Model) Name() string { return "coroutine" }

// Options is empty.
func (m *Model) Options() string { return "" }

// Traits are those of tasks that take turns on one thread.
func (m *Model) Traits() models.Traits {
	return models.Traits{Concurrent: true, CancelWakes: true, OneThread: true}
}

// Run implements [models.Model] on a loop of its own. A wait that can never end
// returns [models.ErrDeadlock].
func (m *Model) Run(main func(models.Task) error) error {
	if !m.running.CompareAndSwap(false, true) {
		return fmt.Errorf("running a model: %w", ErrRunning)
	}
	defer m.running.Store(false)
	l, err := NewLoop()
	if err != nil {
		return err
	}
	l.contract = true
	ended := make(chan struct{})
	// On a goroutine of its own, because a task's Goexit goes on in whoever closes
	// the loop.
	go func() {
		defer close(ended)
		var closing error
		defer func() {
			if err == nil {
				err = closing
			}
		}()
		defer models.Call(l.Close, &closing)
		models.Call(func() error { return l.runAll(func(t *Task) error { return main(ModelTask{t}) }) }, &err)
	}()
	<-ended
	return err
}

// A ModelTask is a task as package models knows it. Like all types that meet
// the contract here it is one pointer, so that making an interface of it does
// not allocate, and it only adds what the contract words otherwise.
type ModelTask struct{ *Task }

// own is the loop's task behind a task of the contract.
func own(t models.Task) *Task { return t.(ModelTask).Task }

// Start implements [models.Task].
func (t ModelTask) Start(name string, body func(models.Task) error) models.Handle {
	return handle{&t.Task.Start(name, func(t *Task) error { return body(ModelTask{t}) }).Task}
}

// Block implements [models.Task]: a Goexit of f is the task's.
func (t ModelTask) Block(f func() error) error {
	err := t.Task.Block(f)
	if err == models.ErrGoexit {
		runtime.Goexit()
	}
	return err
}

// Checkpoint does nothing: there is no lock to give away.
func (t ModelTask) Checkpoint() {}

// Cancelled implements [models.Task].
func (t ModelTask) Cancelled() bool { return t.Cancelling() > 0 }

// Dial implements [models.Network].
func (t ModelTask) Dial(network, address string) (models.Conn, error) {
	c, err := t.Task.Dial(network, address)
	if err != nil {
		return nil, err
	}
	return conn{c}, nil
}

// Listen implements [models.Network].
func (t ModelTask) Listen(network, address string) (models.Listener, error) {
	l, err := t.Task.Listen(network, address)
	if err != nil {
		return nil, err
	}
	return listener{l}, nil
}

// Pipe implements [models.Network].
func (t ModelTask) Pipe() (models.Conn, models.Conn, error) {
	a, b, err := t.loop.Pipe()
	if err != nil {
		return nil, nil, err
	}
	return conn{a}, conn{b}, nil
}

type handle struct{ t *Task }

func (h handle) Join(t models.Task) error { return h.t.Join(own(t)) }
func (h handle) Cancel()                  { h.t.Cancel() }

type conn struct{ *Conn }

// MoveTo does nothing: a connection serves whichever task of its loop calls it.
func (c conn) MoveTo(models.Task) {}

type listener struct{ *Listener }

func (l listener) Accept(models.Task) (models.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return conn{c}, nil
}
