package noise

import (
	"slices"

	"concbench/results"
)

// A Cause is what disturbs a trial.
type Cause string

// The causes.
const (
	Hypervisor Cause = "the hypervisor"
	Others     Cause = "other processes"
	Quota      Cause = "a CPU quota"
	Settings   Cause = "changed settings"
)

// All are the causes, in the order in which they are told.
var All = []Cause{Others, Hypervisor, Quota, Settings}

// What may be taken of a trial before it counts as disturbed: a share of its
// time, and above it what the kernel's numbers, in hundredths of a second, blur.
const (
	stolenShare = 0.01 // by the hypervisor
	othersShare = 0.05 // by other processes, of one processor
	floor       = 0.02 // seconds
)

// Of are the causes by which the trial was disturbed.
func Of(r results.Record) []Cause {
	var causes []Cause
	for _, c := range All {
		if by(c, r) {
			causes = append(causes, c)
		}
	}
	return causes
}

func by(c Cause, r results.Record) bool {
	switch c {
	case Hypervisor:
		return r.Machine.Steal > floor+stolenShare*wall(r)
	case Others:
		return others(r) > floor+othersShare*wall(r)
	case Quota:
		return r.Machine.Throttled > 0
	}
	return len(r.Settings) > 0
}

// Known reports whether the system told what the machine did during the trial.
func Known(r results.Record) bool {
	return r.Machine != results.Noise{}
}

// wall is the time that the trial took, in seconds.
func wall(r results.Record) float64 {
	if r.Took > 0 {
		return r.Took
	}
	return r.Startup.Wall + r.Usage.Wall
}

// oursBeside are the workloads during which processes of this program work
// beside the trial, or after it: Download has its page server, and Memory the end
// of tens of thousands of threads.
var oursBeside = []string{"Download", "Memory"}

// others is how much CPU time other processes used during a trial, in seconds.
// Runs of before the runner counted its own know it only of some trials: those
// with a number, beside which nothing of this program works.
func others(r results.Record) float64 {
	switch {
	case r.Machine.Own > 0:
		return r.Machine.Busy - r.Machine.Own
	case r.Status != results.OK || slices.Contains(oursBeside, r.Cell.Workload):
		return 0
	}
	return r.Machine.Busy - r.Usage.UserCPU - r.Usage.SystemCPU - r.Startup.UserCPU - r.Startup.SystemCPU
}
