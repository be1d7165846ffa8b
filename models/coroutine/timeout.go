package coroutine

import "time"

// A Timeout is a deadline for a part of a body: asyncio's timeout and
// timeout_at. When it passes, the task is cancelled; [WithTimeout] turns that
// cancellation, and no other, into [ErrTimeout]. A part that never suspends is
// never cut short.
type Timeout struct {
	task       *Task
	when       time.Duration
	state      timeoutState
	timer      *Timer
	cancelling int // requests that the task had before
}

type timeoutState uint8

const (
	timeoutCreated timeoutState = iota
	timeoutActive
	timeoutExpiring // has cancelled the task, which is not out yet
	timeoutExpired
	timeoutFinished
)

var notMovable = map[timeoutState]error{
	timeoutCreated:  ErrTimeoutNotEntered,
	timeoutExpiring: ErrTimeoutExpiring,
	timeoutExpired:  ErrTimeoutExpired,
	timeoutFinished: ErrTimeoutFinished,
}

// WithTimeout calls body as part of t and gives it d from now. [NoTimeout] is a
// timeout that can be given a deadline later.
//
// If the deadline passes, t is cancelled. If body then returns the cancellation,
// and nobody else has cancelled t since, WithTimeout returns [ErrTimeout]; in all
// other cases it returns what body does: a body that swallows the cancellation
// has no timeout. Of nested timeouts that expire together it is the outer one
// which returns ErrTimeout.
func WithTimeout(t *Task, d time.Duration, body func(*Timeout) error) error {
	if err := t.runs("WithTimeout"); err != nil {
		return err
	}
	return t.timeoutAt("WithTimeout", after(t.loop.Time(), d), body)
}

// WithTimeoutAt is WithTimeout with a deadline on the clock of [Loop.Time]. One
// that has passed already cancels t at its first suspension.
func WithTimeoutAt(t *Task, when time.Duration, body func(*Timeout) error) error {
	if err := t.runs("WithTimeoutAt"); err != nil {
		return err
	}
	return t.timeoutAt("WithTimeoutAt", when, body)
}

func (t *Task) timeoutAt(op string, when time.Duration, body func(*Timeout) error) (err error) {
	if body == nil {
		return misuse(op, ErrNoMain)
	}
	tm := &Timeout{task: t, cancelling: t.Cancelling(), state: timeoutActive}
	tm.schedule(when)
	defer func() { err = tm.exit(err) }()
	return body(tm)
}

// When is the deadline on the clock of [Loop.Time]; NoTimeout if there is none.
func (tm *Timeout) When() time.Duration { return tm.when }

// Expired reports whether the deadline has passed and the task been cancelled.
func (tm *Timeout) Expired() bool {
	return tm.state == timeoutExpiring || tm.state == timeoutExpired
}

// Reschedule moves the deadline, or takes it away with [NoTimeout]. Once the
// timeout has expired or its body has ended it returns an error that says so.
func (tm *Timeout) Reschedule(when time.Duration) error {
	if tm.state != timeoutActive {
		return misuse("Reschedule", notMovable[tm.state])
	}
	tm.timer.Cancel()
	tm.schedule(when)
	return nil
}

func (tm *Timeout) schedule(when time.Duration) {
	tm.when, tm.timer = when, &Timer{Handle: Handle{call: tm.expire}}
	switch l := tm.task.loop; {
	case when == NoTimeout:
	case when <= l.Time():
		l.ready.Push(&tm.timer.Handle)
	default:
		l.schedule(tm.timer, when)
	}
}

func (tm *Timeout) expire() {
	tm.task.Cancel()
	tm.state = timeoutExpiring
}

// exit makes WithTimeout's error of body's.
func (tm *Timeout) exit(err error) error {
	tm.timer.Cancel()
	if tm.state != timeoutExpiring {
		tm.state = timeoutFinished
		return err
	}
	tm.state = timeoutExpired
	if tm.task.Uncancel() <= tm.cancelling && isCancellation(err) {
		return ErrTimeout
	}
	return err
}
