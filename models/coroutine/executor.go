package coroutine

import (
	"errors"
	"fmt"
	"runtime"
	"sync"

	"concbench/models"
)

// An Executor has calls made on other threads.
type Executor interface {
	// Go has f called once on another thread, or returns an error and never does.
	Go(f func()) error
}

// An executor runs blocking calls on threads of its own, first in, first out.
// As in CPython's ThreadPoolExecutor a thread is started when there are more
// calls than idle threads, up to a limit, and lives until the end.
type executor struct {
	outstanding int // calls whose outcome the loop does not know yet; the loop's own

	mu      sync.Mutex
	news    sync.Cond // of a call or of the end
	calls   ring[executorCall]
	workers int
	idle    int // workers that wait for news, or have been woken and not run yet
	closed  bool
	ended   sync.WaitGroup
}

type executorCall struct {
	f    func() error
	done func(error)
}

// maxWorkers is CPython's default: enough for calls that wait, few enough not
// to flood a large machine.
func maxWorkers() int { return min(32, runtime.NumCPU()+4) }

// RunInExecutor has a thread of the executor call f, and returns the future of
// f's error. A panic in f becomes a [*models.PanicError]. When the future is
// cancelled, f is run nevertheless and its error dropped.
func (l *Loop) RunInExecutor(f func() error) *Future[None] {
	future := NewFuture[None](l)
	l.executor.outstanding++
	l.executor.submit(executorCall{f, func(err error) {
		sendErr := l.CallSoonThreadsafe(func() {
			l.executor.outstanding--
			l.taskEnded()
			if !future.Done() {
				future.settle("RunInExecutor", err)
			}
		})
		if sendErr != nil {
			// Not by being closed: Close waits for the executor first. The loop would
			// sleep for ever.
			panic(fmt.Sprintf("coroutine: the loop cannot be told of a call's end: %v", sendErr))
		}
	}})
	return future
}

func (e *executor) submit(c executorCall) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.calls.push(c)
	if e.calls.size > e.idle && e.workers < maxWorkers() {
		e.workers++
		e.ended.Go(e.work)
	}
	e.news.Signal()
}

// work is a worker's life. The thread is never unlocked, so it ends with it.
func (e *executor) work() {
	runtime.LockOSThread()
	for {
		c, ok := e.take()
		if !ok {
			return
		}
		e.perform(c)
	}
}

// take waits for a call. It reports false at the end.
func (e *executor) take() (executorCall, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for e.calls.size == 0 {
		if e.closed {
			return executorCall{}, false
		}
		e.idle++
		e.news.Wait()
		e.idle--
	}
	return e.calls.pop(), true
}

var errGoexit = errors.New("coroutine: the blocking call ended its goroutine with runtime.Goexit")

// perform calls and tells. A call that ends this goroutine is told as well, and
// gets the worker a successor.
func (e *executor) perform(c executorCall) {
	err := errGoexit
	defer func() {
		if err == errGoexit {
			e.ended.Go(e.work)
		}
		c.done(err)
	}()
	err = models.Protect(c.f)
}

// shutDown lets the queued calls finish and waits for the workers' end.
func (e *executor) shutDown() {
	e.mu.Lock()
	e.closed = true
	e.news.Broadcast()
	e.mu.Unlock()
	e.ended.Wait()
}

// Block runs f on a thread of the executor and returns its error.
func (t *Task) Block(f func() error) error {
	_, err := t.loop.RunInExecutor(f).Await(t)
	return err
}
