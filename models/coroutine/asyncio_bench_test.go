package coroutine

import (
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// compareAsyncio reports x/asyncio: how many times as long CPython takes for
// what took us nanoseconds, measured now, by testdata/bench_asyncio.py. Without
// a python3 of 3.11 or later, or without nanoseconds, there is no such metric.
func compareAsyncio(b *testing.B, operation string, nanoseconds float64) {
	b.Helper()
	python, err := exec.LookPath("python3")
	if err != nil || nanoseconds == 0 {
		return
	}
	out, err := exec.Command(python, "-B", "testdata/bench_asyncio.py", operation).CombinedOutput()
	if err != nil {
		b.Logf("no x/asyncio: %v: %s", err, out)
		return
	}
	theirs, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(theirs/nanoseconds, "x/asyncio")
}
