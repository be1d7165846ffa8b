package coroutine

import "time"

// CallSoon queues fn for the next round. On a closed loop it returns
// [ErrClosed], without a function [ErrNoFunction].
func (l *Loop) CallSoon(fn func()) (*Handle, error) {
	if err := l.checkCall("CallSoon", fn); err != nil {
		return nil, err
	}
	h := &Handle{call: fn}
	l.ready.Push(h)
	return h, nil
}

// CallLater has fn run once d has passed. Even zero or less goes behind
// everything that is ready by then. The errors are those of CallSoon.
func (l *Loop) CallLater(d time.Duration, fn func()) (*Timer, error) {
	if err := l.checkCall("CallLater", fn); err != nil {
		return nil, err
	}
	return l.callAt(after(l.Time(), d), fn), nil
}

// CallAt has fn run at a time of the loop's clock. The errors are those of
// CallSoon.
func (l *Loop) CallAt(when time.Duration, fn func()) (*Timer, error) {
	if err := l.checkCall("CallAt", fn); err != nil {
		return nil, err
	}
	return l.callAt(when, fn), nil
}

func (l *Loop) callAt(when time.Duration, fn func()) *Timer {
	t := &Timer{Handle: Handle{call: fn}}
	l.schedule(t, when)
	return t
}

func (l *Loop) schedule(t *Timer, when time.Duration) {
	t.when = when
	l.timers.push(t)
	l.asking.now()
}

// checkCall is check for what is to have fn called.
func (l *Loop) checkCall(op string, fn func()) error {
	if fn == nil {
		return misuse(op, ErrNoFunction)
	}
	return l.check(op)
}

func (l *Loop) check(op string) error {
	if l.closed {
		return misuse(op, ErrClosed)
	}
	return l.checkThread(op)
}
