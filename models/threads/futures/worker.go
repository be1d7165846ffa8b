package futures

import (
	"fmt"
	"os"
	"slices"

	"concbench/models"
	"concbench/models/threads/threading"
)

// work is the target of a worker.
func (p *ThreadPoolExecutor) work(t *threading.Thread) error {
	if !p.initialize(t) {
		return nil
	}
	torn := true // until no job has called runtime.Goexit
	defer func() {
		if torn {
			p.replace(t)
		}
	}()
	for !p.next(t) {
	}
	torn = false
	return nil
}

// next takes a job and runs it, or reports that there will be none.
func (p *ThreadPoolExecutor) next(t *threading.Thread) (end bool) {
	j, err := p.jobs.Get(t)
	if err != nil {
		return true
	}
	if j != nil {
		j.run(t)
		p.giveToken()
		return false
	}
	if !p.isClosed() {
		return false
	}
	p.jobs.Put(t, nil) // for the next worker
	return true
}

func (p *ThreadPoolExecutor) giveToken() {
	defer p.lock()()
	p.idle++
}

func (p *ThreadPoolExecutor) isClosed() bool {
	defer p.lock()()
	return p.closed != nil
}

// initialize breaks the pool if the initializer fails: by an error, a panic or a
// runtime.Goexit.
func (p *ThreadPoolExecutor) initialize(t *threading.Thread) bool {
	if p.config.Initializer == nil {
		return true
	}
	err := errGoexit
	defer func() {
		if err != nil {
			report(t, "Exception in initializer", err)
			p.breakUp(t, err)
		}
	}()
	err = models.Protect(func() error { return p.config.Initializer(t) })
	return err == nil
}

// breakUp fails the pending jobs, and refuses the jobs that are submitted later.
func (p *ThreadPoolExecutor) breakUp(t *threading.Thread, cause error) {
	broken := &brokenPoolError{cause}
	unlock := p.lock()
	p.closed = broken
	unlock()
	p.drain(t, func(j job, t *threading.Thread) { j.fail(t, broken) })
	p.jobs.Put(t, nil) // wakes the workers that wait
}

// replace puts a new worker in the place of t, which ends in the middle of a job.
func (p *ThreadPoolExecutor) replace(t *threading.Thread) {
	unlock := p.lock()
	worker := p.interpreter.NewThread(p.work, threading.Named(t.Name()))
	err := worker.Launch()
	if err == nil {
		p.workers[slices.Index(p.workers, t)] = worker
	}
	unlock()
	if err != nil {
		p.breakUp(t, err)
	}
}

// report writes what CPython's package would write to its log.
func report(t *threading.Thread, what string, err error) {
	if t == nil {
		_, _ = fmt.Fprintf(os.Stderr, "%s:\n%s\n", what, models.Detail(err))
		return
	}
	t.Interpreter().Report(what, err)
}
