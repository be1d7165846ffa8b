package threading

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

const (
	moment = 2 * time.Millisecond // that a wait is given which is to time out
	ample  = time.Minute          // and one which is not
)

// all starts n threads with body and waits for them.
func all(main *Thread, n int, body func(t *Thread, i int) error) error {
	errs := make([]error, n)
	var threads []*Thread
	for i := range n {
		th, err := started(main, func(t *Thread) error {
			errs[i] = body(t, i)
			return nil
		})
		if err != nil {
			return err
		}
		threads = append(threads, th)
	}
	for _, th := range threads {
		if err := th.Join(main); err != nil {
			return err
		}
	}
	return errors.Join(errs...)
}

// Each misuse gives the error for what CPython raises.
func TestMisuse(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		lock, rlock := newHeldLock(), NewRLock()
		_, lockErr := lock.AcquireTimeout(main, -1)
		_, rlockErr := rlock.AcquireTimeout(main, -1)
		cond := NewCondition(nil)
		_, semaphoreErr := NewSemaphore(-1)
		_, boundedErr := NewBoundedSemaphore(-1)
		_, barrierErr := NewBarrier(0, nil)
		semaphore, _ := NewSemaphore(0)
		bounded, _ := NewBoundedSemaphore(1)
		_, waitErr := cond.WaitTimeout(main, 0)
		_, waitForErr := cond.WaitForTimeout(main, nil, 0)
		_, atExitErr := main.Interpreter().AtExit(nil)
		for _, c := range []struct {
			what      string
			got, want error
		}{
			{"Lock.Release", NewLock().Release(main), ErrReleaseUnlocked},
			{"Lock.AcquireTimeout", lockErr, ErrTimeoutNegative},
			{"RLock.Release", rlock.Release(main), ErrReleaseUnacquired},
			{"RLock.Acquire without a handle", rlock.Acquire(nil), ErrNoOwner},
			{"RLock.AcquireTimeout", rlockErr, ErrTimeoutNegative},
			{"Condition.Wait", cond.Wait(main), ErrWaitUnacquired},
			{"Condition.WaitTimeout", waitErr, ErrWaitUnacquired},
			{"Condition.WaitFor", cond.WaitFor(main, func() bool { return false }), ErrWaitUnacquired},
			{"Condition.Notify", cond.Notify(main, 1), ErrNotifyUnacquired},
			{"Condition.NotifyAll", cond.NotifyAll(main), ErrNotifyUnacquired},
			{"NewSemaphore", semaphoreErr, ErrSemaphoreInitial},
			{"NewBoundedSemaphore", boundedErr, ErrSemaphoreInitial},
			{"Semaphore.ReleaseN", semaphore.ReleaseN(main, 0), ErrReleaseCount},
			{"BoundedSemaphore.Release", bounded.Release(main), ErrReleasedTooManyTimes},
			{"NewBarrier", barrierErr, ErrParties},
			{"Condition.WaitFor nil", cond.WaitFor(main, nil), ErrNoFunction},
			{"Condition.WaitForTimeout nil", waitForErr, ErrNoFunction},
			{"Block nil", main.Block(nil), ErrNoFunction},
			{"Block nil without a handle", (*Thread)(nil).Block(nil), ErrNoFunction},
			{"AtExit nil", atExitErr, ErrNoFunction},
		} {
			if c.got != c.want {
				t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
			}
		}
		return nil
	})
}

func TestTimeouts(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		semaphore, _ := NewSemaphore(0)
		event, cond := NewEvent(), NewCondition(nil)
		for name, wait := range map[string]func(t *Thread, d time.Duration) (bool, error){
			"Lock":      newHeldLock().AcquireTimeout,
			"Semaphore": semaphore.AcquireTimeout,
			"Event":     event.WaitTimeout,
			"Condition": func(t *Thread, d time.Duration) (bool, error) {
				err := cond.Acquire(t)
				notified, err2 := cond.WaitTimeout(t, d)
				return notified, errors.Join(err, err2, cond.Release(t))
			},
			"WaitFor": func(t *Thread, d time.Duration) (bool, error) {
				err := cond.Acquire(t)
				held, err2 := cond.WaitForTimeout(t, func() bool { return false }, d)
				return held, errors.Join(err, err2, cond.Release(t))
			},
		} {
			for _, d := range []time.Duration{-1, -time.Hour, 0, moment} {
				got, err := wait(main, d)
				if got || err != nil && !(name == "Lock" && d < 0 && err == ErrTimeoutNegative) {
					t.Errorf("%s with %v: %v, %v", name, d, got, err)
				}
			}
		}
		if cond.waiting.waiters.Len() != 0 {
			t.Errorf("%d waiters are left in the condition", cond.waiting.waiters.Len())
		}
		return nil
	})
}

// Every lock lets in one thread at a time, and loses no wake-up.
func TestLocksExclude(t *testing.T) {
	bounded, _ := NewBoundedSemaphore(1)
	for name, lock := range map[string]interface {
		Acquire(t *Thread) error
		Release(t *Thread) error
	}{"Lock": NewLock(), "RLock": NewRLock(), "Condition": NewCondition(nil), "Semaphore": bounded} {
		t.Run(name, func(t *testing.T) {
			inInterpreter(t, func(t *testing.T, main *Thread) error {
				const threads, rounds = 6, 400
				inside, count := 0, 0
				err := all(main, threads, func(th *Thread, _ int) error {
					for n := range rounds {
						if err := lock.Acquire(th); err != nil {
							return err
						}
						inside++
						if inside != 1 {
							t.Error("two threads are inside")
						}
						if n%50 == 0 {
							th.Sleep(time.Microsecond)
						}
						inside--
						count++
						if err := lock.Release(th); err != nil {
							return err
						}
					}
					return nil
				})
				if count != threads*rounds {
					t.Errorf("%d rounds, want %d", count, threads*rounds)
				}
				return err
			})
		})
	}
}

func TestLockIsReleasedByAStranger(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		lock := NewLock()
		if err := lock.Acquire(main); err != nil || lock.TryAcquire(main) || !lock.Locked() {
			t.Errorf("Acquire: %v; a held lock can be taken, or does not know that it is held", err)
		}
		th, err := started(main, func(t *Thread) error { return lock.Release(t) })
		if ok, err2 := lock.AcquireTimeout(main, ample); !ok || err2 != nil {
			t.Errorf("AcquireTimeout: %v, %v", ok, err2)
		}
		return errors.Join(err, th.Join(main))
	})
}

// An RLock is released as often as it was taken, except by a condition's wait.
func TestRLock(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		cond := NewCondition(nil)
		if err := errors.Join(cond.Acquire(main), cond.Acquire(main)); err != nil {
			return err
		}
		err := all(main, 1, func(th *Thread, _ int) error {
			if cond.TryAcquire(th) {
				t.Error("a second thread has it")
			}
			if err := cond.Release(th); err != ErrReleaseUnacquired {
				t.Errorf("Release by a stranger: %v", err)
			}
			return nil
		})
		if err != nil {
			return err
		}
		th, err := started(main, func(th *Thread) error {
			return errors.Join(cond.Acquire(th), cond.Notify(th, 1), cond.Release(th))
		})
		err = errors.Join(err, cond.Wait(main), cond.Release(main))
		if cond.Notify(main, 0) != nil {
			t.Error("one of two acquisitions was lost in the wait")
		}
		err = errors.Join(err, cond.Release(main), th.Join(main))
		if cond.Release(main) != ErrReleaseUnacquired {
			t.Error("a third release is accepted")
		}
		return err
	})
}

// Notifications go to the longest waiters. Those go on in any order.
func TestConditionNotifiesInOrder(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		cond := NewCondition(NewLock())
		waiters := func() (n int) {
			cond.waiting.mu.Lock()
			defer cond.waiting.mu.Unlock()
			return cond.waiting.waiters.Len()
		}
		var order []int
		var threads []*Thread
		for i := range 4 {
			th, err := started(main, func(t *Thread) error {
				err := errors.Join(cond.Acquire(t), cond.Wait(t))
				order = append(order, i)
				return errors.Join(err, cond.Release(t))
			})
			if err != nil {
				return err
			}
			threads = append(threads, th)
			untilAt(main, func() bool { return waiters() == i+1 })
		}
		for _, n := range []int{1, 2, 5} {
			err := errors.Join(cond.Acquire(main), cond.Notify(main, n), cond.Release(main))
			if err != nil {
				return err
			}
			for ; len(threads) > waiters(); threads = threads[1:] {
				if err := threads[0].Join(main); err != nil {
					return err
				}
			}
		}
		slices.Sort(order[1:3])
		if !slices.IsSorted(order) || len(order) != 4 {
			t.Errorf("went on in the order %v", order)
		}
		return nil
	})
}

// Set wakes the waiters of an event, even if the event is cleared before they run.
func TestEventIsClearedAtOnce(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		event, woken := NewEvent(), false
		th, err := started(main, func(t *Thread) (err error) {
			woken, err = event.WaitTimeout(t, ample)
			return err
		})
		untilAt(main, func() bool {
			event.waiting.mu.Lock()
			defer event.waiting.mu.Unlock()
			return event.waiting.waiters.Len() == 1
		})
		err = errors.Join(err, event.lock.Acquire(main))
		event.flag.Store(true)
		err = errors.Join(err, event.waiting.notifyAll(&event.lock, main))
		event.flag.Store(false) // nobody can have gone on before the lock is released
		err = errors.Join(err, event.lock.Release(main), th.Join(main))
		if !woken {
			t.Error("the waiter says that the event was not set")
		}
		return err
	})
}

func TestBarrierHasRounds(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		const parties, rounds = 5, 50
		actions := 0
		barrier, err := NewBarrier(parties, func(*Thread) error { actions++; return nil })
		if err != nil {
			return err
		}
		var indexes atomic.Int64
		err = all(main, parties, func(t *Thread, _ int) error {
			for range rounds {
				i, err := barrier.Wait(t)
				if err != nil {
					return err
				}
				indexes.Add(int64(i))
			}
			return nil
		})
		if actions != rounds || indexes.Load() != rounds*parties*(parties-1)/2 {
			t.Errorf("%d actions, indexes add up to %d", actions, indexes.Load())
		}
		return err
	})
}

// The timeout of a barrier is that of every Wait.
func TestBarrierHasATimeout(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		barrier, err := NewBarrierTimeout(2, nil, time.Millisecond)
		if err != nil {
			return err
		}
		_, err = barrier.Wait(main)
		for _, want := range []error{ErrBrokenBarrier, os.ErrDeadlineExceeded, context.DeadlineExceeded} {
			if !errors.Is(err, want) {
				t.Errorf("Wait alone = %v, want one that is %v", err, want)
			}
		}
		return nil
	})
}

// However a barrier breaks, all its waiters get the error, with the cause.
func TestBarrierIsBroken(t *testing.T) {
	boom := errors.New("boom")
	for name, c := range map[string]struct {
		action    func(*Thread) error
		breakIt   func(main *Thread, b *Barrier) error
		broken    bool
		mainsTurn error // what breakIt returns
		cause     error // that the waiters are told
	}{
		"abort":   {breakIt: func(main *Thread, b *Barrier) error { return b.Abort(main) }, broken: true, cause: errAborted},
		"reset":   {breakIt: func(main *Thread, b *Barrier) error { return b.Reset(main) }, cause: errReset},
		"timeout": {breakIt: barrierTimesOut, broken: true, mainsTurn: ErrBrokenBarrier, cause: os.ErrDeadlineExceeded},
		"action": {
			action:  func(*Thread) error { return boom },
			breakIt: barrierFills, broken: true, mainsTurn: boom, cause: boom,
		},
		"panic": {
			action:  func(*Thread) error { panic(boom) },
			breakIt: barrierFills, broken: true, mainsTurn: boom, cause: boom,
		},
		"Goexit": {
			action:  func(*Thread) error { runtime.Goexit(); return nil },
			breakIt: barrierFillsElsewhere, broken: true, cause: errGoexit,
		},
	} {
		t.Run(name, func(t *testing.T) {
			inInterpreter(t, func(t *testing.T, main *Thread) error {
				barrier, err := NewBarrier(5, c.action)
				if err != nil {
					return err
				}
				var errs [3]error
				var threads []*Thread
				for i := range errs {
					th, err := started(main, func(t *Thread) error {
						_, errs[i] = barrier.Wait(t)
						return nil
					})
					if err != nil {
						return err
					}
					threads = append(threads, th)
				}
				untilAt(main, func() bool { return barrier.Waiting(main) == len(errs) })
				if err := c.breakIt(main, barrier); !errors.Is(err, c.mainsTurn) {
					t.Errorf("breaking it gave %v, want %v", err, c.mainsTurn)
				}
				for i, th := range threads {
					th.Join(main)
					if !errors.Is(errs[i], ErrBrokenBarrier) || !errors.Is(errs[i], c.cause) {
						t.Errorf("waiter %d got %v", i, errs[i])
					}
				}
				if barrier.Broken(main) != c.broken || barrier.Waiting(main) != 0 {
					t.Errorf("Broken is %v, Waiting %d", barrier.Broken(main), barrier.Waiting(main))
				}
				if _, err := barrier.WaitTimeout(main, 0); !errors.Is(err, ErrBrokenBarrier) {
					t.Errorf("the next to wait got %v", err)
				}
				if err := barrier.Reset(main); err != nil || barrier.Broken(main) {
					t.Errorf("Reset: %v, broken %v", err, barrier.Broken(main))
				}
				return nil
			})
		})
	}
}

func barrierTimesOut(main *Thread, b *Barrier) error {
	_, err := b.WaitTimeout(main, moment)
	return err
}

// barrierFills brings the two missing parties.
func barrierFills(main *Thread, b *Barrier) error {
	var first error
	th, err := started(main, func(t *Thread) error { _, first = b.Wait(t); return nil })
	if err != nil {
		return err
	}
	untilAt(main, func() bool { return b.Waiting(main) == 4 })
	_, err = b.Wait(main)
	if th.Join(main); !errors.Is(first, ErrBrokenBarrier) {
		return first
	}
	return err
}

// barrierFillsElsewhere is barrierFills by two threads, the last of which ends in the
// action.
func barrierFillsElsewhere(main *Thread, b *Barrier) error {
	main.Interpreter().Stderr = io.Discard
	return all(main, 2, func(t *Thread, _ int) error {
		_, err := b.Wait(t)
		if !errors.Is(err, errGoexit) {
			return err
		}
		return nil
	})
}

// A timer without a function reports that when its time comes.
func TestTimerWithoutAFunction(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		var told error
		main.Interpreter().SetExcepthook(func(_ *Thread, err error) { told = err })
		timer := main.NewTimer(0, nil)
		if err := errors.Join(timer.Start(main), timer.Join(main)); err != nil || told != ErrNoFunction {
			t.Errorf("%v; the hook was told %v", err, told)
		}
		return nil
	})
}

func TestTimer(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		ran := NewEvent()
		timer := main.NewTimer(time.Microsecond, func(t *Thread) error { return ran.Set(t) })
		if err := errors.Join(timer.Start(main), timer.Join(main)); err != nil || !ran.IsSet() {
			t.Errorf("Join: %v; the function ran: %v", err, ran.IsSet())
		}
		never := main.NewTimer(ample, func(*Thread) error { return errors.New("a cancelled timer ran") })
		if err := errors.Join(never.Start(main), never.Cancel(main), never.Join(main)); err != nil {
			return err
		}
		return never.Cancel(main)
	})
}
