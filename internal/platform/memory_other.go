//go:build !linux

package platform

import "concbench/results"

// ProcessMemory reads what the process holds now.
func ProcessMemory(pid int, label string) (results.Memory, error) {
	return results.Memory{Label: label}, unsupported("the memory of another process")
}
