package futures

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"concbench/models/threads/queue"
	"concbench/models/threads/threading"
)

// A ThreadPoolExecutor is CPython's: threads that take jobs from a queue. It is
// made for an interpreter, and shut down at the latest when that ends. A nil or
// zero one has none: what can fail does, with ErrNoInterpreter.
type ThreadPoolExecutor struct {
	interpreter *threading.Interpreter
	config      Config
	jobs        queue.SimpleQueue[job] // nil wakes a worker for the end
	forget      func()                 // what the interpreter would do at exit

	mu      sync.Mutex // of what follows; held for moments, in which the interpreter lock is kept
	workers []*threading.Thread
	idle    int // tokens
	closed  error
	stats   Stats
}

// A Config sets what a pool is made with. The zero value is CPython's default.
type Config struct {
	// MaxWorkers is the most threads that the pool starts; 0 means
	// DefaultMaxWorkers.
	MaxWorkers int
	// ThreadNamePrefix begins the names of the threads; they end with _0 and so on.
	// Empty means ThreadPoolExecutor-0 for the interpreter's first pool, and so on.
	ThreadNamePrefix string
	// Initializer is what every thread does before it takes a job. If it fails the
	// pool is broken: all that is pending, or submitted later, is ErrBrokenThreadPool.
	Initializer func(t *threading.Thread) error
}

// DefaultMaxWorkers is CPython's: enough threads to wait, and not too many on a
// large machine.
func DefaultMaxWorkers() int { return min(32, runtime.NumCPU()+4) }

// Stats count what became of the submissions to a pool.
type Stats struct {
	Started uint64 // for which a thread was started: cold
	Reused  uint64 // that found the token of an idle worker: recycled
	Queued  uint64 // that came when all workers were busy and there may be no more
}

// NewThreadPoolExecutor makes a pool, which has no threads yet. The error is
// ErrNoInterpreter, ErrMaxWorkers, or ErrInterpreterShutdown if the interpreter ends.
func NewThreadPoolExecutor(in *threading.Interpreter, config Config) (*ThreadPoolExecutor, error) {
	if in == nil {
		return nil, ErrNoInterpreter
	}
	if config.MaxWorkers < 0 {
		return nil, ErrMaxWorkers
	}
	if config.MaxWorkers == 0 {
		config.MaxWorkers = DefaultMaxWorkers()
	}
	if config.ThreadNamePrefix == "" {
		config.ThreadNamePrefix = fmt.Sprintf("ThreadPoolExecutor-%d", in.Count("ThreadPoolExecutor"))
	}
	p := &ThreadPoolExecutor{interpreter: in, config: config}
	forget, err := in.AtExit(p.atExit)
	if err != nil {
		return nil, ErrInterpreterShutdown
	}
	p.forget = forget
	return p, nil
}

// Stats are the counts so far.
func (p *ThreadPoolExecutor) Stats() Stats {
	defer p.lock()()
	return p.stats
}

// lock is to be deferred by its result.
func (p *ThreadPoolExecutor) lock() (unlock func()) {
	p.mu.Lock()
	return p.mu.Unlock
}

// Submit has a thread of the pool call f, and gives the future of its result. A
// panic in f is its error. The error is ErrShutdown, ErrInterpreterShutdown,
// ErrBrokenThreadPool, or a [*threading.LimitError] if there is not one thread;
// [threading.ErrNoFunction] without f, ErrNoInterpreter without p.
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

// Go has a thread of the pool call f, under the interpreter lock. It never waits
// for that lock, so any goroutine may call it. An error means that f will not be
// called; otherwise it will be, whatever becomes of the pool, since there is no
// future to tell that it was not. The errors are those of [Submit].
//
// While f blocks, no other thread of the interpreter runs, for f has no handle to
// let the lock go. GoWith gives it one.
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

// GoOrDrop is Go for a call that may be given up: of f and dropped one is called,
// once. It is dropped if the pool breaks, or cancels what is pending.
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

// isNone reports whether nobody has made the pool.
func (p *ThreadPoolExecutor) isNone() bool { return p == nil || p.interpreter == nil }

// adjustThreadCount finds a worker for one more job.
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

// ShutdownOption is an argument of Shutdown.
type ShutdownOption int

const (
	NoWait        ShutdownOption = iota // return at once
	CancelFutures                       // cancel what no worker has begun
)

// Shutdown refuses further submissions, lets those before end, and waits for that.
// It may be called several times, but not on a thread of the pool, which would
// wait for itself: [threading.ErrJoinsItself].
func (p *ThreadPoolExecutor) Shutdown(t *threading.Thread, options ...ShutdownOption) error {
	if p.isNone() {
		return ErrNoInterpreter
	}
	p.close(ErrShutdown)
	if slices.Contains(options, CancelFutures) {
		p.drain(t, job.cancel)
	}
	p.jobs.Put(t, nil)
	if slices.Contains(options, NoWait) {
		return nil
	}
	if err := p.join(t); err != nil {
		return err
	}
	p.forget()
	return nil
}

// close gives what is submitted from now on an error.
func (p *ThreadPoolExecutor) close(reason error) {
	defer p.lock()()
	if p.closed == nil {
		p.closed = reason
	}
}

// drain does something with all jobs that no worker has taken.
func (p *ThreadPoolExecutor) drain(t *threading.Thread, do func(job, *threading.Thread)) {
	for {
		j, err := p.jobs.GetNowait(t)
		if err != nil {
			return
		}
		if j != nil {
			do(j, t)
		}
	}
}

func (p *ThreadPoolExecutor) join(t *threading.Thread) error {
	unlock := p.lock()
	workers := slices.Clone(p.workers)
	unlock()
	for _, worker := range workers {
		if err := worker.Join(t); err != nil {
			return err
		}
	}
	return nil
}

// atExit is what the interpreter calls before it joins its threads.
func (p *ThreadPoolExecutor) atExit(t *threading.Thread) {
	p.close(ErrInterpreterShutdown)
	p.jobs.Put(t, nil)
	_ = p.join(t) // the main thread is no worker
}
