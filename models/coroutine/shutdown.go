package coroutine

import (
	"fmt"

	"concbench/models"
)

// abandonTasks stops what has not ended, when Run is left by a panic, a
// runtime.Goexit or an error of the selector: a coroutine that is not stopped
// leaks its goroutine for ever. Each task's wait returns an error so that its
// deferred calls run. Callbacks that were ready stay for the next Run.
func (l *Loop) abandonTasks() {
	l.current = nil
	if l.tasks.size == 0 {
		return
	}
	// Deferred, because a task may end with another runtime.Goexit.
	defer l.abandonTasks()
	for t := l.tasks.first; t != nil; t = l.tasks.first {
		t.err = models.ErrCancelled // unless the body says otherwise
		if t.stop != nil {
			t.stop()
		}
		t.step = Handle{cancelled: true} // what it awaited may still come
		t.finish(t.err)
	}
}

// Close ends the executor's threads, for whose calls it waits, and closes the
// loop's descriptors and the connections and listeners that are still open. It
// may be called again.
func (l *Loop) Close() error {
	if !l.running.CompareAndSwap(false, true) {
		return ErrRunning
	}
	defer l.running.Store(false)
	if l.closed {
		return nil
	}
	l.closed = true
	l.executor.shutDown()
	l.inbox.close()
	for _, d := range l.selector.table {
		if d != nil {
			d.close()
		}
	}
	l.ready.clear()
	l.timers = timerHeap{}
	return l.selector.close()
}

// deadlocked reports whether no wait can end any more: nothing is scheduled,
// nobody waits for a descriptor or the executor.
func (l *Loop) deadlocked() bool {
	return l.contract && l.tasks.size > 0 && len(l.timers.entries) == 0 && l.selector.waits == 0 &&
		l.executor.outstanding == 0 && !l.inbox.filled.Load()
}

// breakDeadlock has the waits return [models.ErrDeadlock]. Who waits for
// another task is left to learn from that task's end, unless all do.
func (l *Loop) breakDeadlock() {
	for t := l.tasks.first; t != nil; t = t.next {
		if t.awaits.task == nil {
			t.interrupt(models.ErrDeadlock)
		}
	}
	if l.ready.size > 0 {
		return
	}
	for t := l.tasks.first; t != nil; t = t.next {
		t.interrupt(models.ErrDeadlock)
	}
}

// assertThread panics if Run has changed threads, which the runtime's lock
// makes impossible; the benchmark's word "one thread" rests on it.
func (l *Loop) assertThread() {
	if id := threadID(); id != l.thread {
		panic(fmt.Sprintf("coroutine: the loop began on thread %d and is now on %d", l.thread, id))
	}
}

// ThreadID is the kernel's number of the thread that Run is on, or was on last;
// 0 where the platform has no cheap way to ask.
func (l *Loop) ThreadID() int { return l.thread }
