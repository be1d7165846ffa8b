//go:build !linux

package threads

import (
	"fmt"
	"runtime"
	"time"
)

// sleep uses the Go runtime's timers where clock_nanosleep to a deadline is missing.
func sleep(d time.Duration) error {
	time.Sleep(d)
	return nil
}

func threadYield() { runtime.Gosched() }

// Pin fails: this platform cannot hold a thread to a processor.
func (t *Task) Pin(cpu int) error {
	return fmt.Errorf("threads: pin task %q to processor %d: not supported on %s", t.name, cpu, runtime.GOOS)
}

// nativeID is not told by these systems.
func nativeID() int { return 0 }
