//go:build !linux

package kernel

import (
	"fmt"
	"runtime"
	"time"
)

// Sleep uses the Go runtime's timers: there is no clock_nanosleep to a deadline.
func Sleep(d time.Duration) error {
	time.Sleep(d)
	return nil
}

// Yield gives the processor to another goroutine.
func Yield() { runtime.Gosched() }

// Pin fails: this platform cannot keep a thread on one processor.
func Pin(who string, cpu int) error {
	return fmt.Errorf("threads: pin %q to processor %d: not supported on %s", who, cpu, runtime.GOOS)
}

// ThreadID is 0: this platform does not tell.
func ThreadID() int { return 0 }
