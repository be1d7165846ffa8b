package threading_test

import (
	"errors"
	"fmt"
	"time"

	"concbench/models/threads/threading"
)

func ExampleLock() {
	run(func(t *threading.Thread) error {
		var lock threading.Lock // with lock:
		err := lock.With(t, func() error {
			fmt.Println("held:", lock.Locked(), "another try:", lock.TryAcquire(t))
			return nil
		})
		fmt.Println("held:", lock.Locked())
		return err
	})
	// Output:
	// held: true another try: false
	// held: false
}

// An RLock is taken again by its owner, and by no other thread.
func ExampleRLock() {
	run(func(t *threading.Thread) error {
		rlock := threading.NewRLock()
		return rlock.With(t, func() error {
			return rlock.With(t, func() error {
				other := t.NewThread(func(t *threading.Thread) error {
					fmt.Println("another thread:", rlock.TryAcquire(t), rlock.Release(t))
					return nil
				})
				return errors.Join(other.Start(t), other.Join(t))
			})
		})
	})
	// Output: another thread: false cannot release un-acquired lock
}

// A consumer waits until a producer has something for it.
func ExampleCondition() {
	run(func(t *threading.Thread) error {
		cond, items := threading.NewCondition(nil), []string{}
		consumer := t.NewThread(func(t *threading.Thread) error {
			return cond.With(t, func() error {
				if err := cond.WaitFor(t, func() bool { return len(items) > 0 }); err != nil {
					return err
				}
				fmt.Println("got", items[0])
				return nil
			})
		})
		if err := consumer.Start(t); err != nil {
			return err
		}
		err := cond.With(t, func() error {
			items = append(items, "a letter")
			return cond.Notify(t, 1)
		})
		return errors.Join(err, consumer.Join(t))
	})
	// Output: got a letter
}

// At most two workers are inside at the same time.
func ExampleSemaphore() {
	run(func(t *threading.Thread) error {
		places, err := threading.NewSemaphore(2)
		if err != nil {
			return err
		}
		inside, most := 0, 0 // the interpreter lock guards them
		work := func(t *threading.Thread) error {
			return places.With(t, func() error {
				inside++
				most = max(most, inside)
				err := t.Sleep(5 * time.Millisecond)
				inside--
				return err
			})
		}
		if err := startAndJoin(t, work, work, work, work); err != nil {
			return err
		}
		fmt.Println("at most two:", most <= 2)
		return nil
	})
	// Output: at most two: true
}

func ExampleBoundedSemaphore() {
	run(func(t *threading.Thread) error {
		connections, err := threading.NewBoundedSemaphore(1)
		if err != nil {
			return err
		}
		fmt.Println(connections.Release(t))
		_, err = threading.NewBoundedSemaphore(-1)
		fmt.Println(err)
		return nil
	})
	// Output:
	// Semaphore released too many times
	// semaphore initial value must be >= 0
}

// No thread can be stopped from outside: it has to look at an event by itself.
func ExampleEvent() {
	run(func(t *threading.Thread) error {
		stop := threading.NewEvent()
		spinner := t.NewThread(func(t *threading.Thread) error {
			for {
				if stopped, err := stop.WaitTimeout(t, time.Millisecond); stopped || err != nil {
					fmt.Println("the spinner stops")
					return err
				}
			}
		})
		return errors.Join(spinner.Start(t), stop.Set(t), spinner.Join(t))
	})
	// Output: the spinner stops
}

func ExampleBarrier() {
	run(func(t *threading.Thread) error {
		barrier, err := threading.NewBarrier(2, func(*threading.Thread) error {
			fmt.Println("both are here")
			return nil
		})
		if err != nil {
			return err
		}
		party := func(t *threading.Thread) error { _, err := barrier.Wait(t); return err }
		other := t.NewThread(party)
		if err := errors.Join(other.Start(t), party(t), other.Join(t)); err != nil {
			return err
		}
		_, err = barrier.WaitTimeout(t, time.Millisecond)
		fmt.Println(err)
		return nil
	})
	// Output:
	// both are here
	// the barrier is broken: timed out
}

// Whoever waits at a barrier that breaks is told why.
func ExampleBarrier_Abort() {
	run(func(t *threading.Thread) error {
		barrier, err := threading.NewBarrierTimeout(2, nil, time.Minute)
		if err != nil {
			return err
		}
		waiter := t.NewThread(func(t *threading.Thread) error {
			_, err := barrier.Wait(t)
			fmt.Println(errors.Is(err, threading.ErrBrokenBarrier), err)
			return nil
		})
		if err := waiter.Start(t); err != nil {
			return err
		}
		for barrier.Waiting(t) < barrier.Parties()-1 {
			if err := t.Sleep(time.Millisecond); err != nil {
				return err
			}
		}
		err = errors.Join(barrier.Abort(t), waiter.Join(t))
		fmt.Println("broken:", barrier.Broken(t))
		err = errors.Join(err, barrier.Reset(t))
		fmt.Println("broken:", barrier.Broken(t))
		return err
	})
	// Output:
	// true the barrier is broken: aborted
	// broken: true
	// broken: false
}
