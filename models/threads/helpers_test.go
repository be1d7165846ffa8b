package threads

import (
	"testing"
	"time"

	"concbench/models"
	"concbench/models/threads/internal/futex"
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

// bothLocks runs a test with the interpreter lock and without.
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

// untilIn is leaktest.Until for a task, which lets its interpreter lock go meanwhile.
func untilIn(t models.Task, condition func() bool) {
	for !condition() {
		t.Block(func() error { time.Sleep(10 * time.Microsecond); return nil })
	}
}

// length counts the waiters in a queue that mu guards.
func length(mu *futex.Mutex, w *waiters) (n int) {
	mu.Lock()
	defer mu.Unlock()
	for t := w.first; t != nil; t = t.next {
		n++
	}
	return n
}
