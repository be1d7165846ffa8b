package trial

import (
	"os"

	"golang.org/x/sys/unix"
)

// runnerCPU is the CPU time that the runner has taken so far, in seconds. The
// kernel has a clock of it that everyone may read; its number is made from that
// of the process as in clock_getcpuclockid(3).
func runnerCPU() (float64, error) {
	const schedulerTime = 2
	clock := int32(^os.Getppid())<<3 | schedulerTime
	var t unix.Timespec
	if err := unix.ClockGettime(clock, &t); err != nil {
		return 0, err
	}
	return float64(t.Sec) + float64(t.Nsec)/1e9, nil
}
