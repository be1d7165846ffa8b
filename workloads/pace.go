package workloads

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// A workload that computes for a given time does a given number of items, and
// the same number in every trial of a run: what it then takes longer is what
// sharing the processor cost it. How long an item takes is found once, before
// the first trial, and kept with the run.

// The bounds of a pace. Beyond them it is not of a machine that runs.
const (
	minPace = 10 * time.Nanosecond
	maxPace = 10 * time.Millisecond
)

// batches are how often [MeasurePace] tries.
const batches = 50

// MeasurePace finds how long an item of computing takes on this machine alone,
// within about a seventh of a second.
func MeasurePace() time.Duration {
	wall, _ := itemTime(batches)
	return wall
}

// itemTime is what an item costs in a process that does nothing else, in time and
// in processor time: the least of several batches, since disturbance only ever adds.
func itemTime(batches int) (wall, cpu time.Duration) {
	const items = 1000
	c := newComputer(1)
	wall, cpu = maxPace, maxPace
	for range batches {
		begin, used := time.Now(), processorTime()
		for range items {
			c.item()
		}
		wall = min(wall, time.Since(begin)/items)
		cpu = min(cpu, (processorTime()-used)/items)
	}
	return max(wall, minPace), cpu
}

// processorTime is what this process has used so far; 0 if the kernel does not tell.
func processorTime() time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// itemsIn is how many items take so long at the run's pace, which must be known.
func (t *Trial) itemsIn(d time.Duration) (int, error) {
	if t.Pace < minPace || t.Pace > maxPace {
		return 0, fmt.Errorf("the run says that an item of computing takes %v: want %v to %v, as MeasurePace finds", t.Pace, minPace, maxPace)
	}
	return max(1, int(d/t.Pace)), nil
}
