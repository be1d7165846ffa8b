package gil

import "testing"

// The lock is let go at the checkpoint after as many as there are ticks. No thread asks
// for it, and whoever lets it go does not wait for another to take it.
func TestTicksAreCounted(t *testing.T) {
	c := newCrowd(t, "gil=ticks,ticks=9")
	c.run(t, func(main *ThreadState) {
		for n := range 100 {
			if got, want := c.lock.Stats().Forced, uint64(n/10); got != want {
				t.Errorf("let go %d times after %d checkpoints, want %d", got, n, want)
			}
			main.Checkpoint()
		}
	})
	if s := c.lock.Stats(); s.Requests != 0 {
		t.Errorf("%+v: a thread asked", s)
	}
}

// A thread that blocks does not start the count again.
func TestTicksGoOnAfterBlocking(t *testing.T) {
	c := newCrowd(t, "gil=ticks,ticks=9")
	c.run(t, func(main *ThreadState) {
		for range 9 {
			main.Checkpoint()
		}
		main.Block(func() error { return nil })
		main.Checkpoint()
	})
	if s := c.lock.Stats(); s.Forced != 1 {
		t.Errorf("%+v: want the tenth checkpoint to let go", s)
	}
}

// A waiter gets in beside a thread that only computes, without asking.
func TestTicksLetAWaiterIn(t *testing.T) {
	c := newCrowd(t, "gil=ticks")
	c.contend(t)
	if s := c.lock.Stats(); s.Requests != 0 || s.Forced == 0 {
		t.Errorf("%+v: want checkpoints that let go unasked", s)
	}
}
