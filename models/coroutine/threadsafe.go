package coroutine

import (
	"context"
	"sync"
)

// A ThreadsafeFuture is the outcome of what [RunThreadsafe] has a loop run, for
// those on other threads: Python's concurrent.futures.Future. Its methods may be
// called from any goroutine.
type ThreadsafeFuture[T any] struct {
	loop *Loop
	done chan struct{} // closed once there is an outcome

	mu        sync.Mutex
	inner     FutureOf[T] // nil until the loop has made it
	value     T
	err       error
	cancelled bool
}

// RunThreadsafe has the loop await what in a task, and returns the future of the
// outcome: asyncio's run_coroutine_threadsafe. It may be called from any
// goroutine. The outcome is [ErrClosed] if the loop is closed, and [ErrNoLoop] if
// there is none.
func RunThreadsafe[T any](l *Loop, what Awaitable[T]) *ThreadsafeFuture[T] {
	f := &ThreadsafeFuture[T]{loop: l.home(), done: make(chan struct{})}
	err := ErrNoLoop
	if l != nil {
		err = l.CallSoonThreadsafe(func() { f.begin(what) })
	}
	if err != nil {
		var zero T
		f.complete(zero, misuse("RunThreadsafe", err), false)
	}
	return f
}

// begin runs on the loop's thread.
func (f *ThreadsafeFuture[T]) begin(what Awaitable[T]) {
	inner := EnsureFuture(f.loop, what)
	inner.AddDoneCallback(func() {
		if !f.Cancelled() { // otherwise an error is left for others to retrieve
			value, err := inner.Result()
			f.complete(value, err, inner.Cancelled())
		}
	})
	f.mu.Lock()
	defer f.mu.Unlock()
	f.inner = inner
	if f.cancelled {
		f.loop.CallSoon(func() { inner.Cancel() })
	}
}

// complete reports false, and does nothing, if there is an outcome already.
func (f *ThreadsafeFuture[T]) complete(value T, err error, cancelled bool) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.Done() {
		return false
	}
	f.value, f.err, f.cancelled = value, err, cancelled
	close(f.done)
	return true
}

// Result waits for the outcome and returns it. If ctx ends first, the error is
// the context's, or [ErrTimeout] if its deadline has passed, and what the loop
// runs is left alone. If the loop is closed first it is [ErrClosed]. On the loop's
// own thread, where to wait would stop the loop for ever, it is [ErrOwnThread],
// unless there is an outcome.
func (f *ThreadsafeFuture[T]) Result(ctx context.Context) (value T, err error) {
	const op = "Result"
	if ctx == nil {
		ctx = context.Background()
	}
	if !f.Done() {
		if loopHere() == f.loop {
			return value, misuse(op, ErrOwnThread)
		}
	}
	select {
	case <-f.done:
		return f.value, f.err
	case <-f.loop.gone:
		f.complete(value, misuse(op, ErrClosed), false)
		return f.value, f.err
	case <-ctx.Done():
		if ctx.Err() == context.DeadlineExceeded {
			return value, ErrTimeout
		}
		return value, ctx.Err()
	}
}

// Done reports whether there is an outcome.
func (f *ThreadsafeFuture[T]) Done() bool {
	select {
	case <-f.done:
		return true
	default:
		return false
	}
}

// Cancelled reports whether the outcome is cancellation.
func (f *ThreadsafeFuture[T]) Cancelled() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.cancelled
}

// Cancel makes cancellation the outcome at once, and has the loop cancel what it
// runs, which may refuse, but is not heard any more. It reports false if there is
// another outcome already.
func (f *ThreadsafeFuture[T]) Cancel() bool {
	var zero T
	if !f.complete(zero, ErrCancelled, true) {
		return f.Cancelled()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.inner != nil {
		f.loop.CallSoonThreadsafe(func() { f.inner.Cancel() }) // a closed loop has ended it
	}
	return true
}
