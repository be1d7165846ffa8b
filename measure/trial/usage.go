package trial

import (
	"runtime/metrics"
	"time"

	"golang.org/x/sys/unix"

	"concbench/results"
)

// runtimeCounters are read in this order; see snapshot.usage.
var runtimeCounters = [...]string{
	"/gc/cycles/total:gc-cycles",
	"/gc/heap/allocs:bytes",
	"/gc/heap/allocs:objects",
}

// A snapshot is the state of this process's counters at one moment.
type snapshot struct {
	time    time.Time
	kernel  unix.Rusage
	runtime [len(runtimeCounters)]metrics.Sample
}

// prepare does beforehand what would otherwise be done while measuring.
func (s *snapshot) prepare() {
	for i, name := range runtimeCounters {
		s.runtime[i].Name = name
	}
	metrics.Read(s.runtime[:])
}

// open reads the counters, the clock last: the measured part is next.
func (s *snapshot) open() error {
	metrics.Read(s.runtime[:])
	err := unix.Getrusage(unix.RUSAGE_SELF, &s.kernel)
	s.time = time.Now()
	return err
}

// close reads the counters, the clock first: the measured part is over.
func (s *snapshot) close() error {
	s.time = time.Now()
	err := unix.Getrusage(unix.RUSAGE_SELF, &s.kernel)
	metrics.Read(s.runtime[:])
	return err
}

// since is what happened between an earlier snapshot and this one. The zero
// snapshot stands for the start of the process, except for the clock.
func (s *snapshot) since(old *snapshot) results.Usage {
	count := func(i int) int64 { return counter(s.runtime[i]) - counter(old.runtime[i]) }
	return results.Usage{
		Wall:        s.time.Sub(old.time).Seconds(),
		UserCPU:     seconds(s.kernel.Utime) - seconds(old.kernel.Utime),
		SystemCPU:   seconds(s.kernel.Stime) - seconds(old.kernel.Stime),
		Voluntary:   int64(s.kernel.Nvcsw - old.kernel.Nvcsw),
		Involuntary: int64(s.kernel.Nivcsw - old.kernel.Nivcsw),
		MinorFaults: int64(s.kernel.Minflt - old.kernel.Minflt),
		MajorFaults: int64(s.kernel.Majflt - old.kernel.Majflt),
		GCCycles:    count(0),
		AllocBytes:  count(1),
		Allocs:      count(2),
	}
}

func counter(s metrics.Sample) int64 {
	if s.Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return int64(s.Value.Uint64())
}

func seconds(t unix.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
