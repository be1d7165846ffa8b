package models_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"concbench/models"
	"concbench/models/internal/leaktest"
	"concbench/models/registry"
)

// subjects are the models that must keep the contract, each with its options.
var subjects = []struct{ name, options string }{
	{"coroutine", ""},
	{"threads", ""},
	{"threads", "interval=50us"},
	{"threads", "gil=off"},
	{"threads", "gil=ticks"},
	{"goroutine", ""},
	{"goroutine", "procs=1"},
	{"serial", ""},
}

// each runs a conformance test once for every model that has the trait the
// test needs.
func each(t *testing.T, needs func(models.Traits) bool, test func(t *testing.T, m models.Model)) {
	for _, s := range subjects {
		t.Run(fmt.Sprintf("%s %s", s.name, s.options), func(t *testing.T) {
			m, err := registry.New(s.name, s.options)
			if err != nil {
				t.Fatal(err)
			}
			if !needs(m.Traits()) {
				return
			}
			defer leaktest.NothingLeft(t)()
			test(t, m)
		})
	}
}

func anyModel(models.Traits) bool       { return true }
func concurrent(tr models.Traits) bool  { return tr.Concurrent }
func sequential(tr models.Traits) bool  { return !tr.Concurrent }
func cancelWakes(tr models.Traits) bool { return tr.CancelWakes }

// mustRun runs main and fails the test on an error.
func mustRun(t *testing.T, m models.Model, main func(models.Task) error) {
	t.Helper()
	if err := m.Run(main); err != nil {
		t.Fatalf("Run: %v", err)
	}
}

// settle gives the other tasks time to get to where they wait. The contract
// has no way to ask whether a task waits.
func settle(t models.Task) { t.Sleep(20 * time.Millisecond) }

// A log is a list of what happened, in order.
type log struct {
	mu    sync.Mutex
	lines []string
}

func (l *log) add(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, fmt.Sprintf(format, args...))
}

func (l *log) expect(t *testing.T, want ...string) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	if !slices.Equal(l.lines, want) {
		t.Errorf("happened:\n%q\nwant:\n%q", l.lines, want)
	}
}
