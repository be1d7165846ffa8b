package coroutine

import "syscall"

const lastSignal = syscall.Signal(64)

// reservedSignal is for those that the C library and the Go runtime keep to
// themselves.
func reservedSignal(s syscall.Signal) bool { return s == 32 || s == 33 }
