//go:build amd64 || arm64

package coroutine

// goroutine tells goroutines apart, in a nanosecond, where the kernel needs a
// hundred to tell threads apart. A task that waited on another goroutine than
// its own would be a fatal error of the Go runtime, which no recover helps.
func goroutine() uintptr
