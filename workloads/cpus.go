package workloads

import (
	"fmt"
	"slices"
)

// twoCPUs are two processors that this process may run on.
func twoCPUs() ([]int, error) {
	cpus, err := allowedCPUs()
	if err == nil && len(cpus) < 2 {
		err = fmt.Errorf("cpu=cross needs two processors and this process may use only processor %v: try cpu=same", cpus)
	}
	if err != nil {
		return nil, err
	}
	return cpus[:2], nil
}

// onOneCPU returns an error unless this process may run on one processor only.
func onOneCPU() error {
	cpus, err := allowedCPUs()
	if err == nil && len(cpus) > 1 {
		err = fmt.Errorf("cpu=same needs a process that is held to one processor, and this one may use %v: have bench run start it, or try cpu=any", cpus)
	}
	return err
}

// heldTo returns an error unless the calling thread may run on that processor only.
func heldTo(cpu int) error {
	cpus, err := allowedCPUs()
	if err == nil && !slices.Equal(cpus, []int{cpu}) {
		err = fmt.Errorf("the model says that it holds a task to processor %d, and its thread may use %v", cpu, cpus)
	}
	return err
}
