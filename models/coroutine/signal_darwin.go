package coroutine

import "syscall"

const lastSignal = syscall.Signal(31)

func reservedSignal(syscall.Signal) bool { return false }
