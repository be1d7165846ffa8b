package coroutine

import "concbench/models"

// abandonTasks stops what has not ended, when a run is left by a
// runtime.Goexit or an error of the selector, and when the loop is closed: a
// coroutine that is not stopped leaks its goroutine for ever. Each task's wait
// returns an error so that its deferred calls run.
func (l *Loop) abandonTasks() {
	l.current = nil
	l.stopIdleStacks()
	defer l.stopTornStacks()
	if l.tasks.size == 0 {
		l.abandonAsyncGens()
		return
	}
	// Deferred, because a task may end with another runtime.Goexit.
	defer l.abandonTasks()
	for t := l.tasks.first; t != nil; t = l.tasks.first {
		t.err = ErrCancelled // unless the body says otherwise
		if t.stack != nil {
			l.current = t
			t.stack.stop()
		}
		t.step = Handle{cancelled: true} // what it awaited may still come
		t.finish(t.err)
	}
}

// abandonAsyncGens comes after the tasks, which may be using them.
func (l *Loop) abandonAsyncGens() {
	if len(l.asyncGens) == 0 {
		return
	}
	defer l.abandonAsyncGens() // a generator, too, may end with runtime.Goexit
	for g := range l.asyncGens {
		delete(l.asyncGens, g)
		g.abandon()
	}
}

// Close ends the default executor's threads, for whose calls it waits, and
// closes the loop's descriptors and the connections and listeners that are still
// open. Tasks that have not ended are reported and stopped: their waits return
// [ErrCancelled]. Errors that nobody has asked for are reported. Close may be
// called again. On a running loop it returns [ErrCloseRunning].
func (l *Loop) Close() (err error) {
	if !l.running.CompareAndSwap(false, true) {
		return misuse("Close", ErrCloseRunning)
	}
	defer l.running.Store(false)
	if l.closed {
		return nil
	}
	l.closed = true
	for t := l.tasks.first; t != nil; t = t.next {
		l.CallExceptionHandler(ErrorReport{Message: "Task was destroyed but it is pending!", TaskName: t.Name()})
	}
	// Deferred, because a task may end with runtime.Goexit.
	defer func() { err = l.release() }()
	if l.thread.calls != nil {
		l.thread.run(l, l.abandonTasks)
		l.thread.end()
	}
	return nil
}

// release lets go of what a loop holds besides its tasks.
func (l *Loop) release() error {
	l.removeSignalHandlers()
	l.executor.pool.Shutdown(true, false)
	l.alarms.ringAll()
	l.inbox.close()
	close(l.gone)
	for _, d := range l.selector.table {
		if d != nil {
			d.close()
		}
	}
	l.selector.foreign = nil
	l.ready.Clear()
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
		if _, awaitsTask := t.awaits.owner.(*Task); !awaitsTask {
			t.interrupt(models.ErrDeadlock)
		}
	}
	if l.ready.Len() > 0 {
		return
	}
	for t := l.tasks.first; t != nil; t = t.next {
		t.interrupt(models.ErrDeadlock)
	}
}
