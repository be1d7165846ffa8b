package coroutine

import "concbench/models/internal/monitor"

// RunForever runs the loop until [Loop.Stop]. It does so on the loop's own
// thread, whoever calls it, and returns when the round in which the loop was
// stopped is over. What is left stays for the next run.
func (l *Loop) RunForever() error { return l.run("RunForever", func() {}) }

// Stop ends the run with the current round; if the loop does not run, the next
// run is one round long.
func (l *Loop) Stop() { l.stopping = true }

// RunUntilComplete runs the loop until what has an outcome, and returns that.
// An awaitable that is no future is awaited by a task. If the loop is stopped
// before, the error is [ErrStopped]; if there is no loop, [ErrNoLoop].
func RunUntilComplete[T any](l *Loop, what Awaitable[T]) (T, error) {
	const op = "RunUntilComplete"
	f, given := what.(FutureOf[T])
	var zero T
	if l == nil {
		return zero, misuse(op, ErrNoLoop)
	}
	if given && !isMissing(what) && f.core().loop != l {
		return zero, misuse(op, ErrForeignFuture)
	}
	var stop *Handle
	err := l.run(op, func() {
		f = EnsureFuture(l, what)
		stop = f.AddDoneCallback(l.Stop)
	})
	if err != nil {
		return zero, err
	}
	if !f.Done() {
		f.RemoveDoneCallback(stop)
		return zero, misuse(op, ErrStopped)
	}
	return f.Result()
}

// run begins on the loop's thread and goes round until the loop is stopped.
func (l *Loop) run(op string, begin func()) error {
	if !l.running.CompareAndSwap(false, true) {
		return misuse(op, ErrRunning)
	}
	defer l.running.Store(false)
	if l.closed {
		return misuse(op, ErrClosed)
	}
	if loopHere() != nil {
		return misuse(op, ErrOtherLoop)
	}
	monitor.KeepAwake() // the thread blocks in the selector
	defer monitor.LetSleep()
	var err error
	l.thread.run(l, func() {
		intact := false
		defer func() {
			l.current, l.stopping = nil, false
			if !intact {
				l.abandonTasks()
			}
		}()
		begin()
		err = l.rounds()
		intact = err == nil
	})
	return err
}

// runAll runs main as a task until it and all other tasks, and the executor's
// calls, have ended. The error is the one of the task that failed first in
// time.
func (l *Loop) runAll(main func(*Task) error) error {
	if main == nil {
		return misuse("Run", ErrNoMain)
	}
	l.joins, l.failure = true, nil
	if err := l.run("Run", func() { l.Start("main", main) }); err != nil {
		return err
	}
	return l.failure
}

// taskEnded ends a run that is to last as long as its tasks.
func (l *Loop) taskEnded() {
	if l.joins && l.tasks.size == 0 && l.executor.outstanding == 0 {
		l.stopping = true
	}
}

// IsRunning reports whether the loop runs.
func (l *Loop) IsRunning() bool { return l.running.Load() }

// IsClosed reports whether the loop is closed.
func (l *Loop) IsClosed() bool { return l.closed }
