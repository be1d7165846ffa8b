//go:build !linux || nofutex

package futex

import (
	"sync"
	"sync/atomic"
	"time"
)

// waiting stands in for the kernel's table of futexes where there is no futex(2):
// a queue of waiters per address, all under one mutex. Each waiter blocks on a
// channel. The build tag nofutex selects this file on Linux too, for its tests.
var waiting = struct {
	sync.Mutex
	queues map[*atomic.Uint32][]chan struct{}
}{queues: map[*atomic.Uint32][]chan struct{}{}}

// Wait blocks the caller while *word is value. A [Wake] of word ends the wait, and
// so does a timeout above 0.
func Wait(word *atomic.Uint32, value uint32, timeout time.Duration) (timedOut bool) {
	waiting.Lock()
	if word.Load() != value {
		waiting.Unlock()
		return false
	}
	woken := make(chan struct{})
	waiting.queues[word] = append(waiting.queues[word], woken)
	waiting.Unlock()

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
		return leave(word, woken)
	}
}

// leave takes a waiter out of its queue. It reports false if a Wake has already
// chosen that waiter.
func leave(word *atomic.Uint32, woken chan struct{}) bool {
	waiting.Lock()
	defer waiting.Unlock()
	for i, w := range waiting.queues[word] {
		if w == woken {
			setQueue(word, append(waiting.queues[word][:i:i], waiting.queues[word][i+1:]...))
			return true
		}
	}
	return false
}

// Wake wakes the n threads that have waited longest on word, or all of them if
// there are fewer.
func Wake(word *atomic.Uint32, n int) {
	waiting.Lock()
	defer waiting.Unlock()
	queue := waiting.queues[word]
	n = min(n, len(queue))
	for _, w := range queue[:n] {
		close(w)
	}
	setQueue(word, queue[n:])
}

func setQueue(word *atomic.Uint32, queue []chan struct{}) {
	if len(queue) == 0 {
		delete(waiting.queues, word)
		return
	}
	waiting.queues[word] = queue
}
