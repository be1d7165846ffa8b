package goroutine

import (
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"sync"

	"concbench/models"
)

// Model runs tasks as goroutines.
type Model struct {
	procs   int // 0 leaves GOMAXPROCS as it is
	mu      sync.Mutex
	running bool
}

// New makes the model. The only option is procs, the number of processors
// (GOMAXPROCS) while Run lasts, from 1 to 1024; without it the runtime decides.
func New(options string) (*Model, error) {
	m := &Model{}
	err := models.ParseOptions(options, map[string]func(string) error{
		"procs": func(value string) (err error) {
			m.procs, err = strconv.Atoi(value)
			if err != nil || m.procs < 1 || m.procs > 1024 {
				return errors.New("want a whole number from 1 to 1024")
			}
			return nil
		},
	})
	if err != nil {
		return nil, fmt.Errorf("goroutine: %w", err)
	}
	return m, nil
}

// Name is "goroutine".
func (m *Model) Name() string { return "goroutine" }

// Options is empty or "procs=N".
func (m *Model) Options() string {
	if m.procs == 0 {
		return ""
	}
	return "procs=" + strconv.Itoa(m.procs)
}

// Reduced implements [models.Reducer]: as many processors as the runtime would take
// by itself are no option.
func (m *Model) Reduced() string {
	if m.procs == runtime.GOMAXPROCS(0) {
		return ""
	}
	return m.Options()
}

// Traits are those of goroutines; they are parallel on more than one processor.
func (m *Model) Traits() models.Traits {
	return models.Traits{Concurrent: true, Parallel: m.procs != 1, CancelWakes: true}
}

// Run implements [models.Model]. GOMAXPROCS is the process's, so two models
// with different procs must not run at the same time.
func (m *Model) Run(main func(models.Task) error) error {
	if err := m.begin(); err != nil {
		return err
	}
	defer m.end()
	if m.procs > 0 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(m.procs))
	}
	r := &run{}
	r.start(main)
	r.tasks.Wait()
	return r.first
}

func (m *Model) begin() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.running {
		return errors.New("goroutine: Run called while it is running; wait for it, or make another model")
	}
	m.running = true
	return nil
}

func (m *Model) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running = false
}

// A run is what the tasks of one Run share.
type run struct {
	tasks sync.WaitGroup
	mu    sync.Mutex
	first error // of the task that failed first
}

func (r *run) start(body func(models.Task) error) *Task {
	t := &Task{run: r, cancelled: make(chan struct{}), ended: make(chan struct{})}
	r.tasks.Go(func() {
		defer t.end()
		models.Call(func() error { return body(t) }, &t.err)
	})
	return t
}

func (r *run) report(err error) {
	if !models.Failed(err) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.first == nil {
		r.first = err
	}
}
