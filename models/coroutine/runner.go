package coroutine

import (
	"context"
	"errors"
)

// A Runner runs one main after another on one loop, and leaves nothing behind
// when it is closed. It is for one goroutine at a time.
type Runner struct {
	loop   *Loop
	closed bool
}

// NewRunner makes a runner and its loop.
func NewRunner(opts ...Option) (*Runner, error) {
	l, err := NewLoop(opts...)
	if err != nil {
		return nil, err
	}
	return &Runner{loop: l}, nil
}

// Loop is the runner's loop.
func (r *Runner) Loop() *Loop { return r.loop }

// Run is asyncio.run: it makes a loop, runs main as a task on it, ends all that
// main has left behind as [Runner.Close] does, and then returns main's outcome,
// or else what went wrong at the end. Of the context and of SIGINT see [RunWith].
// It returns [ErrNested] on the thread of a loop that runs.
func Run[T any](ctx context.Context, main func(*Task) (T, error), opts ...Option) (v T, err error) {
	if err := checkMain("Run", main); err != nil {
		return v, err
	}
	r, err := NewRunner(opts...)
	if err != nil {
		return v, err
	}
	defer func() {
		if closeErr := r.Close(); err == nil {
			err = closeErr
		}
	}()
	return RunWith(r, ctx, main)
}

// RunWith runs main as a task on the runner's loop and returns its outcome. Tasks
// that it leaves behind go on in the next run.
//
// The context is the task's own. When it is done, main is cancelled; if it then
// ends cancelled, and nobody else has asked for that, the error is the context's
// cause. Likewise the first SIGINT cancels main, and the error is
// [ErrInterrupted]; a second one has the process end as if nobody listened. The
// option [HandleInterrupt] leaves SIGINT alone. A main that refuses the cancel
// returns what it likes.
func RunWith[T any](r *Runner, ctx context.Context, main func(*Task) (T, error)) (T, error) {
	const op = "RunWith"
	var zero T
	if err := checkMain(op, main); err != nil {
		return zero, err
	}
	switch {
	case r == nil || r.loop == nil:
		return zero, misuse(op, ErrNoRunner)
	case r.closed:
		return zero, misuse(op, ErrRunnerClosed)
	case r.loop.IsRunning():
		return zero, misuse(op, ErrRunning)
	}
	if ctx == nil {
		ctx = context.Background()
	}
	task := CreateTask(r.loop, main)
	task.SetContext(ctx)
	w := watchMain(ctx, &task.Task)
	defer w.leave()
	v, err := RunUntilComplete(r.loop, task)
	if task.Cancelled() {
		err = w.explain(err)
	}
	return v, err
}

func checkMain[T any](op string, main func(*Task) (T, error)) error {
	if main == nil {
		return misuse(op, ErrNoMain)
	}
	if _, err := RunningLoop(); err == nil {
		return misuse(op, ErrNested)
	}
	return nil
}

// Close ends what the mains have left behind: it cancels all tasks and waits
// for them together, has their errors reported, closes asynchronous generators
// and waits for the default executor's calls and threads. Then it closes the
// loop. A task that refuses to end keeps it waiting. Close may be called again.
func (r *Runner) Close() (err error) {
	if r == nil || r.loop == nil {
		return misuse("Close", ErrNoRunner)
	}
	if r.loop.IsRunning() {
		return misuse("Close", ErrCloseRunning)
	}
	if _, err := RunningLoop(); err == nil {
		return misuse("Close", ErrNested)
	}
	if r.closed || r.loop.IsClosed() {
		r.closed = true
		return nil
	}
	r.closed = true
	l := r.loop
	// Deferred, because a task may end with runtime.Goexit.
	defer func() { err = errors.Join(err, l.Close()) }()
	return errors.Join(l.cancelAllTasks(), l.runToEnd(l.ShutdownAsyncGens), l.runToEnd(l.ShutdownDefaultExecutor))
}

func (l *Loop) runToEnd(body func(*Task) error) error {
	_, err := RunUntilComplete(l, NewCoroutine(withoutValue(body)))
	return err
}

// cancelAllTasks cancels the tasks and runs until they have ended.
func (l *Loop) cancelAllTasks() error {
	tasks := l.AllTasks()
	if len(tasks) == 0 {
		return nil
	}
	all, left := NewFuture[None](l), len(tasks)
	for _, t := range tasks {
		t.Cancel()
		t.AddDoneCallback(func() {
			if left--; left == 0 {
				all.SetResult(None{})
			}
		})
	}
	_, err := RunUntilComplete(l, all)
	for _, t := range tasks {
		if err := t.Err(); t.Done() && !t.Cancelled() && err != nil {
			l.CallExceptionHandler(ErrorReport{Message: "unhandled exception during asyncio.run() shutdown", Err: err, TaskName: t.Name()})
		}
	}
	return err
}

// AllTasks is the tasks that have not ended, oldest first.
func (l *Loop) AllTasks() []*Task {
	tasks := make([]*Task, 0, l.tasks.size)
	for t := l.tasks.first; t != nil; t = t.next {
		tasks = append(tasks, t)
	}
	return tasks
}
