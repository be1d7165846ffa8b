//go:build !linux || nofutex

package threads

import (
	"sync"
	"sync/atomic"
	"time"
)

// Where there is no futex(2), waiting threads stand in a table of queues by
// address, guarded by one mutex, as in the kernel's own table of futexes. Each
// waits on a channel. The tag nofutex selects this on Linux too, for its tests.
var futexes = struct {
	sync.Mutex
	queues map[*atomic.Uint32][]chan struct{}
}{queues: map[*atomic.Uint32][]chan struct{}{}}

// futexWait blocks the caller while *word is value, until a futexWake on it or
// until timeout has passed; a timeout of 0 is for ever.
func futexWait(word *atomic.Uint32, value uint32, timeout time.Duration) (timedOut bool) {
	futexes.Lock()
	if word.Load() != value {
		futexes.Unlock()
		return false
	}
	woken := make(chan struct{})
	futexes.queues[word] = append(futexes.queues[word], woken)
	futexes.Unlock()

	if timeout <= 0 {
		<-woken
		return false
	}
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	select {
	case <-woken:
		return false
	case <-timer.C:
		return futexLeave(word, woken)
	}
}

// futexLeave takes a waiter out of its queue. It reports false if a wake had
// chosen the waiter before.
func futexLeave(word *atomic.Uint32, woken chan struct{}) bool {
	futexes.Lock()
	defer futexes.Unlock()
	for i, w := range futexes.queues[word] {
		if w == woken {
			futexSetQueue(word, append(futexes.queues[word][:i:i], futexes.queues[word][i+1:]...))
			return true
		}
	}
	return false
}

// futexWake wakes the n threads that have waited longest on word, or all if
// there are fewer.
func futexWake(word *atomic.Uint32, n int) {
	futexes.Lock()
	defer futexes.Unlock()
	queue := futexes.queues[word]
	n = min(n, len(queue))
	for _, w := range queue[:n] {
		close(w)
	}
	futexSetQueue(word, queue[n:])
}

func futexSetQueue(word *atomic.Uint32, queue []chan struct{}) {
	if len(queue) == 0 {
		delete(futexes.queues, word)
		return
	}
	futexes.queues[word] = queue
}
