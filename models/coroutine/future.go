package coroutine

import (
	"errors"

	"concbench/models"
)

// ErrInvalidState is returned on setting the outcome of a future that has one,
// and on asking for the outcome of a future that has none yet.
var ErrInvalidState = errors.New("invalid state of a future")

type futureState uint8

const (
	pending futureState = iota
	finished
	cancelled
)

// A Future is an outcome that will be known later: a value, an error or
// cancellation, set once. What waits for it is never run by the one who sets
// it, but queued on the loop in the order in which it began to wait.
type Future struct {
	loop  *Loop
	task  *Task // of which this is the outcome; nil for other futures
	value any
	err   error

	// Nearly every future has one waiter, which then costs no slice.
	first *Handle
	more  []*Handle
	state futureState
}

// NewFuture makes a future without an outcome.
func (l *Loop) NewFuture() *Future { return &Future{loop: l} }

// SetResult gives the future a value. It returns [ErrInvalidState] if it has
// an outcome, or is a task, whose outcome is that of its body.
func (f *Future) SetResult(v any) error { return f.set(v, nil) }

// SetError gives the future an error, which is what its waiters get. It
// returns [ErrInvalidState] as SetResult does.
func (f *Future) SetError(err error) error { return f.set(nil, err) }

func (f *Future) set(v any, err error) error {
	if f.state != pending || f.task != nil {
		return ErrInvalidState
	}
	f.complete(finished, v, err)
	return nil
}

// Cancel ends the future with [models.ErrCancelled]. It reports false, and
// does nothing, if there is an outcome already. For a task it is [Task.Cancel].
func (f *Future) Cancel() bool {
	if f.task != nil {
		return f.task.Cancel()
	}
	if f.state != pending {
		return false
	}
	f.complete(cancelled, nil, models.ErrCancelled)
	return true
}

// complete sets the outcome and queues whoever waits for it.
func (f *Future) complete(s futureState, v any, err error) {
	f.state, f.value, f.err = s, v, err
	if f.first == nil {
		return
	}
	f.loop.ready.push(f.first)
	for _, h := range f.more {
		f.loop.ready.push(h)
	}
	f.first, f.more = nil, nil
}

// Done reports whether the future has an outcome.
func (f *Future) Done() bool { return f.state != pending }

// Cancelled reports whether the outcome is cancellation.
func (f *Future) Cancelled() bool { return f.state == cancelled }

// Result is the outcome: a value, or the error. Before there is one it
// returns [ErrInvalidState].
func (f *Future) Result() (any, error) {
	if f.state == pending {
		return nil, ErrInvalidState
	}
	return f.value, f.err
}

// AddDoneCallback has the loop call fn once there is an outcome, or in the
// next round if there is one already. Cancel the handle to take it back.
func (f *Future) AddDoneCallback(fn func(*Future)) *Handle {
	h := &Handle{call: func() { fn(f) }}
	f.addWaiter(h)
	return h
}

func (f *Future) addWaiter(h *Handle) {
	switch {
	case f.state != pending:
		f.loop.ready.push(h)
	case f.first == nil:
		f.first = h
	default:
		f.more = append(f.more, h)
	}
}

// removeWaiter reports whether h was waiting.
func (f *Future) removeWaiter(h *Handle) bool {
	if f.first == h {
		f.first = nil
		if len(f.more) > 0 {
			f.first, f.more = f.more[0], f.more[1:]
		}
		return true
	}
	for i, w := range f.more {
		if w == h {
			f.more = append(f.more[:i], f.more[i+1:]...)
			return true
		}
	}
	return false
}

// Await makes t wait for the outcome and returns it. It does not suspend t if
// there is one. Cancelling t meanwhile cancels the future, and if that is a
// task, that task.
func (f *Future) Await(t *Task) (any, error) {
	if f.state == pending {
		if err := t.wait(f, false); err != nil {
			return nil, err
		}
	}
	return f.value, f.err
}
