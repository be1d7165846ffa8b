package traces

import (
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// nothingLeft begins to watch for goroutines and descriptors. The check that it
// returns fails the test if there are more of them than now.
func nothingLeft(t *testing.T) (check func()) {
	t.Helper()
	descriptors, goroutines := openDescriptors(t), goleak.IgnoreCurrent()
	return func() {
		t.Helper()
		goleak.VerifyNone(t, goroutines)
		if after := openDescriptors(t); after != descriptors {
			t.Errorf("%d descriptors are open, %d were before", after, descriptors)
		}
	}
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

// watchdog ends the test binary with all stacks when a twin hangs.
func watchdog(t *testing.T, patience time.Duration) (stop func()) {
	timer := time.AfterFunc(patience, func() {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		panic(fmt.Sprintf("%s hangs:\n%s", t.Name(), stacks))
	})
	return func() { timer.Stop() }
}
