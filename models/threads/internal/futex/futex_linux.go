//go:build !nofutex

package futex

import (
	"fmt"
	"sync/atomic"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Operations of futex(2), from linux/futex.h; x/sys does not name them. The kernel
// looks private futexes up by address in this process alone, which is cheaper.
const (
	waitPrivate = 0 | 128
	wakePrivate = 1 | 128
)

// Wait blocks the calling thread in the kernel while *word is value. A [Wake] of
// word ends the wait, and so does a timeout above 0. Wait may also return for no
// reason, so callers test their condition again.
func Wait(word *atomic.Uint32, value uint32, timeout time.Duration) (timedOut bool) {
	if timeout <= 0 {
		errno := call(word, waitPrivate, value, nil)
		check("wait", errno)
		return false
	}
	for deadline := time.Now().Add(timeout); ; timeout = time.Until(deadline) {
		if timeout <= 0 {
			return true
		}
		ts := unix.NsecToTimespec(int64(timeout))
		switch errno := call(word, waitPrivate, value, &ts); errno {
		case unix.EINTR: // the Go runtime's preemption signal: wait for the rest
		case unix.ETIMEDOUT:
			return true
		default:
			check("wait", errno)
			return false
		}
	}
}

func call(word *atomic.Uint32, op uintptr, value uint32, timeout *unix.Timespec) unix.Errno {
	_, _, errno := unix.Syscall6(unix.SYS_FUTEX, uintptr(unsafe.Pointer(word)), op,
		uintptr(value), uintptr(unsafe.Pointer(timeout)), 0, 0)
	return errno
}

// Wake wakes at most n of the threads that wait on word. The system call does not
// block, so the Go scheduler is not told of it.
func Wake(word *atomic.Uint32, n int) {
	_, _, errno := unix.RawSyscall6(unix.SYS_FUTEX, uintptr(unsafe.Pointer(word)), wakePrivate,
		uintptr(n), 0, 0, 0)
	check("wake", errno)
}

// check panics on an error that a correct program never meets: nothing built on a
// broken futex can be trusted.
func check(op string, errno unix.Errno) {
	switch errno {
	case 0, unix.EAGAIN, unix.EINTR:
	default:
		panic(fmt.Sprintf("threads: futex %s: %v", op, errno))
	}
}
