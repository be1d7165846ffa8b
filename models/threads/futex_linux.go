//go:build !nofutex

package threads

import (
	"fmt"
	"sync/atomic"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Operations of futex(2), from linux/futex.h; x/sys does not name them. Private
// futexes are looked up by address in this process alone, which is cheaper.
const (
	futexWaitPrivate = 0 | 128
	futexWakePrivate = 1 | 128
)

// futexWait blocks the calling thread in the kernel while *word is value, until
// a futexWake on it or until timeout has passed; a timeout of 0 is for ever. It
// may also return for no reason, so callers test their condition again.
func futexWait(word *atomic.Uint32, value uint32, timeout time.Duration) (timedOut bool) {
	if timeout <= 0 {
		errno := futexSyscall(word, futexWaitPrivate, value, nil)
		checkFutex("wait", errno)
		return false
	}
	for deadline := time.Now().Add(timeout); ; timeout = time.Until(deadline) {
		if timeout <= 0 {
			return true
		}
		ts := unix.NsecToTimespec(int64(timeout))
		switch errno := futexSyscall(word, futexWaitPrivate, value, &ts); errno {
		case unix.EINTR: // the runtime's preemption signal: wait for the rest
		case unix.ETIMEDOUT:
			return true
		default:
			checkFutex("wait", errno)
			return false
		}
	}
}

func futexSyscall(word *atomic.Uint32, op uintptr, value uint32, timeout *unix.Timespec) unix.Errno {
	_, _, errno := unix.Syscall6(unix.SYS_FUTEX, uintptr(unsafe.Pointer(word)), op,
		uintptr(value), uintptr(unsafe.Pointer(timeout)), 0, 0)
	return errno
}

// futexWake wakes at most n of the threads that wait on word. The call does not
// block, so the scheduler is not told of it.
func futexWake(word *atomic.Uint32, n int) {
	_, _, errno := unix.RawSyscall6(unix.SYS_FUTEX, uintptr(unsafe.Pointer(word)), futexWakePrivate,
		uintptr(n), 0, 0, 0)
	checkFutex("wake", errno)
}

// checkFutex stops the program on an error that no run of a right program can
// meet: nothing that is built on a broken futex could still be trusted.
func checkFutex(op string, errno unix.Errno) {
	switch errno {
	case 0, unix.EAGAIN, unix.EINTR:
	default:
		panic(fmt.Sprintf("threads: futex %s: %v", op, errno))
	}
}
