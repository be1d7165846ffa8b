package goroutine

import (
	"fmt"
	"runtime"

	"golang.org/x/sys/unix"
)

// Pin implements [models.Pinner]. The goroutine is locked to a thread for the
// rest of its life, and takes the thread with it when it ends, so the affinity
// cannot reach another goroutine.
func (t *Task) Pin(cpu int) error {
	runtime.LockOSThread()
	var set unix.CPUSet
	set.Set(cpu)
	if err := unix.SchedSetaffinity(0, &set); err != nil {
		return fmt.Errorf("sched_setaffinity to processor %d: %w; is it online and allowed?", cpu, err)
	}
	return nil
}
