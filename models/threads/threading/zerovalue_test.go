package threading

import (
	"errors"
	"testing"
	"time"
)

// Every primitive is of use as it is declared, or says what is wrong.
func TestZeroValues(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		var cond Condition
		var event Event
		var semaphore Semaphore
		var bounded BoundedSemaphore
		errs := errors.Join(cond.Acquire(main), cond.NotifyAll(main), cond.Release(main),
			event.Set(main), event.Wait(main), event.Clear(main),
			semaphore.Release(main), semaphore.Acquire(main))
		if semaphore.TryAcquire(main) || bounded.TryAcquire(main) {
			t.Error("a zero semaphore had one to give")
		}
		if err := bounded.Release(main); err != ErrReleasedTooManyTimes {
			t.Errorf("BoundedSemaphore.Release: %v", err)
		}
		return errs
	})
}

func TestZeroBarrier(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		var b Barrier
		_, waitErr := b.Wait(main)
		_, timeoutErr := b.WaitTimeout(main, time.Second)
		for _, err := range []error{waitErr, timeoutErr, b.Reset(main), b.Abort(main)} {
			if err != ErrParties {
				t.Errorf("%v, want %v", err, ErrParties)
			}
		}
		if b.Waiting(main) != 0 || b.Broken(main) {
			t.Error("somebody is at a barrier for nobody")
		}
		return nil
	})
}

// A notification comes to the waiter of a zero Condition.
func TestZeroConditionWakes(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		var cond Condition
		waiting := false
		th, err := started(main, func(t *Thread) error {
			err := cond.Acquire(t)
			waiting = true
			return errors.Join(err, cond.Wait(t), cond.Release(t))
		})
		if err != nil {
			return err
		}
		for done := false; !done; {
			err = errors.Join(err, cond.Acquire(main))
			done = waiting
			err = errors.Join(err, cond.Notify(main, 1), cond.Release(main))
		}
		return errors.Join(err, th.Join(main))
	})
}
