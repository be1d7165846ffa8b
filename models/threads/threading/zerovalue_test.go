package threading

import (
	"errors"
	"math"
	"testing"
	"time"
)

// The zero value of every primitive can be used, or says what is wrong.
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

// A value that no interpreter has made says so, and does not panic.
func TestMadeByNoInterpreter(t *testing.T) {
	var none *Interpreter
	var zero Interpreter
	var handle *Thread
	_, noneErr := none.AtExit(func(*Thread) {})
	_, zeroErr := zero.AtExit(func(*Thread) {})
	for what, err := range map[string]error{
		"Run of nil":                   none.Run(work),
		"Run of a zero interpreter":    zero.Run(work),
		"AtExit of nil":                noneErr,
		"AtExit of a zero interpreter": zeroErr,
		"Start of nil":                 handle.Start(nil),
		"Start of a zero thread":       new(Thread).Start(nil),
		"Start of nil's thread":        handle.NewThread(work).Start(nil),
		"Start of nil's timer":         handle.NewTimer(0, work).Start(nil),
		"Start of a zero timer":        new(Timer).Start(nil),
		"Start of a zero's thread":     zero.NewThread(work, Named("name")).Start(nil),
	} {
		if err != ErrNoInterpreter {
			t.Errorf("%s: %v, want %v", what, err, ErrNoInterpreter)
		}
	}
	none.Record(nil)
	if none.Stats() != (Stats{}) || zero.Stats() != (Stats{}) || new(Thread).Name() != "" || new(Thread).LockWaits() != (Waits{}) || new(Timer).Cancel(nil) != nil {
		t.Error("a question to nothing has an answer")
	}
	if err := new(Thread).Join(nil); err != ErrNotStarted {
		t.Errorf("Join of a zero thread: %v", err)
	}
}

// A caller without a handle is refused the calls that belong to a thread.
func TestHandleIsNeeded(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		var none *Thread
		var local Local[int]
		a, b, err := main.SocketPair()
		l, err2 := main.Listen("tcp", "127.0.0.1:0")
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		defer a.Close()
		defer b.Close()
		defer l.Close()
		_, dialErr := none.Dial("tcp", l.Addr().String())
		_, listenErr := none.Listen("tcp", "127.0.0.1:0")
		_, acceptErr := l.Accept(nil)
		_, _, pairErr := none.SocketPair()
		for what, err := range map[string]error{
			"Local.Set": local.Set(nil, 1), "Pin": none.Pin(0), "MoveTo": a.MoveTo(nil), "Dial": dialErr,
			"Listen": listenErr, "Accept": acceptErr, "SocketPair": pairErr, "RLock.Acquire": NewRLock().Acquire(nil),
		} {
			if err != ErrNoOwner {
				t.Errorf("%s: %v, want %v", what, err, ErrNoOwner)
			}
		}
		local.Delete(nil)
		if _, ok := local.Get(nil); ok {
			t.Error("nobody's local has a value")
		}
		return nil
	})
}

// The longest timeout is as good as none: CPython has TIMEOUT_MAX, and OverflowError.
func TestLongestTimeout(t *testing.T) {
	const longest = time.Duration(math.MaxInt64)
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		lock, event, cond := newHeldLock(), NewEvent(), NewCondition(nil)
		waiter := func(wait func(t *Thread) (bool, error)) Target {
			return func(th *Thread) error {
				ok, err := wait(th)
				if !ok {
					t.Error("a wait of the longest timeout ended by itself")
				}
				return err
			}
		}
		th, err := started(main, waiter(func(t *Thread) (bool, error) { return lock.AcquireTimeout(t, longest) }))
		th2, err2 := started(main, waiter(func(t *Thread) (bool, error) { return event.WaitTimeout(t, longest) }))
		th3, err3 := started(main, waiter(func(t *Thread) (ok bool, err error) {
			err = cond.With(t, func() (err error) {
				ok, err = cond.WaitForTimeout(t, event.IsSet, longest)
				return err
			})
			return ok, err
		}))
		untilAt(main, func() bool {
			cond.waiting.mu.Lock()
			defer cond.waiting.mu.Unlock()
			return cond.waiting.waiters.Len() == 1
		})
		err = errors.Join(err, err2, err3, lock.Release(main), event.Set(main), cond.With(main, func() error { return cond.NotifyAll(main) }))
		return errors.Join(err, th.JoinTimeout(main, longest), th2.JoinTimeout(main, longest), th3.Join(main))
	})
}
