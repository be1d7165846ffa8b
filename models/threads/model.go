package threads

import (
	"errors"
	"sync/atomic"

	"concbench/models"
)

// A Model runs every task on an operating-system thread of its own.
type Model struct {
	options options
	probe   func() ceiling      // how many threads there may be
	current atomic.Pointer[run] // the Run in progress, or the last one
	running atomic.Bool

	timeline atomic.Pointer[Timeline]
}

// New makes a model from key=value pairs separated by commas; an empty text
// means the defaults.
//
//	gil=on|off|ticks  on: one thread runs at a time, as in CPython 3.2 to 3.11.
//	                  off: free-threaded. ticks: as in Python 2.
//	interval=5ms      the switch interval under gil=on, from MinInterval to MaxInterval
//	ticks=100         how many checkpoints a thread keeps the lock under gil=ticks, up
//	                  to MaxTicks
func New(options string) (*Model, error) {
	o, err := parseOptions(options)
	if err != nil {
		return nil, err
	}
	return &Model{options: o, probe: systemCeiling}, nil
}

// Name is "threads".
func (m *Model) Name() string { return "threads" }

// Options are the settings that differ from the defaults.
func (m *Model) Options() string { return m.options.String() }

// Traits tell that a cancel is only a flag, and that without the interpreter
// lock tasks run at the same instant.
func (m *Model) Traits() models.Traits {
	return models.Traits{Concurrent: true, Parallel: m.options.gil == gilOff, ThreadEach: true}
}

// Stats are the counts of the Run in progress, or else of the last one. They
// are zero under gil=off, where there is nothing to count.
func (m *Model) Stats() Stats {
	if r := m.current.Load(); r != nil {
		return r.gil.snapshot()
	}
	return Stats{}
}

// Run runs main on a thread of its own, as [models.Model] says. The number of
// processors of the Go scheduler is raised while it runs (see procs.go).
func (m *Model) Run(main func(models.Task) error) error {
	if !m.running.CompareAndSwap(false, true) {
		return errors.New("threads: Run was called while the same model runs; make another model for it")
	}
	defer m.running.Store(false)
	timeline := m.timeline.Load()
	if timeline != nil {
		timeline.start()
	}
	r := newRun(m.options, timeline, m.probe)
	m.current.Store(r)
	procsEnter()
	defer procsLeave()

	t := r.newTask("main")
	if err := r.admit(t); err != nil {
		return err
	}
	go t.main(main, nil)
	<-r.ended
	return r.firstErr
}
