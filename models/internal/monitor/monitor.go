// Package monitor keeps the Go runtime's monitor thread (sysmon) from sleeping long
// while a model has threads that block in the kernel.
//
// The runtime stops the world for a moment to begin and end a collection, or to
// change GOMAXPROCS. From Go 1.26 on (read and seen in 1.26.8; 1.27.3 has the same
// lines) it may overlook a thread that is just entering a system call: in
// runtime/proc.go, reentersyscall looks whether the world is being stopped, and only
// then marks its goroutine as being in a call. A thread between the two has its
// processor waited for until its call ends, and nothing runs meanwhile. The monitor
// would take the processor away, but while the world is being stopped it sleeps until
// the next timer is due, or for a minute. If the call waits for another thread, that
// minute is what a program hangs for. BenchmarkStopTheWorld shows it.
//
// So while somebody needs it, a timer is always due soon. That does not make the
// moment shorter in which it may happen; it bounds what it costs to a [period].
// It cannot help a program that has no model running.
package monitor

import (
	"sync"
	"time"
)

// period is long enough to cost nothing that can be measured, about 50 switches of
// the kernel per second, and short enough not to be taken for a hang.
const period = 20 * time.Millisecond

var awake struct {
	sync.Mutex
	users int
	end   chan struct{}
}

// KeepAwake begins, and each is followed by one LetSleep.
func KeepAwake() {
	awake.Lock()
	defer awake.Unlock()
	awake.users++
	if awake.users == 1 {
		awake.end = make(chan struct{})
		go tick(awake.end)
	}
}

// LetSleep ends what KeepAwake began, if nobody else needs it.
func LetSleep() {
	awake.Lock()
	defer awake.Unlock()
	awake.users--
	if awake.users == 0 {
		close(awake.end)
	}
}

// tick has a ticker, since that is due again before anybody has heard it. A timer
// that is set anew each time is not, if the world is stopped in between.
func tick(end <-chan struct{}) {
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-end:
			return
		}
	}
}
