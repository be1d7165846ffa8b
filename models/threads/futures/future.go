package futures

import (
	"time"

	"concbench/models/threads/threading"
)

// A Future holds the result of a call that may not have ended yet. The zero Future belongs
// to no call: every method that can fail does, with ErrNoFuture.
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

// forever is the timeout of a wait that has none.
const forever = time.Duration(-1)

// Result waits for the result. The error is the call's own, as it was returned, or
// ErrCancelled.
func (f *Future[T]) Result(t *threading.Thread) (T, error) { return f.await(t, forever) }

// ResultTimeout is Result for at most timeout. Then the error is ErrTimeout, and the call
// goes on. Zero or less does not wait.
func (f *Future[T]) ResultTimeout(t *threading.Thread, timeout time.Duration) (T, error) {
	return f.await(t, max(timeout, 0))
}

// Exception waits for the error of the call: nil if it has none. err is ErrCancelled if
// there was no call.
func (f *Future[T]) Exception(t *threading.Thread) (exception, err error) {
	return f.exception(t, forever)
}

// ExceptionTimeout is Exception for at most timeout. Then err is ErrTimeout.
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

// wait waits for the outcome, with the lock held. An error says that there is none yet.
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

// SetResult completes the future. It is for executors. The error is an
// [*InvalidStateError] if the future was cancelled or completed before.
func (f *Future[T]) SetResult(t *threading.Thread, result T) error {
	return f.finish(t, nil, func() { f.result = result })
}

// AddDoneCallback has callback called when the future is done, by the thread that completes
// or cancels it. If it is done already, callback is called at once. A callback that panics
// or is nil is reported on the interpreter's Stderr, and stops no other.
func (f *Future[T]) AddDoneCallback(t *threading.Thread, callback func(t *threading.Thread, f *Future[T])) {
	f.addCallback(t, func(t *threading.Thread) { callback(t, f) })
}
