//go:build linux && !cgo

package limits

// mapsPerThread: a pure Go program takes the stacks of its threads from its heap.
const mapsPerThread = 0
