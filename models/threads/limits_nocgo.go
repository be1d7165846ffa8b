//go:build linux && !cgo

package threads

// mapsPerThread: the stacks of a pure Go program come from its heap.
const mapsPerThread = 0
