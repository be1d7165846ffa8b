package platform

import "time"

// A Load is what the machine has done since it started, as counters whose
// differences mean something, and how busy it is now.
type Load struct {
	Time  time.Time // when it was read
	CPUs  int       // processors that are online
	Load1 float64   // load average over one minute
	Idle  float64   // seconds in which processors had nothing to do
	Steal float64   // seconds that the hypervisor took

	// Throttled is for how many seconds the quotas of this process's control
	// groups have stopped processors.
	Throttled float64
}

// Busy is the CPU time, in seconds, that the kernel and all processes have used
// since an earlier moment: what processors were neither idle nor stolen. The kernel
// measures idle time on most machines, and counts the time of processes by clock
// ticks, which errs by tens of milliseconds for those that run for less than a tick.
func (now Load) Busy(old Load) float64 {
	return float64(now.CPUs)*now.Time.Sub(old.Time).Seconds() - (now.Idle - old.Idle) - (now.Steal - old.Steal)
}
