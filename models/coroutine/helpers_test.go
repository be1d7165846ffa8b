package coroutine

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"
)

var errTest = errors.New("test error")

// newLoop makes a loop that is closed at the end of the test, when no
// goroutine and no descriptor of the test may be left.
func newLoop(t *testing.T) *Loop {
	t.Helper()
	before := openDescriptors(t)
	l, err := NewLoop()
	if err != nil {
		t.Fatal(err)
	}
	stop := watchdog(t)
	t.Cleanup(func() {
		stop()
		if err := l.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
		goleak.VerifyNone(t)
		if after := openDescriptors(t); after != before {
			t.Errorf("%d descriptors are open, %d were before", after, before)
		}
	})
	return l
}

func openDescriptors(t *testing.T) int {
	t.Helper()
	if runtime.GOOS != "linux" {
		return 0
	}
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// watchdog ends the test binary with all stacks when a test hangs.
func watchdog(t *testing.T) (stop func()) {
	timer := time.AfterFunc(20*time.Second, func() {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		panic(fmt.Sprintf("%s hangs:\n%s", t.Name(), stacks))
	})
	return func() { timer.Stop() }
}

// run runs main on a new loop.
func run(t *testing.T, main func(*Task) error) {
	t.Helper()
	if err := newLoop(t).Run(main); err != nil {
		t.Errorf("Run: %v", err)
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
