package coroutine

import "context"

// An Executor has calls made on other threads.
type Executor interface {
	// Go has f called once on another thread, or returns an error and never does.
	// It does not wait for f.
	Go(f func()) error
}

// A DroppingExecutor may give up calls that have not begun, as
// [ThreadPoolExecutor.Shutdown] does. Their futures are then cancelled.
type DroppingExecutor interface {
	Executor
	// GoOrDrop is Go for a call that may be dropped: of f and dropped one is
	// called, and once.
	GoOrDrop(f, dropped func()) error
}

// An executor is what the loop knows of its blocking calls.
type executor struct {
	outstanding int     // calls whose outcome the loop does not know yet
	byDefault   int     // those of them that went to the default executor
	drained     waiters // until byDefault is zero
	refuses     bool    // after ShutdownDefaultExecutor
	pool        ThreadPoolExecutor
}

// SetDefaultExecutor has blocking calls go to e from now on; nil is the loop's
// own pool. See the option [DefaultExecutor].
func (l *Loop) SetDefaultExecutor(e Executor) { l.options.executor = e }

func (l *Loop) defaultExecutor() (Executor, error) {
	switch {
	case l.executor.refuses:
		return nil, misuse("RunInExecutor", ErrExecutorShutdown)
	case l.options.executor != nil:
		return l.options.executor, nil
	}
	return &l.executor.pool, nil
}

// submit has one of the two functions called on another thread.
func (l *Loop) submit(e Executor, f, dropped func()) (err error) {
	if e == nil {
		if e, err = l.defaultExecutor(); err != nil {
			return err
		}
	}
	if d, ok := e.(DroppingExecutor); ok {
		return d.GoOrDrop(f, dropped)
	}
	return e.Go(f)
}

func (e *executor) callBegins(byDefault bool) {
	e.outstanding++
	if byDefault {
		e.byDefault++
	}
}

func (l *Loop) callEnded(byDefault bool) {
	l.executor.outstanding--
	if byDefault {
		l.executor.byDefault--
	}
	if l.executor.byDefault == 0 {
		l.executor.drained.wakeAll()
	}
	l.taskEnded()
}

// ToThread has a thread of the default executor call f with the task's context,
// and makes t wait for the outcome. When t is cancelled meanwhile, f is not
// called if it is still in line, and runs on otherwise. Without f the error is
// [ErrNoFunction].
func ToThread[T any](t *Task, f func(ctx context.Context) (T, error)) (T, error) {
	if err := t.mayBlock("ToThread", f == nil); err != nil {
		var zero T
		return zero, err
	}
	ctx := t.context
	return RunInExecutor(t.loop, nil, func() (T, error) { return f(ctx) }).Await(t)
}

// Block has a thread of the default executor call f, and returns its error. When
// t is cancelled meanwhile, f is called nevertheless and its error dropped. Without
// f the error is [ErrNoFunction].
func (t *Task) Block(f func() error) error {
	if err := t.mayBlock("Block", f == nil); err != nil {
		return err
	}
	_, err := startJob(t.loop, nil, func() (None, error) { return None{}, f() }).future.Await(t)
	return err
}

// mayBlock says why t cannot have a thread make a call for it, lest one be made
// that nobody waits for.
func (t *Task) mayBlock(op string, ofNothing bool) error {
	if err := t.runs(op); err != nil {
		return err
	}
	if ofNothing {
		return misuse(op, ErrNoFunction)
	}
	return nil
}

// ShutdownDefaultExecutor has the default executor refuse calls from now on,
// with [ErrExecutorShutdown], and makes t wait until those that it has have
// ended, and its threads too. An executor that the loop was given is not shut
// down: it may serve others.
func (l *Loop) ShutdownDefaultExecutor(t *Task) error {
	l.executor.refuses = true
	if l.options.executor != nil && l.executor.byDefault > 0 {
		if err := l.executor.drained.wait(t); err != nil {
			return err
		}
	}
	if !l.executor.pool.begun() {
		return nil
	}
	_, err := RunInExecutor(l, newThread{}, func() (None, error) {
		return None{}, l.executor.pool.Shutdown(true, false)
	}).Await(t)
	return err
}

// newThread is the executor of a call that must not take a place in a pool.
type newThread struct{}

func (newThread) Go(f func()) error {
	go f()
	return nil
}
