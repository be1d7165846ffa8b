//go:build !linux

package workloads

import (
	"fmt"
	"runtime"
)

// twoCPUs fails: this platform has no call that holds a thread to a processor.
func twoCPUs() ([]int, error) {
	return nil, fmt.Errorf("cpu=cross needs threads held to processors, which %s cannot do: try cpu=any", runtime.GOOS)
}
