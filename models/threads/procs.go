package threads

import (
	"runtime"
	"sync"

	"concbench/models/internal/monitor"
)

// A thread that returns from the kernel needs one of the Go scheduler's
// processors (GOMAXPROCS of them) before it may run Go code. A blocked thread
// keeps its own until the runtime's monitor takes it away, 20 microseconds to
// 10 milliseconds later, so with fewer processors than threads that come and go
// the emulated threads would wait for the monitor and not for the kernel. There
// are therefore about as many processors as threads, up to maxProcs: beyond
// that, each costs memory and a share of every collection, and what is gained
// by more was not measurable.
const maxProcs = 64

// procs says how often Run is under way, and the number of processors to go back to.
var procs struct {
	sync.Mutex
	runs    int
	before  int
	present int
}

func procsEnter() {
	procs.Lock()
	defer procs.Unlock()
	if procs.runs == 0 {
		procs.before = runtime.GOMAXPROCS(0)
		procs.present = procs.before
		monitor.KeepAwake()
	}
	procs.runs++
}

// procsGrow makes room for live threads and two of the runtime's own. Changing
// the number stops the world, so it doubles.
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

func procsLeave() {
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
