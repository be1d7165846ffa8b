package threads

import (
	"testing"

	"concbench/models"
)

// The lock is let go at the checkpoint after as many as there are ticks, nobody
// asks for it, and who lets it go does not wait for another to take it.
func TestTicksAreCounted(t *testing.T) {
	m := newModel(t, "gil=ticks,ticks=9")
	mustRun(t, m, func(task models.Task) error {
		for n := range 100 {
			if got, want := m.Stats().Forced, uint64(n/10); got != want {
				t.Fatalf("let go %d times after %d checkpoints, want %d", got, n, want)
			}
			task.Checkpoint()
		}
		return nil
	})
	if s := m.Stats(); s.Requests != 0 {
		t.Errorf("%+v: somebody asked", s)
	}
}

// A thread that blocks does not start the count again.
func TestTicksGoOnAfterBlocking(t *testing.T) {
	m := newModel(t, "gil=ticks,ticks=9")
	mustRun(t, m, func(task models.Task) error {
		for range 9 {
			task.Checkpoint()
		}
		if err := task.Block(func() error { return nil }); err != nil {
			return err
		}
		task.Checkpoint()
		return nil
	})
	if s := m.Stats(); s.Forced != 1 {
		t.Errorf("%+v: want the tenth checkpoint to let go", s)
	}
}

// A waiter gets in beside a task that only computes, without asking.
func TestTicksLetAWaiterIn(t *testing.T) {
	m := newModel(t, "gil=ticks")
	contend(t, m)
	if s := m.Stats(); s.Requests != 0 || s.Forced == 0 {
		t.Errorf("%+v: want checkpoints that let go unasked", s)
	}
}
