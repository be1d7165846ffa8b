package workloads

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// twoCPUs are two processors that this process may run on.
func twoCPUs() ([]int, error) {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		return nil, fmt.Errorf("reading the processors this process may use: %w", err)
	}
	var cpus []int
	for cpu := 0; cpu < len(set)*64 && len(cpus) < 2; cpu++ {
		if set.IsSet(cpu) {
			cpus = append(cpus, cpu)
		}
	}
	if len(cpus) < 2 {
		return nil, fmt.Errorf("cpu=cross needs two processors and this process may use only processor %v: try cpu=same", cpus)
	}
	return cpus, nil
}
