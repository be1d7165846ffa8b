package futures

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"concbench/models/threads/queue"
	"concbench/models/threads/threading"
)

// A ThreadPoolExecutor is CPython's: threads that take jobs from a queue. It is made for an
// interpreter, and shut down at the latest when that ends. A nil or zero one belongs to no
// interpreter: every call that can fail does, with ErrNoInterpreter.
type ThreadPoolExecutor struct {
	interpreter *threading.Interpreter
	config      Config
	jobs        queue.SimpleQueue[job] // nil wakes a worker for the end
	forget      func()                 // tells the interpreter not to shut the pool down at exit

	mu      sync.Mutex // of what follows; held for moments, without letting the interpreter lock go
	workers []*threading.Thread
	idle    int   // tokens
	closed  error // of submissions; nil while they are accepted
	stats   Stats
}

// A Config has the arguments of a pool. The zero value is CPython's default.
type Config struct {
	// MaxWorkers is the largest number of threads; 0 means DefaultMaxWorkers.
	MaxWorkers int
	// ThreadNamePrefix begins the names of the threads, which end with _0 and so on.
	// Empty means ThreadPoolExecutor-0 for the interpreter's first pool, and so on.
	ThreadNamePrefix string
	// Initializer is called by every thread before it takes a job; the arguments that
	// CPython calls initargs are what the function has captured. If it fails the pool is
	// broken: the jobs that are pending or submitted later fail with ErrBrokenThreadPool.
	Initializer func(t *threading.Thread) error
}

// DefaultMaxWorkers is CPython's number: enough threads for jobs that wait, and not too many
// on a large machine.
func DefaultMaxWorkers() int { return min(32, runtime.NumCPU()+4) }

// Stats count how the submissions to a pool found their workers.
type Stats struct {
	Started uint64 // submissions for which a thread was started: cold
	Reused  uint64 // submissions that found the token of an idle worker: recycled
	Queued  uint64 // submissions that came when all workers were busy and there may be no more
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
	switch {
	case errors.Is(err, threading.ErrAtExitLate):
		return nil, ErrInterpreterShutdown
	case err != nil:
		return nil, err
	}
	p.forget = forget
	return p, nil
}

// isNone reports whether p was not made by NewThreadPoolExecutor.
func (p *ThreadPoolExecutor) isNone() bool { return p == nil || p.interpreter == nil }

// Stats are the counts so far.
func (p *ThreadPoolExecutor) Stats() Stats {
	defer p.lock()()
	return p.stats
}

// lock locks p.mu and returns what unlocks it.
func (p *ThreadPoolExecutor) lock() (unlock func()) {
	p.mu.Lock()
	return p.mu.Unlock
}

// ShutdownOption is an argument of Shutdown.
type ShutdownOption int

const (
	NoWait        ShutdownOption = iota // return at once: wait=False
	CancelFutures                       // cancel the jobs that no worker has begun: cancel_futures=True
)

// Shutdown refuses further submissions, and waits until the jobs submitted before have
// ended. It may be called several times, but not on a thread of the pool, which would wait
// for itself: that is [threading.ErrJoinSelf].
func (p *ThreadPoolExecutor) Shutdown(t *threading.Thread, options ...ShutdownOption) error {
	if p.isNone() {
		return ErrNoInterpreter
	}
	p.close(ErrPoolShutdown)
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

// With is Python's with statement: it calls body, and shuts the pool down when body returns
// or panics. The error is that of body, with that of Shutdown joined to it.
func (p *ThreadPoolExecutor) With(t *threading.Thread, body func() error) (err error) {
	if p.isNone() {
		return ErrNoInterpreter
	}
	if body == nil {
		return threading.ErrNoFunction
	}
	defer func() {
		if failed := p.Shutdown(t); failed != nil {
			err = errors.Join(err, failed)
		}
	}()
	return body()
}

// close gives later submissions an error, unless they have one.
func (p *ThreadPoolExecutor) close(reason error) {
	defer p.lock()()
	if p.closed == nil {
		p.closed = reason
	}
}

// drain calls do for every job that no worker has taken.
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

// atExit shuts the pool down before the interpreter joins its threads.
func (p *ThreadPoolExecutor) atExit(t *threading.Thread) {
	p.close(ErrInterpreterShutdown)
	p.jobs.Put(t, nil)
	_ = p.join(t) // the main thread is no worker
}
