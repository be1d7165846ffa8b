package threads

import (
	"runtime"
	"testing"
	"time"

	"concbench/internal/platform"
	"concbench/models"
)

// newModel makes a model from options that are known to be right.
func newModel(t *testing.T, options string) *Model {
	t.Helper()
	m, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// bothLocks runs a test under the interpreter lock and without.
func bothLocks(t *testing.T, test func(t *testing.T, m *Model)) {
	for _, options := range []string{"", "gil=off"} {
		t.Run("options="+options, func(t *testing.T) { test(t, newModel(t, options)) })
	}
}

// mustRun runs main and fails the test on an error.
func mustRun(t *testing.T, m *Model, main func(models.Task) error) {
	t.Helper()
	if err := m.Run(main); err != nil {
		t.Fatal(err)
	}
}

// until lets other threads run until condition holds. That it comes to hold is
// for the test binary's own timeout to enforce.
func until(condition func() bool) {
	for !condition() {
		runtime.Gosched()
		time.Sleep(10 * time.Microsecond)
	}
}

// untilIn is until for a task, which lets its interpreter lock go meanwhile.
func untilIn(t models.Task, condition func() bool) {
	for !condition() {
		t.Block(func() error { time.Sleep(10 * time.Microsecond); return nil })
	}
}

// length counts the waiters in a queue that mu guards.
func length(mu *mutex, w *waiters) (n int) {
	mu.lock()
	defer mu.unlock()
	for t := w.first; t != nil; t = t.next {
		n++
	}
	return n
}

// someCPU is a processor that this process may use.
func someCPU(t *testing.T) int {
	t.Helper()
	cpus, err := platform.Affinity()
	if err != nil {
		t.Skip(err)
	}
	return cpus[0]
}
