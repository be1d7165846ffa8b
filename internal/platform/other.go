//go:build !linux

package platform

import (
	"fmt"

	"concbench/results"
)

// Affinity returns the processors that the calling thread may run on, in order.
func Affinity() ([]int, error) { return nil, unsupported("processor affinity") }

// SetAffinity holds the calling thread, and the processes it starts from now
// on, to the given processors. The caller has locked the goroutine to its thread.
func SetAffinity(cpus []int) error { return unsupported("processor affinity") }

// ProcessMemory reads what the process holds now.
func ProcessMemory(pid int, label string) (results.Memory, error) {
	return results.Memory{Label: label}, unsupported("the memory of another process")
}

// ReadLoad reads the counters as they stand now.
func ReadLoad() (Load, error) { return Load{}, unsupported("the machine's load") }

func unsupported(what string) error { return fmt.Errorf("%s: %w", what, ErrUnsupported) }
