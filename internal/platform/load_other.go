//go:build !linux

package platform

// ReadLoad reads the counters as they stand now.
func ReadLoad() (Load, error) { return Load{}, unsupported("the machine's load") }
