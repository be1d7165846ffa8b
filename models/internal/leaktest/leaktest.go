// Package leaktest is what the tests of the models share: it sees that a test
// leaves nothing behind and does not hang.
//
//	defer leaktest.NothingLeft(t)()
//
// Goroutines and descriptors are counted in the whole process, so it is not for
// tests that run beside others.
package leaktest

import (
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// patience is far more than any test takes, also on a machine that is busy with
// others. The test binary's own limit is ten minutes, for all tests together.
const patience = time.Minute

// NothingLeft begins to watch for goroutines, descriptors and a hang. The check
// that it returns ends that, and fails the test if there are more than before.
// Fewer descriptors are no error: what an earlier test has forgotten may be
// collected.
func NothingLeft(t testing.TB) (check func()) {
	t.Helper()
	stop := watchdog(t) // first: with its first timer the Go runtime opens its own descriptors
	descriptors, goroutines := Descriptors(t), goleak.IgnoreCurrent()
	return func() {
		t.Helper()
		stop()
		goleak.VerifyNone(t, goroutines)
		if after := Descriptors(t); after > descriptors {
			t.Errorf("%d descriptors are open, %d were before", after, descriptors)
		}
	}
}

// Descriptors counts the open descriptors, one of which is that of the count. It
// can do so on Linux; elsewhere the number is 0.
func Descriptors(t testing.TB) int {
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
func watchdog(t testing.TB) (stop func()) {
	timer := time.AfterFunc(patience, func() {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		panic(fmt.Sprintf("%s hangs:\n%s", t.Name(), stacks))
	})
	return func() { timer.Stop() }
}

// Until lets other goroutines run until condition holds. A condition that never
// holds is for the watchdog of [NothingLeft], or the test binary's own limit.
func Until(condition func() bool) {
	for !condition() {
		runtime.Gosched()
		time.Sleep(10 * time.Microsecond)
	}
}
