package cpuclock

import "golang.org/x/sys/unix"

// Of is the CPU time that the process has taken so far, in seconds.
func Of(pid int) (float64, error) {
	const schedulerTime = 2
	clock := int32(^pid)<<3 | schedulerTime
	var t unix.Timespec
	if err := unix.ClockGettime(clock, &t); err != nil {
		return 0, err
	}
	return float64(t.Sec) + float64(t.Nsec)/1e9, nil
}
