//go:build linux && cgo

package limits

// mapsPerThread: the C library maps a stack and a guard page for each thread.
const mapsPerThread = 2
