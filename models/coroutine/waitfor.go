package coroutine

import "time"

// WaitFor awaits what and returns its outcome: asyncio's wait_for. What is no
// future becomes a task of its own, unless there is no timeout.
//
// When the timeout passes first, what is cancelled, and WaitFor waits until it
// has ended: the error is [ErrTimeout] if it ended cancelled, otherwise its
// value or error is returned. A timeout of zero or less passes at once, unless
// what is done; a coroutine does not begin then.
//
// When t is cancelled meanwhile, what is cancelled and waited for as well, and
// the cancellation returned. There is one exception: if what has its outcome
// already, though t has not run since, that is returned and the cancel lost,
// which asyncio did until Python 3.11.
func WaitFor[T any](t *Task, what Awaitable[T], timeout time.Duration) (value T, err error) {
	const op = "WaitFor"
	if err := t.runs(op); err != nil {
		return value, err
	}
	if isMissing(what) {
		return value, misuse(op, ErrNotAwaitable)
	}
	if timeout == NoTimeout {
		return what.Await(t)
	}
	f, interruption := waitForAtMost(t, what, timeout)
	if f.core().loop != t.loop {
		return value, misuse(op, ErrForeignFuture)
	}
	if f.Done() {
		return f.Result()
	}
	if t.stopped {
		return value, interruption
	}
	// The loop's other tasks shall not see what run on after WaitFor has returned.
	f.Cancel()
	if err := t.waitForEnd(f.core()); err != nil {
		return value, err
	}
	if interruption != nil {
		return value, interruption
	}
	value, err = f.Result()
	if isCancellation(err) {
		err = ErrTimeout
	}
	return value, err
}

// waitForAtMost suspends t until what has an outcome or the timeout has passed.
func waitForAtMost[T any](t *Task, what Awaitable[T], timeout time.Duration) (f FutureOf[T], interruption error) {
	if timeout <= 0 {
		return EnsureFuture(t, what), nil
	}
	timer := t.wakeAfter(timeout) // before the task is made, and so its timers
	defer timer.Cancel()
	f = EnsureFuture(t, what)
	if f.core().loop == t.loop {
		interruption = t.waitForEnd(f.core())
	}
	return f, interruption
}

// waitForEnd suspends t until f has an outcome, or something else wakes its
// waiter. A cancel of t is not passed on to f.
func (t *Task) waitForEnd(f *promise) error {
	t.waiter.reset()
	callback := f.AddDoneCallback(t.waiter.wake)
	err := t.wait(&t.waiter.promise, false)
	f.forget(callback)
	return err
}
