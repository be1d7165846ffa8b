package platform

// A Load is what the machine has done since it started, as counters whose
// differences mean something, and how busy it is now.
type Load struct {
	Load1 float64 // load average over one minute
	Busy  float64 // CPU seconds of all processes
	Steal float64 // seconds that the hypervisor took

	// Throttled is for how many seconds the quotas of this process's control
	// groups have stopped processors.
	Throttled float64
}
