package coroutine

import "time"

// CallSoon queues fn for the next round. On a closed loop it returns
// [ErrClosed].
func (l *Loop) CallSoon(fn func()) (*Handle, error) {
	if err := l.check("CallSoon"); err != nil {
		return nil, err
	}
	h := &Handle{call: fn}
	l.ready.Push(h)
	return h, nil
}

// CallLater has fn run once d has passed. Even zero or less goes behind
// everything that is ready by then. On a closed loop it returns [ErrClosed].
func (l *Loop) CallLater(d time.Duration, fn func()) (*Timer, error) {
	return l.CallAt(after(l.Time(), d), fn)
}

// CallAt has fn run at a time of the loop's clock. On a closed loop it returns
// [ErrClosed].
func (l *Loop) CallAt(when time.Duration, fn func()) (*Timer, error) {
	if err := l.check("CallAt"); err != nil {
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

func (l *Loop) check(op string) error {
	if l.closed {
		return misuse(op, ErrClosed)
	}
	return l.checkThread(op)
}
