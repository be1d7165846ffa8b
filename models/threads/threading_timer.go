package threads

import "time"

// A Timer is CPython's threading.Timer: a thread that waits before it does what
// it is for, and can be told not to do it.
type Timer struct {
	*Thread
	finished *Event
}

// NewTimer makes a timer that will run function interval after its Start. Without
// one the excepthook is told ErrNoBody then.
func (t *Thread) NewTimer(interval time.Duration, function Target, options ...ThreadOption) *Timer {
	timer := &Timer{finished: NewEvent()}
	timer.Thread = t.NewThread(nil, options...)
	timer.target = func(t *Thread) error {
		cancelled, err := timer.finished.WaitTimeout(t, interval)
		if err != nil || cancelled {
			return err
		}
		defer timer.finished.Set(t)
		if function == nil {
			return ErrNoBody
		}
		return function(t)
	}
	return timer
}

// Cancel stops the timer if it still waits.
func (timer *Timer) Cancel(t *Thread) error { return timer.finished.Set(t) }
