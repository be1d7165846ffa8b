package workloads

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// allowedCPUs are the processors that the calling thread may run on, in order.
// Package platform has the same for the runner; trials do without what it links.
func allowedCPUs() ([]int, error) {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		return nil, fmt.Errorf("reading the processors this thread may use: %w", err)
	}
	var cpus []int
	for cpu := 0; len(cpus) < set.Count(); cpu++ {
		if set.IsSet(cpu) {
			cpus = append(cpus, cpu)
		}
	}
	return cpus, nil
}

// threadID is the kernel's number of the calling thread.
func threadID() int { return unix.Gettid() }
