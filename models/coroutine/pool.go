package coroutine

import (
	"fmt"
	"runtime"
	"sync"

	"concbench/models/coroutine/internal/loopthread"
	"concbench/models/internal/order"
)

// A ThreadPoolExecutor has calls made on threads of its own, first in, first
// out. As in CPython a thread is started when there are more calls than idle
// threads, up to a limit, and lives until [ThreadPoolExecutor.Shutdown]. Its
// methods may be called from any goroutine, and by the calls themselves. The zero
// value is ready to use; it must not be copied.
//
// A panic in a call ends the program, as in any goroutine; [RunInExecutor]
// makes an error of it.
type ThreadPoolExecutor struct {
	// MaxWorkers is how many threads there may be. Zero is CPython's default, the
	// number of processors and four more, and no more than 32. It must not change
	// after the first call.
	MaxWorkers int

	mu      sync.Mutex
	news    sync.Cond // of a call or of the end
	calls   order.Ring[poolCall]
	workers int
	idle    int // workers that wait for news, or have been woken and not run yet
	closed  bool
	ended   sync.WaitGroup
	threads sync.Map // the workers' numbers
}

type poolCall struct{ f, dropped func() }

// Go implements [Executor]. After Shutdown it returns [ErrPoolShutdown], without f
// [ErrNoFunction].
func (p *ThreadPoolExecutor) Go(f func()) error { return p.GoOrDrop(f, nil) }

// GoOrDrop implements [DroppingExecutor].
func (p *ThreadPoolExecutor) GoOrDrop(f, dropped func()) error {
	if f == nil {
		return misuse("submit", ErrNoFunction)
	}
	limit, err := p.limit()
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return misuse("submit", ErrPoolShutdown)
	}
	p.news.L = &p.mu
	p.calls.Push(poolCall{f, dropped})
	if p.calls.Len() > p.idle && p.workers < limit {
		p.workers++
		p.ended.Go(p.work)
	}
	p.news.Signal()
	return nil
}

// limit is enough, by default, for calls that wait, and few enough not to
// flood a large machine.
func (p *ThreadPoolExecutor) limit() (int, error) {
	switch {
	case p.MaxWorkers < 0:
		return 0, misuse("submit", fmt.Errorf("%w: MaxWorkers is %d", ErrNegativeNumber, p.MaxWorkers))
	case p.MaxWorkers == 0:
		return min(32, runtime.NumCPU()+4), nil
	}
	return p.MaxWorkers, nil
}

// work is a worker's life. The thread is never unlocked, so it ends with it.
func (p *ThreadPoolExecutor) work() {
	runtime.LockOSThread()
	loopthread.Enter() // for generators that wander here
	defer loopthread.Leave()
	id := threadID()
	p.threads.Store(id, nil)
	defer p.threads.Delete(id)
	for {
		c, ok := p.take()
		if !ok {
			return
		}
		p.perform(c)
	}
}

// take waits for a call. It reports false at the end.
func (p *ThreadPoolExecutor) take() (poolCall, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.calls.Len() == 0 {
		if p.closed {
			return poolCall{}, false
		}
		p.idle++
		p.news.Wait()
		p.idle--
	}
	return p.calls.Pop(), true
}

// perform gets the worker a successor if the call ends this goroutine.
func (p *ThreadPoolExecutor) perform(c poolCall) {
	returned := false
	defer func() {
		if !returned {
			p.ended.Go(p.work)
		}
	}()
	c.f()
	returned = true
}

// Shutdown refuses further calls with [ErrPoolShutdown]. The calls in line are
// dropped if cancelPending is set, and made otherwise. If wait is set, Shutdown
// returns when all calls and threads have ended; one of the pool's own calls
// cannot wait for itself and gets [ErrJoinsItself]. It may be called again.
func (p *ThreadPoolExecutor) Shutdown(wait, cancelPending bool) error {
	for _, c := range p.close(cancelPending) {
		if c.dropped != nil {
			c.dropped()
		}
	}
	if !wait {
		return nil
	}
	if _, own := p.threads.Load(threadID()); own && threadID() != 0 {
		return misuse("Shutdown", ErrJoinsItself)
	}
	p.ended.Wait()
	return nil
}

func (p *ThreadPoolExecutor) close(cancelPending bool) (dropped []poolCall) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.news.Broadcast()
	for cancelPending && p.calls.Len() > 0 {
		dropped = append(dropped, p.calls.Pop())
	}
	return dropped
}

// begun reports whether there has been a call.
func (p *ThreadPoolExecutor) begun() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.workers > 0
}
