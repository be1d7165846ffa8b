package platform

import "time"

// A Load is what the machine has done since it started, as counters whose
// differences mean something, and how busy it is now.
type Load struct {
	Time  time.Time // when it was read
	CPUs  int       // processors that are online
	Load1 float64   // load average over one minute
	Idle  float64   // seconds in which processors had nothing to do
	Ticks float64   // seconds of CPU time of processes and interrupts, by clock ticks
	Steal float64   // seconds that the hypervisor took

	// Throttled is for how many seconds the quotas of this process's control
	// groups have stopped processors.
	Throttled float64
}

// Busy is the CPU time, in seconds, that all processes have used since an earlier
// moment, by the smaller of two counts that err in different ways. Clock ticks
// err by tens of milliseconds for processes that run for less than a tick at a time.
// The rest of idle time, which most kernels measure, holds the way into idleness and
// out of it: some microseconds for each time that a processor falls asleep, which for
// tasks that wake each other across processors is a seventh of the time.
func (now Load) Busy(old Load) float64 {
	span := float64(now.CPUs) * now.Time.Sub(old.Time).Seconds()
	return min(now.Ticks-old.Ticks, span-(now.Idle-old.Idle)-(now.Steal-old.Steal))
}
