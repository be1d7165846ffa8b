//go:build !linux

package platform

// Affinity returns the processors that the calling thread may run on, in order.
func Affinity() ([]int, error) { return nil, unsupported("processor affinity") }

// SetAffinity holds the calling thread, and the processes it starts from now
// on, to the given processors. The caller has locked the goroutine to its thread.
func SetAffinity(cpus []int) error { return unsupported("processor affinity") }
