package crew

import (
	"runtime"
	"runtime/debug"
	"sync"

	"concbench/models/internal/monitor"
)

// A thread that returns from the kernel needs one of the Go scheduler's processors
// (GOMAXPROCS of them) before it may run Go code. A blocked thread keeps its processor
// until the runtime's monitor takes it away, 20 microseconds to 10 milliseconds later.
// With fewer processors than threads that come and go, the emulated threads would wait
// for the monitor and not for the kernel. So there are about as many processors as
// threads, up to maxProcs. Beyond that, each costs memory and a share of every garbage
// collection, and the gain was not measurable.
const maxProcs = 64

// procs counts the runs under way, and remembers the number of processors to go back to.
var procs struct {
	sync.Mutex
	runs    int
	before  int
	present int
}

// Begin raises the number of the Go scheduler's processors as threads come, until End.
// Every run of a crew lies between the two.
func Begin() {
	procs.Lock()
	defer procs.Unlock()
	if procs.runs == 0 {
		procs.before = runtime.GOMAXPROCS(0)
		procs.present = procs.before
		monitor.KeepAwake()
	}
	procs.runs++
}

// End puts the number of processors back, if no other run is under way.
func End() {
	procs.Lock()
	defer procs.Unlock()
	procs.runs--
	if procs.runs > 0 {
		return
	}
	if procs.present != procs.before {
		runtime.GOMAXPROCS(procs.before)
	}
	monitor.LetSleep()
}

// procsGrow makes room for live threads and two of the runtime's own. A change of the
// number stops the world, so it doubles.
func procsGrow(live int) {
	procs.Lock()
	defer procs.Unlock()
	want := min(live+2, maxProcs)
	if want <= procs.present {
		return
	}
	procs.present = min(max(2*procs.present, want), maxProcs)
	runtime.GOMAXPROCS(procs.present)
}

// raiseGoLimit lets the Go runtime have as many threads as may be started. By default
// it ends the process at 10,000. The limit is not lowered after a run: threads that are
// still ending would break it.
func raiseGoLimit(threads int) {
	const beside = 1024 // for threads that are no tasks, or are still ending
	if before := debug.SetMaxThreads(max(threads+beside, 10_000)); before > threads+beside {
		debug.SetMaxThreads(before)
	}
}
