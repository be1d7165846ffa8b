package threads

import (
	"errors"
	"sync/atomic"

	"concbench/models"
	"concbench/models/threads/internal/crew"
	"concbench/models/threads/internal/futex"
	"concbench/models/threads/internal/gil"
	"concbench/models/threads/limits"
	"concbench/models/threads/threading"
)

// A Model runs every task on an operating-system thread of its own.
type Model struct {
	options gil.Options
	probe   func() limits.Ceiling // how many threads there may be; nil asks the system
	current atomic.Pointer[run]   // the Run in progress, or the last one
	running atomic.Bool

	timeline atomic.Pointer[threading.Timeline]
}

// New makes a model from key=value pairs separated by commas; an empty text means the
// defaults.
//
//	gil=on|off|ticks  on: one thread runs at a time, as in CPython 3.2 to 3.11.
//	                  off: free-threaded. ticks: as in Python 2.
//	interval=5ms      the switch interval under gil=on, from 50us to 100ms
//	ticks=100         how many checkpoints a thread keeps the lock for under gil=ticks,
//	                  up to 1000000
func New(options string) (*Model, error) {
	o, err := gil.ParseOptions(options)
	if err != nil {
		return nil, err
	}
	return &Model{options: o}, nil
}

// Name is "threads".
func (m *Model) Name() string { return "threads" }

// Options are the settings that differ from the defaults.
func (m *Model) Options() string { return m.options.String() }

// Traits tell that a cancel is only a flag, and that without the interpreter lock
// tasks run at the same instant.
func (m *Model) Traits() models.Traits {
	return models.Traits{Concurrent: true, Parallel: m.options.Parallel(), ThreadEach: true}
}

// Stats are the counts of the Run in progress, or else of the last one. They are zero
// under gil=off, where there is nothing to count.
func (m *Model) Stats() threading.Stats {
	if r := m.current.Load(); r != nil {
		return r.Lock.Stats()
	}
	return threading.Stats{}
}

// Record records the following Runs of m in timeline, each from its start. nil ends
// that. A Run in progress is not affected.
func (m *Model) Record(timeline *threading.Timeline) { m.timeline.Store(timeline) }

// Run runs main on a thread of its own, as [models.Model] says. Meanwhile the Go
// scheduler has more processors (see internal/crew).
func (m *Model) Run(main func(models.Task) error) error {
	if !m.running.CompareAndSwap(false, true) {
		return errors.New("threads: Run was called while the same model runs; make another model for it")
	}
	defer m.running.Store(false)
	r := &run{Crew: crew.New(m.options, m.probe)}
	r.Lock.Record(m.timeline.Load())
	m.current.Store(r)
	crew.Begin()
	defer crew.End()

	t := r.newTask("main")
	if err := r.Admit("main"); err != nil {
		return err
	}
	go t.main(main, nil)
	r.Wait()
	return r.firstErr
}

// A run is one call of Model.Run.
type run struct {
	*crew.Crew

	mu       futex.Mutex
	firstErr error // of the task that failed first in time
}

func (r *run) newTask(name string) *Task {
	t := &Task{run: r}
	t.state.Init(&r.Lock, name)
	return t
}

// fail keeps err if it is the first failure of the run.
func (r *run) fail(err error) {
	if !models.Failed(err) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.firstErr == nil {
		r.firstErr = err
	}
}
