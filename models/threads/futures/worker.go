package futures

import (
	"slices"

	"concbench/models"
	"concbench/models/threads/threading"
)

// work is the life of a worker.
func (p *ThreadPoolExecutor) work(t *threading.Thread) error {
	if !p.initialize(t) {
		return nil
	}
	torn := true // by a job that calls runtime.Goexit
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

// next takes a job and does it, or reports that there will be none.
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

// initialize breaks the pool if the initializer fails, whatever way.
func (p *ThreadPoolExecutor) initialize(t *threading.Thread) bool {
	if p.config.Initializer == nil {
		return true
	}
	err := errGoexit
	defer func() {
		if err != nil {
			report(t, "Exception in initializer", err)
			p.breakUp(t)
		}
	}()
	err = models.Protect(func() error { return p.config.Initializer(t) })
	return err == nil
}

// breakUp lets all that is pending fail, and refuses what is submitted later.
func (p *ThreadPoolExecutor) breakUp(t *threading.Thread) {
	unlock := p.lock()
	p.closed = ErrBrokenThreadPool
	unlock()
	p.drain(t, job.fail)
	p.jobs.Put(t, nil) // for workers that wait
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
		p.breakUp(t)
	}
}
