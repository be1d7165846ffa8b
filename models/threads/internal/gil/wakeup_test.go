package gil

import (
	"testing"
	"time"
)

// parked starts a thread that waits to be woken.
func (c *crowd) parked(main *ThreadState, got *bool) *ThreadState {
	waiter := c.start("waiter", func(t *ThreadState) {
		t.Wait()
		*got = true
	})
	untilIn(main, waiter.Parked)
	return waiter
}

// A wake-up that was put off is made up for by each way to go on: the next checkpoint, a
// sleep, the end of the thread. A yield counts on it.
func TestPutOffWakeUp(t *testing.T) {
	for name, next := range map[string]func(*ThreadState){
		"Checkpoint": func(t *ThreadState) { t.Checkpoint() },
		"Sleep":      func(t *ThreadState) { t.Sleep(time.Microsecond) },
		"Yield":      func(t *ThreadState) { t.Yield() },
		"end":        func(*ThreadState) {},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCrowd(t, "")
			c.run(t, func(main *ThreadState) {
				got, g := false, &c.lock // the lock guards got
				main.Rouse(c.parked(main, &got))
				if g.late.word == nil || g.breaker.Load() != breakWake {
					t.Error("the wake-up was not put off though no other thread wants the lock")
				}
				next(main)
				if name != "end" && (g.late.word != nil || g.breaker.Load()&breakWake != 0) {
					t.Error("the wake-up is still put off")
				}
				if name == "Yield" && !got {
					t.Error("the thread whose wake-up was put off did not run in the yield")
				}
			})
		})
	}
}

// While another thread wants the interpreter lock, and under other kinds of it, nothing
// is put off.
func TestWakeUpIsNotPutOff(t *testing.T) {
	for _, options := range []string{"", "gil=off", "gil=ticks"} {
		t.Run(options, func(t *testing.T) {
			c := newCrowd(t, options)
			c.run(t, func(main *ThreadState) {
				got := false
				waiter := c.parked(main, &got)
				c.lock.ready.Add(1)
				main.Rouse(waiter)
				if c.lock.late.word != nil {
					t.Error("the wake-up was put off")
				}
				c.lock.ready.Add(-1)
			})
		})
	}
}

// A thread whose wake-up waited while its waker computed does not wait a whole interval
// more: here that would be an hour.
func TestPutOffWakeUpDoesNotPutOffTheRequest(t *testing.T) {
	c := newCrowd(t, "")
	c.lock.interval = time.Hour
	c.run(t, func(main *ThreadState) {
		got := false // the lock guards it
		main.Rouse(c.parked(main, &got))
		c.lock.late.since = c.lock.late.since.Add(-time.Hour) // as if it had computed for so long
		for !got {
			main.Checkpoint()
		}
	})
	if s := c.lock.Stats(); s.Requests != 1 {
		t.Errorf("%+v: want one request", s)
	}
}
