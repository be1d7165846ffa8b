package coroutine

import (
	"fmt"
	"runtime/debug"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

const (
	sleepers      = 1_000_000
	sleepersSleep = 10 * time.Second
	sleepersBytes = 5 << 30 // they need less than 4
)

// BenchmarkSleepers is 1,000,000 tasks that sleep for 10 s each, from the first
// creation to the last end: with the collector's default pace, which scans all
// stacks whenever the heap has doubled, and with a slower one. It needs memory and
// is skipped where there is not enough. peak-B is the most that the process has
// had resident, ever.
func BenchmarkSleepers(b *testing.B) {
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		b.Fatal(err)
	}
	if free := (info.Freeram + info.Bufferram) * uint64(info.Unit); free < sleepersBytes {
		b.Skipf("needs %d bytes of memory, %d are free", int64(sleepersBytes), free)
	}
	for _, percent := range []int{100, 400} {
		b.Run(fmt.Sprint("gogc=", percent), func(b *testing.B) {
			defer debug.SetGCPercent(debug.SetGCPercent(percent))
			benchmarkSleepers(b)
		})
	}
}

func benchmarkSleepers(b *testing.B) {
	for range b.N {
		// The memory of an earlier run would be there already.
		debug.FreeOSMemory()
		begin := time.Now()
		inLoop(b, func(t *Task) {
			for range sleepers {
				CreateTask(t, func(t *Task) (None, error) { return None{}, t.Sleep(sleepersSleep) })
			}
		})
		b.ReportMetric(time.Since(begin).Seconds(), "sec/run")
	}
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(used.Maxrss)*1024, "peak-B")
}
