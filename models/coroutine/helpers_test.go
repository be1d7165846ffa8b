package coroutine

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"concbench/models/internal/leaktest"
)

var errTest = errors.New("test error")

// newLoop makes a loop that is closed and checked at the end of the test.
func newLoop(t *testing.T) *Loop {
	t.Helper()
	l, finish := checkedLoop(t)
	t.Cleanup(finish)
	return l
}

// run runs main on a new loop.
func run(t *testing.T, main func(*Task) error) {
	t.Helper()
	l, finish := checkedLoop(t)
	defer finish()
	err := l.runAll(func(task *Task) error {
		defer expectLoopThread(t, l)
		expectLoopThread(t, l)
		return main(task)
	})
	if err != nil {
		t.Errorf("Run: %v", err)
	}
}

// expectLoopThread asserts that the caller is on the loop's thread.
func expectLoopThread(t *testing.T, l *Loop) {
	t.Helper()
	if id := threadID(); id != l.ThreadID() {
		t.Errorf("on thread %d, the loop's is %d", id, l.ThreadID())
	}
}

// checkedLoop makes a loop. finish closes it, when no goroutine and no
// descriptor that was opened since may be left.
func checkedLoop(t *testing.T) (l *Loop, finish func()) {
	t.Helper()
	check := leaktest.NothingLeft(t)
	l, err := NewLoop()
	if err != nil {
		t.Fatal(err)
	}
	return l, func() {
		t.Helper()
		if err := l.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
		check()
	}
}

// A trace is what happened, in order.
type trace []string

func (tr *trace) add(format string, args ...any) { *tr = append(*tr, fmt.Sprintf(format, args...)) }

// adds is a callback that adds a line.
func (tr *trace) adds(line string) func() { return func() { tr.add("%s", line) } }

func (tr trace) expect(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(tr, want) {
		t.Errorf("happened:\n%q\nwant:\n%q", []string(tr), want)
	}
}

// rounds lets n rounds of the loop go by.
func rounds(t *Task, n int) {
	for range n {
		t.Yield()
	}
}

// countRounds keeps count of the loop's rounds from now on: the number is that
// of the round that runs.
func countRounds(l *Loop) *int {
	n := new(int)
	var tick func()
	tick = func() {
		*n++
		l.CallSoon(tick)
	}
	tick()
	return n
}
