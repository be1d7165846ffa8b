// Package kernel makes the system calls of a thread that concern only that thread:
// to sleep, to yield, to stay on one processor, and to tell its id. Waiting for
// other threads is package futex's.
package kernel

import (
	"fmt"
	"math/bits"
	"time"

	"golang.org/x/sys/unix"
)

// Sleep blocks the calling thread for d on the monotonic clock. Like CPython's
// time.sleep it sleeps to a deadline, so a signal of the Go runtime neither ends
// the sleep nor prolongs it.
func Sleep(d time.Duration) error {
	var until unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &until); err != nil {
		return fmt.Errorf("threads: clock_gettime: %w", err)
	}
	length := unix.NsecToTimespec(int64(d))
	until.Sec += length.Sec
	until.Nsec += length.Nsec
	if until.Nsec >= int64(time.Second) {
		until.Sec++
		until.Nsec -= int64(time.Second)
	}
	for {
		err := unix.ClockNanosleep(unix.CLOCK_MONOTONIC, unix.TIMER_ABSTIME, &until, nil)
		if err == nil {
			return nil
		}
		if err != unix.EINTR {
			return fmt.Errorf("threads: clock_nanosleep: %w", err)
		}
	}
}

// Yield gives the processor to another thread that is ready for it:
// sched_yield(2), which cannot fail on Linux.
func Yield() { unix.Syscall(unix.SYS_SCHED_YIELD, 0, 0, 0) }

// Pin keeps the calling thread on one processor until it ends. who is the thread's
// name in the error.
func Pin(who string, cpu int) error {
	var set unix.CPUSet
	err := error(unix.EINVAL)
	if cpu >= 0 && cpu < len(set)*bits.UintSize {
		set.Set(cpu)
		err = unix.SchedSetaffinity(0, &set)
	}
	if err != nil {
		return fmt.Errorf("threads: pin %q to processor %d: sched_setaffinity: %w; "+
			"choose one that this process may use (Cpus_allowed_list in /proc/self/status)", who, cpu, err)
	}
	return nil
}

// ThreadID is the kernel's id of the calling thread.
func ThreadID() int { return unix.Gettid() }
