package coroutine

import (
	"errors"
	"testing"
	"time"
)

// sleeps is a body that a timeout interrupts.
func sleeps(task *Task) func(*Timeout) error {
	return func(*Timeout) error { return task.Sleep(time.Hour) }
}

func TestTimeoutTurnsItsCancelIntoErrTimeout(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		for _, d := range []time.Duration{-1, 0, time.Millisecond} {
			var tm *Timeout
			err := WithTimeout(task, d, func(scope *Timeout) error {
				tm = scope
				expectError(t, "the body's wait", task.Sleep(time.Hour), ErrCancelled)
				if !tm.Expired() {
					t.Error("the body is interrupted before Expired says so")
				}
				return ErrCancelled
			})
			if err != ErrTimeout || !tm.Expired() || task.Cancelling() != 0 {
				t.Errorf("after %v: %v, Expired %v, %d requests", d, err, tm.Expired(), task.Cancelling())
			}
		}
		return task.Yield()
	})
}

func TestTimeoutThatDoesNotExpire(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		for _, d := range []time.Duration{time.Hour, NoTimeout} {
			for _, want := range []error{nil, errTest, ErrCancelled} {
				var tm *Timeout
				err := WithTimeout(task, d, func(scope *Timeout) error { tm = scope; task.Yield(); return want })
				if err != want || tm.Expired() {
					t.Errorf("%v, want %v, Expired %v", err, want, tm.Expired())
				}
			}
		}
		if live := len(task.Loop().timers.entries) - task.Loop().timers.cancelled; live != 0 {
			t.Errorf("%d timers are left", live)
		}
		return nil
	})
}

// A body that never suspends is never hit, and neither is what follows it.
func TestTimeoutOfABodyThatNeverSuspends(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		expectError(t, "WithTimeout", WithTimeout(task, -1, func(*Timeout) error { return nil }), nil)
		return task.Yield()
	})
}

// Swallowed, or followed by another error, the cancel makes no timeout.
func TestTimeoutWhoseCancelIsNotReturned(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		for _, want := range []error{nil, errTest} {
			var tm *Timeout
			err := WithTimeout(task, 0, func(scope *Timeout) error { tm = scope; sleeps(task)(nil); return want })
			if err != want || !tm.Expired() || task.Cancelling() != 0 {
				t.Errorf("%v, want %v, Expired %v, %d requests", err, want, tm.Expired(), task.Cancelling())
			}
		}
		return nil
	})
}

// A cancel by somebody else in addition stays one.
func TestTimeoutAndAnotherCancel(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		var tm *Timeout
		child := task.Start("child", func(task *Task) error {
			return WithTimeout(task, 0, func(scope *Timeout) error { tm = scope; return sleeps(task)(nil) })
		})
		task.Yield()
		child.Cancel()
		err := child.Join(task)
		if !isCancellation(err) || !tm.Expired() || child.Cancelling() != 1 {
			t.Errorf("%v, Expired %v, %d requests", err, tm.Expired(), child.Cancelling())
		}
		return nil
	})
}

// A request from before the timeout is not held against it.
func TestTimeoutInATaskThatRefusedACancel(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		child := task.Start("child", func(task *Task) error {
			task.Sleep(time.Hour)
			return WithTimeout(task, 0, sleeps(task))
		})
		task.Yield()
		child.Cancel()
		expectError(t, "child", child.Join(task), ErrTimeout)
		if child.Cancelling() != 1 {
			t.Errorf("%d requests", child.Cancelling())
		}
		return nil
	})
}

func TestNestedTimeouts(t *testing.T) {
	for name, w := range map[string]struct {
		outer, inner time.Duration
		innerWants   error
		outerWants   error
	}{
		"inner first": {time.Hour, 0, ErrTimeout, ErrTimeout}, // the body passes it on
		"outer first": {0, time.Hour, ErrCancelled, ErrTimeout},
		"both":        {0, 0, ErrCancelled, ErrTimeout},
	} {
		runQuietly(t, func(task *Task) error {
			var out, in *Timeout
			err := WithTimeout(task, w.outer, func(scope *Timeout) error {
				out = scope
				err := WithTimeout(task, w.inner, func(scope *Timeout) error { in = scope; return sleeps(task)(nil) })
				expectError(t, name+": inner", err, w.innerWants)
				return err
			})
			expectError(t, name+": outer", err, w.outerWants)
			if out.Expired() != (w.outer == 0) || in.Expired() != (w.inner == 0) || task.Cancelling() != 0 {
				t.Errorf("%s: Expired: outer %v, inner %v; %d requests", name, out.Expired(), in.Expired(), task.Cancelling())
			}
			return nil
		})
	}
}

func TestReschedule(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		l := task.Loop()
		var tm *Timeout
		err := WithTimeoutAt(task, l.Time(), func(scope *Timeout) error { // has passed, and is moved away
			tm = scope
			expectError(t, "Reschedule", tm.Reschedule(NoTimeout), nil)
			if tm.When() != NoTimeout {
				t.Errorf("When = %v", tm.When())
			}
			expectError(t, "a wait without a deadline", task.Yield(), nil)
			if n := len(l.timers.entries); n != 0 {
				t.Errorf("%d timers for no deadline", n)
			}
			far := l.Time() + time.Hour
			if tm.Reschedule(far); tm.When() != far {
				t.Errorf("When = %v, want %v", tm.When(), far)
			}
			tm.Reschedule(l.Time())
			err := task.Sleep(time.Hour)
			expectError(t, "Reschedule", tm.Reschedule(NoTimeout), ErrTimeoutExpiring)
			return err
		})
		expectError(t, "WithTimeoutAt", err, ErrTimeout)
		expectError(t, "Reschedule", tm.Reschedule(NoTimeout), ErrTimeoutExpired)
		WithTimeout(task, NoTimeout, func(scope *Timeout) error { tm = scope; return nil })
		expectError(t, "Reschedule", tm.Reschedule(NoTimeout), ErrTimeoutFinished)
		expectError(t, "Reschedule", new(Timeout).Reschedule(0), ErrTimeoutNotEntered)
		return nil
	})
}

func TestTimeoutOutsideATask(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		body := func(*Timeout) error { t.Error("the body ran"); return nil }
		other := task.Start("other", func(*Task) error { return nil })
		for _, owner := range []*Task{nil, &other.Task} {
			expectError(t, "WithTimeout", WithTimeout(owner, 0, body), ErrNotCurrent)
			expectError(t, "WithTimeoutAt", WithTimeoutAt(owner, 0, body), ErrNotCurrent)
			expectError(t, "WithTaskGroup", WithTaskGroup(owner, func(*TaskGroup) error { return body(nil) }), ErrNotCurrent)
		}
		return nil
	})
}

// A panic passes and leaves no timer behind.
func TestTimeoutOfABodyThatPanics(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		child := task.Start("child", func(task *Task) error {
			return WithTimeout(task, time.Hour, func(*Timeout) error { panic(errTest) })
		})
		expectError(t, "child", child.Join(task), errTest)
		if live := len(task.Loop().timers.entries) - task.Loop().timers.cancelled; live != 0 {
			t.Errorf("%d timers are left", live)
		}
		return nil
	})
}

// What a timed-out wait returns is a timeout to everybody who asks.
func TestErrTimeoutAfterWithTimeout(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		err := WithTimeout(task, 0, sleeps(task))
		if timeout, ok := errors.AsType[interface {
			error
			Timeout() bool
		}](err); !ok || !timeout.Timeout() {
			t.Errorf("%v is no timeout", err)
		}
		return nil
	})
}
