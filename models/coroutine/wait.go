package coroutine

import (
	"math"
	"time"
)

// NoTimeout is a timeout, or a deadline, that never comes: asyncio's None.
const NoTimeout time.Duration = math.MaxInt64

// A ReturnWhen says what [Wait] waits for.
type ReturnWhen uint8

// What Wait waits for. A cancelled future counts as completed, and not as one
// with an error.
const (
	AllCompleted ReturnWhen = iota
	FirstCompleted
	FirstException
)

// Wait suspends t until the futures have outcomes, as many as until says, or
// until the timeout has passed, and tells those which are done from those which
// are pending: asyncio's wait. Both come in the order of futures, each once. It
// leaves the futures alone: it neither cancels them nor returns their errors,
// and a timeout is none either. The error is that of the wait, which may be
// cancelled.
func Wait[F AnyFuture](t *Task, futures []F, until ReturnWhen, timeout time.Duration) (done, pending []F, err error) {
	const op = "Wait"
	if err := t.runs(op); err != nil {
		return nil, nil, err
	}
	if until > FirstException {
		return nil, nil, misuse(op, ErrReturnWhen)
	}
	futures, err = distinct(t, op, futures)
	if err != nil {
		return nil, nil, err
	}
	if err := t.waitForSome(promises(futures), until, timeout); err != nil {
		return nil, nil, err
	}
	for _, f := range futures {
		if f.Done() {
			done = append(done, f)
		} else {
			pending = append(pending, f)
		}
	}
	return done, pending, nil
}

// distinct is futures, each once, or what is wrong with them.
func distinct[F AnyFuture](t *Task, op string, futures []F) ([]F, error) {
	if len(futures) == 0 {
		return nil, misuse(op, ErrEmptySet)
	}
	once := make([]F, 0, len(futures))
	known := make(map[*promise]bool, len(futures))
	for _, f := range futures {
		switch {
		case isMissing(f):
			return nil, misuse(op, ErrNotAwaitable)
		case f.core().loop != t.loop:
			return nil, misuse(op, ErrForeignFuture)
		case !known[f.core()]:
			known[f.core()] = true
			once = append(once, f)
		}
	}
	return once, nil
}

func promises[F AnyFuture](futures []F) []*promise {
	ps := make([]*promise, len(futures))
	for i, f := range futures {
		ps[i] = f.core()
	}
	return ps
}

func (t *Task) waitForSome(futures []*promise, until ReturnWhen, timeout time.Duration) error {
	t.waiter.reset()
	left := len(futures)
	callbacks := make([]*Handle, len(futures))
	timer := t.wakeAfter(timeout)
	for i, f := range futures {
		callbacks[i] = f.AddDoneCallback(func() {
			left--
			if left == 0 || until == FirstCompleted || until == FirstException && f.failed() {
				t.waiter.wake()
			}
		})
	}
	err := t.wait(&t.waiter.promise, false)
	timer.Cancel()
	for i, f := range futures {
		f.forget(callbacks[i])
	}
	return err
}

// wakeAfter has the task's waiter woken once d has passed, unless the timer is
// cancelled. It must be, before the waiter is used again.
func (t *Task) wakeAfter(d time.Duration) *Timer {
	if d == NoTimeout {
		return &Timer{}
	}
	return t.loop.callAt(after(t.loop.Time(), d), t.waiter.wake)
}

// failed reports whether the outcome is an error, which counts as retrieved if
// it is.
func (p *promise) failed() bool { return p.state == finished && p.outcome() != nil }

// forget keeps a callback from running, be it in the promise's line or already
// in the loop's queue.
func (p *promise) forget(callback *Handle) {
	p.removeWaiter(callback)
	callback.Cancel()
}

// runs refuses a task that does not run now.
func (t *Task) runs(op string) error {
	if !t.IsRunning() {
		return misuse(op, ErrNotCurrent)
	}
	return nil
}
