package coroutine

import (
	"errors"
	"fmt"
	"sync/atomic"

	"concbench/models"
)

// A job is a call on its way through an executor and back: asyncio's pair of a
// thread-safe future and the loop's own.
type job[T any] struct {
	future    *Future[T]
	call      func() (T, error)
	state     atomic.Int32
	byDefault bool // it went to the default executor

	// Set by the executor's thread before it sends the job back.
	value T
	err   error
}

const (
	jobQueued int32 = iota
	jobBegun
	jobDropped
)

// RunInExecutor has a thread of e call f; nil is the default executor. The
// result is a future of f's outcome, which is at home in the loop one round
// before its waiters go on. A panic in f becomes a [*models.PanicError]. If e
// refuses the call, the future has failed with the reason, which is [ErrNoLoop]
// without a loop and [ErrNoFunction] without f.
//
// When the future is cancelled while the call is in line, f is never called.
// Later it runs on, and its outcome is dropped.
func RunInExecutor[T any](l *Loop, e Executor, f func() (T, error)) *Future[T] {
	j := startJob(l, e, f)
	if j.future.Done() {
		return j.future
	}
	j.future.AddDoneCallback(func() {
		if j.future.Cancelled() {
			j.state.CompareAndSwap(jobQueued, jobDropped)
		}
	})
	return j.future
}

func startJob[T any](l *Loop, e Executor, f func() (T, error)) *job[T] {
	j := &job[T]{future: NewFuture[T](l.home()), call: f, byDefault: e == nil}
	if err := j.submit(l, e); err != nil {
		j.future.refused(err)
	} else {
		l.executor.callBegins(j.byDefault)
	}
	return j
}

func (j *job[T]) submit(l *Loop, e Executor) error {
	const op = "RunInExecutor"
	if l == nil {
		return misuse(op, ErrNoLoop)
	}
	if err := l.check(op); err != nil {
		return err
	}
	if j.call == nil {
		return misuse(op, ErrNoFunction)
	}
	return l.submit(e, j.perform, j.drop)
}

// perform is for the executor's thread. A call that ends its goroutine is sent
// back as well.
func (j *job[T]) perform() {
	defer j.sendBack()
	if !j.state.CompareAndSwap(jobQueued, jobBegun) {
		return
	}
	models.Call(func() (err error) {
		j.value, err = j.call()
		return err
	}, &j.err)
}

// drop is for an executor that gives the call up.
func (j *job[T]) drop() {
	j.state.CompareAndSwap(jobQueued, jobDropped)
	j.sendBack()
}

// sendBack may find the loop closed if the executor is not its own, for which
// Close waits. Nobody wants the outcome then.
func (j *job[T]) sendBack() {
	if err := j.future.loop.CallSoonThreadsafe(j.arrive); err != nil && !errors.Is(err, ErrClosed) {
		panic(fmt.Sprintf("coroutine: the loop cannot be told of a call's end and would sleep for ever: %v", err))
	}
}

// arrive is the loop's callback.
func (j *job[T]) arrive() {
	j.future.loop.callEnded(j.byDefault)
	switch {
	case j.future.Done():
	case j.state.Load() == jobDropped:
		j.future.Cancel()
	default:
		j.future.value = j.value
		j.future.settle("RunInExecutor", j.err)
	}
}
