package futures

import (
	"errors"
	"fmt"

	"concbench/models"
	"concbench/models/threads/threading"
)

// Submit has a thread of the pool call f, and gives the future of its result. The arguments
// of Python's submit are what f has captured. The future keeps the error of f as it is; a
// panic in f is a [*models.PanicError].
//
// The error of Submit is ErrPoolShutdown, ErrInterpreterShutdown, ErrBrokenThreadPool, or a
// [*limits.Error] if the system refuses the pool its first thread; [threading.ErrNoFunction]
// without f, ErrNoInterpreter without p.
func Submit[T any](t *threading.Thread, p *ThreadPoolExecutor, f func(t *threading.Thread) (T, error)) (*Future[T], error) {
	if f == nil {
		return nil, threading.ErrNoFunction
	}
	future := NewFuture[T]()
	worker, err := p.submit(&call[T]{future, f})
	if err != nil {
		return nil, err
	}
	if worker != nil {
		worker.AwaitStart(t)
	}
	t.Checkpoint()
	return future, nil
}

// Go has a thread of the pool call f, under the interpreter lock. It never waits for that
// lock, so any goroutine may call it. An error means that f will not be called. Otherwise f
// will be, whatever becomes of the pool, since there is no future to tell that it was not.
// The errors are those of [Submit].
//
// While f blocks, no other thread of the interpreter runs: f has no handle to let the lock
// go. GoWith gives it one.
func (p *ThreadPoolExecutor) Go(f func()) error {
	if f == nil {
		return threading.ErrNoFunction
	}
	return p.GoWith(func(*threading.Thread) { f() })
}

// GoWith is Go for a function that waits: t is the thread that it runs on.
func (p *ThreadPoolExecutor) GoWith(f func(t *threading.Thread)) error {
	if f == nil {
		return threading.ErrNoFunction
	}
	_, err := p.submit(plainCall{f, f})
	return err
}

// GoOrDrop is Go for a call that may be given up: either f or dropped is called, once.
// dropped is called if the pool breaks, or if a Shutdown cancels the jobs that are pending.
func (p *ThreadPoolExecutor) GoOrDrop(f, dropped func()) error {
	if f == nil || dropped == nil {
		return threading.ErrNoFunction
	}
	_, err := p.submit(plainCall{
		func(*threading.Thread) { f() }, func(*threading.Thread) { dropped() },
	})
	return err
}

// submit gives the worker that was started for the job, if one was.
func (p *ThreadPoolExecutor) submit(j job) (worker *threading.Thread, err error) {
	if p.isNone() {
		return nil, ErrNoInterpreter
	}
	defer p.lock()()
	if p.closed != nil {
		return nil, p.closed
	}
	worker, err = p.adjustThreadCount()
	if err != nil && len(p.workers) == 0 {
		return nil, err
	}
	p.jobs.Put(nil, j)
	return worker, nil
}

// adjustThreadCount finds a worker for one more job: an idle one, or a new one while there
// may be more.
func (p *ThreadPoolExecutor) adjustThreadCount() (*threading.Thread, error) {
	if p.idle > 0 {
		p.idle--
		p.stats.Reused++
		return nil, nil
	}
	if len(p.workers) == p.config.MaxWorkers {
		p.stats.Queued++
		return nil, nil
	}
	name := fmt.Sprintf("%s_%d", p.config.ThreadNamePrefix, len(p.workers))
	worker := p.interpreter.NewThread(p.work, threading.Named(name))
	if err := worker.Launch(); err != nil {
		p.stats.Queued++
		return nil, err
	}
	p.stats.Started++
	p.workers = append(p.workers, worker)
	return worker, nil
}

// A job is an item of the queue. One of its methods is called, once.
type job interface {
	run(t *threading.Thread)
	cancel(t *threading.Thread)
	fail(t *threading.Thread, err error) // the pool is broken
}

// errGoexit is the outcome of a job that neither returned nor panicked.
var errGoexit = errors.New("futures: the job called runtime.Goexit")

// A call is a job with a future.
type call[T any] struct {
	future *Future[T]
	f      func(t *threading.Thread) (T, error)
}

func (c *call[T]) run(t *threading.Thread) {
	if run, err := c.future.SetRunningOrNotifyCancel(t); !run || err != nil {
		return
	}
	var result T
	err := errGoexit
	defer func() {
		_ = c.future.finish(t, err, func() { c.future.result = result }) // a running future has no outcome yet
	}()
	err = models.Protect(func() (err error) {
		result, err = c.f(t)
		return err
	})
}

// cancel also tells Wait and AsCompleted. CPython 3.11 does not, so that they wait for ever
// for a future that Shutdown has cancelled.
func (c *call[T]) cancel(t *threading.Thread) {
	c.future.Cancel(t)
	c.future.notifyCancel(t)
}

// fail gives the future the error, unless it was cancelled before. In CPython 3.11 such a
// future raises InvalidStateError, and the jobs behind it never end.
func (c *call[T]) fail(t *threading.Thread, err error) {
	if c.future.SetException(t, err) != nil {
		c.future.notifyCancel(t)
	}
}

// A plainCall is a job without a future. One of its two functions is called; they may be
// the same.
type plainCall struct{ f, dropped func(t *threading.Thread) }

func (c plainCall) run(t *threading.Thread)           { protect(t, c.f) }
func (c plainCall) cancel(t *threading.Thread)        { protect(t, c.dropped) }
func (c plainCall) fail(t *threading.Thread, _ error) { protect(t, c.dropped) }

func protect(t *threading.Thread, f func(t *threading.Thread)) {
	if err := models.Protect(func() error { f(t); return nil }); err != nil {
		report(t, "Exception in worker", err)
	}
}

// None is the result of a job without one.
type None struct{}

// Do makes f, which has no result, a function for [Submit]. Without f it is nil.
func Do(f func(t *threading.Thread) error) func(t *threading.Thread) (None, error) {
	if f == nil {
		return nil
	}
	return func(t *threading.Thread) (None, error) { return None{}, f(t) }
}
