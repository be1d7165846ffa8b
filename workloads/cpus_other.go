//go:build !linux

package workloads

import (
	"fmt"
	"runtime"
)

// allowedCPUs fails: this platform has no call that holds a thread to a processor.
func allowedCPUs() ([]int, error) {
	return nil, fmt.Errorf("cpu=same and cpu=cross need threads held to processors, which %s cannot do: try cpu=any", runtime.GOOS)
}

// threadID tells nothing: there is no number that every platform has.
func threadID() int { return 0 }
