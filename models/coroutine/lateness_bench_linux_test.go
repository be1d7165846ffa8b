package coroutine

import (
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"concbench/internal/ratios"
)

// BenchmarkTimerLateness is how late a task on an idle loop wakes from a sleep
// of 1 ms: the median, p50-ns, beside that of the kernel's own epoll_pwait2 on
// the same thread, floor-p50-ns; in turn, so that both see the same machine.
// over-ns is the median of the differences of neighbours: what the loop and the
// Go scheduler add.
func BenchmarkTimerLateness(b *testing.B) {
	b.Run("slack=default", func(b *testing.B) { benchmarkTimerLateness(b) })
	b.Run("slack=minimal", func(b *testing.B) { benchmarkTimerLateness(b, MinimalTimerSlack()) })
}

func benchmarkTimerLateness(b *testing.B, opts ...Option) {
	const sleep = time.Millisecond
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		b.Fatal(err)
	}
	defer unix.Close(epoll)
	var late ratios.Pairs
	inLoop(b, func(t *Task) {
		for b.Loop() {
			ours := ratios.Nanoseconds(func() { t.Sleep(sleep) })
			floor := ratios.Nanoseconds(func() { kernelWait(epoll, sleep) })
			late.Add(ours-float64(sleep), floor-float64(sleep))
		}
	}, opts...)
	if !late.Enough(b) {
		return
	}
	b.ReportMetric(late.Subject(), "p50-ns")
	b.ReportMetric(late.Baseline(), "floor-p50-ns")
	b.ReportMetric(late.Difference(), "over-ns")
	if len(opts) == 0 {
		compareAsyncio(b, "sleep", late.Subject())
	}
}

// kernelWait is the bare system call; the Go scheduler is not told.
func kernelWait(epoll int, timeout time.Duration) {
	var event unix.EpollEvent
	limit := unix.NsecToTimespec(int64(timeout))
	unix.RawSyscall6(unix.SYS_EPOLL_PWAIT2, uintptr(epoll), uintptr(unsafe.Pointer(&event)), 1, uintptr(unsafe.Pointer(&limit)), 0, 0)
}
