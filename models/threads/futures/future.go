package futures

import (
	"time"

	"concbench/models/threads/threading"
)

// A Future is the result, to come, of a call. The zero Future is of none: what can
// fail does, with ErrNoFuture.
type Future[T any] struct {
	core
	result T
}

// NewFuture makes a pending future, for executors and tests.
func NewFuture[T any]() *Future[T] { return &Future[T]{core: newCore()} }

func (f *Future[T]) base() *core {
	if f == nil || f.cond == nil {
		return nil
	}
	return &f.core
}

// A timeout of a wait: forever, or at least 0.
const forever = time.Duration(-1)

// Result waits for the result. The error is the call's own, or ErrCancelled.
func (f *Future[T]) Result(t *threading.Thread) (T, error) { return f.await(t, forever) }

// ResultTimeout is Result for at most timeout; then it is ErrTimeout, and the
// call goes on. Zero or less does not wait.
func (f *Future[T]) ResultTimeout(t *threading.Thread, timeout time.Duration) (T, error) {
	return f.await(t, max(timeout, 0))
}

// Exception waits for the error of the call: nil if there is none. err says why
// there is no answer: ErrCancelled.
func (f *Future[T]) Exception(t *threading.Thread) (exception, err error) {
	return f.exception(t, forever)
}

// ExceptionTimeout is Exception for at most timeout; then err is ErrTimeout.
func (f *Future[T]) ExceptionTimeout(t *threading.Thread, timeout time.Duration) (exception, err error) {
	return f.exception(t, max(timeout, 0))
}

func (f *Future[T]) await(t *threading.Thread, timeout time.Duration) (result T, err error) {
	err = f.with(t, func() error {
		if err := f.wait(t, timeout); err != nil {
			return err
		}
		result = f.result
		return f.outcome()
	})
	return result, err
}

func (f *Future[T]) exception(t *threading.Thread, timeout time.Duration) (exception, err error) {
	err = f.with(t, func() error {
		if err := f.wait(t, timeout); err != nil {
			return err
		}
		if f.state != Finished {
			return ErrCancelled
		}
		exception = f.err
		return nil
	})
	return exception, err
}

// wait is called with the lock held. The error says that there is no outcome yet.
func (c *core) wait(t *threading.Thread, timeout time.Duration) error {
	if c.complete() {
		return nil
	}
	if timeout == forever {
		return c.cond.WaitFor(t, c.complete)
	}
	complete, err := c.cond.WaitForTimeout(t, c.complete, timeout)
	if err == nil && !complete {
		err = ErrTimeout
	}
	return err
}

// SetResult completes the future. It is for executors. An [*InvalidStateError]
// says that the future was cancelled or completed before.
func (f *Future[T]) SetResult(t *threading.Thread, result T) error {
	return f.finish(t, nil, func() { f.result = result })
}

// AddDoneCallback has callback called when the future is done, by whoever
// completes or cancels it; if it is done already, at once. A panic of a callback,
// or of the call of one that is nil, is reported on the interpreter's Stderr and
// stops no other.
func (f *Future[T]) AddDoneCallback(t *threading.Thread, callback func(t *threading.Thread, f *Future[T])) {
	f.addCallback(t, func(t *threading.Thread) { callback(t, f) })
}
