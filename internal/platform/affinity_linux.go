package platform

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// Affinity returns the processors that the calling thread may run on, in order.
func Affinity() ([]int, error) {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		return nil, fmt.Errorf("read the processor affinity: %w", err)
	}
	var cpus []int
	for cpu := 0; len(cpus) < set.Count(); cpu++ {
		if set.IsSet(cpu) {
			cpus = append(cpus, cpu)
		}
	}
	return cpus, nil
}

// SetAffinity holds the calling thread, and the processes it starts from now
// on, to the given processors. The caller has locked the goroutine to its thread.
func SetAffinity(cpus []int) error {
	var set unix.CPUSet
	for _, cpu := range cpus {
		set.Set(cpu)
	}
	if err := unix.SchedSetaffinity(0, &set); err != nil {
		return fmt.Errorf("hold the thread to the processors %v: %w", cpus, err)
	}
	return nil
}
