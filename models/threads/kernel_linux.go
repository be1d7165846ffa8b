package threads

import (
	"fmt"
	"math/bits"
	"time"

	"golang.org/x/sys/unix"
)

// sleep blocks the calling thread until d has passed on the monotonic clock. As
// CPython's time.sleep it sleeps to a deadline, so that a signal of the runtime
// neither ends nor prolongs it.
func sleep(d time.Duration) error {
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

// threadYield is sched_yield(2), which cannot fail on Linux.
func threadYield() { unix.Syscall(unix.SYS_SCHED_YIELD, 0, 0, 0) }

// Pin holds the task's thread to one processor until it ends.
func (t *Task) Pin(cpu int) error {
	var set unix.CPUSet
	err := error(unix.EINVAL)
	if cpu >= 0 && cpu < len(set)*bits.UintSize {
		set.Set(cpu)
		err = unix.SchedSetaffinity(0, &set)
	}
	if err != nil {
		return fmt.Errorf("threads: pin task %q to processor %d: sched_setaffinity: %w; "+
			"choose one that this process may use (Cpus_allowed_list in /proc/self/status)", t.name, cpu, err)
	}
	return nil
}

// nativeID is the kernel's number of the calling thread.
func nativeID() int { return unix.Gettid() }
