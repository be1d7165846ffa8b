package coroutine

import (
	"testing"

	"concbench/models"
)

func TestBarrierPlacesAndRounds(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		b := must(NewBarrier(3))
		for _, name := range []string{"a", "b", "c"} {
			task.Start(name, func(task *Task) error {
				for range 2 {
					place, err := b.Wait(task)
					if err != nil {
						return err
					}
					tr.add("%s%d", name, place)
				}
				return nil
			})
		}
		return nil
	})
	// The last to arrive is not suspended. Who comes back before all have left
	// waits for that, so b, the last to leave, is first of the next round.
	tr.expect(t, "c2", "a0", "b1", "a2", "b0", "c1")
}

func TestBarrierOfOne(t *testing.T) {
	run(t, func(task *Task) error {
		b := must(NewBarrier(1))
		for range 3 {
			if place, err := b.Wait(task); place != 0 || err != nil {
				t.Errorf("Wait = %d, %v", place, err)
			}
		}
		return nil
	})
}

func TestBarrierPlaceOfACancelledWaiter(t *testing.T) {
	run(t, func(task *Task) error {
		b := must(NewBarrier(3))
		places := map[int]bool{}
		waits := func(task *Task) error {
			place, err := b.Wait(task)
			if err == nil {
				places[place] = true
			}
			return err
		}
		gone := task.Start("gone", waits)
		task.Start("stays", waits)
		task.Yield()
		gone.Cancel()
		if err := gone.Join(task); err != models.ErrCancelled || b.Waiting() != 1 {
			t.Errorf("the cancelled wait ended with %v, %d still wait", err, b.Waiting())
		}
		task.Start("instead", waits)
		task.Yield()
		if err := waits(task); err != nil {
			return err
		}
		task.Yield()
		if len(places) != 3 {
			t.Errorf("the places were %v, want three different ones", places)
		}
		return nil
	})
}

// A place that was left in a round that Reset ended is not given in the next.
func TestBarrierPlacesAfterReset(t *testing.T) {
	run(t, func(task *Task) error {
		b := must(NewBarrier(3))
		waits := func(task *Task) error { b.Wait(task); return nil }
		task.Start("first", waits)
		second := task.Start("second", waits)
		task.Yield()
		second.Cancel()
		task.Yield()
		b.Reset()
		var places []int
		for range 2 {
			task.Start("next", func(task *Task) error {
				place, err := b.Wait(task)
				places = append(places, place)
				return err
			})
		}
		task.Yield()
		place, err := b.Wait(task)
		rounds(task, 2)
		if len(places) != 2 || places[0] != 0 || places[1] != 1 || place != 2 {
			t.Errorf("the places are %v and %d, want 0, 1 and 2", places, place)
		}
		return err
	})
}

// Cancelled after the round was complete: the others have gone, and the next
// round is not disturbed.
func TestBarrierCancelAfterTheRound(t *testing.T) {
	run(t, func(task *Task) error {
		b := must(NewBarrier(2))
		waits := func(task *Task) error { _, err := b.Wait(task); return err }
		late := task.Start("late", waits)
		task.Yield()
		if err := waits(task); err != nil {
			return err
		}
		late.Cancel()
		if err := late.Join(task); err != models.ErrCancelled || b.Waiting() != 0 {
			t.Errorf("late ended with %v, %d wait", err, b.Waiting())
		}
		next := task.Start("next", waits)
		task.Yield()
		if err := waits(task); err != nil {
			return err
		}
		return next.Join(task)
	})
}

func TestBarrierResetAndAbort(t *testing.T) {
	run(t, func(task *Task) error {
		b := must(NewBarrier(2))
		waits := func(task *Task) error {
			if _, err := b.Wait(task); err != ErrBrokenBarrier {
				t.Errorf("Wait = %v, want %v", err, ErrBrokenBarrier)
			}
			return nil
		}
		for _, breaks := range []func(){b.Reset, b.Abort} {
			waiting := task.Start("waiting", waits)
			task.Yield()
			breaks()
			waiting.Join(task)
		}
		waits(task) // is broken until
		b.Reset()
		partner := task.Start("partner", func(task *Task) error { _, err := b.Wait(task); return err })
		_, err := b.Wait(task)
		if err != nil {
			return err
		}
		return partner.Join(task)
	})
}

// A reset or an abort also reaches those who could go on but have not run yet.
// After a reset a newcomer waits until they have left.
func TestBarrierBrokenWhileItDrains(t *testing.T) {
	const fails = ": 0 coroutine: barrier is broken"
	for _, c := range []struct {
		breaks func(*Barrier)
		want   []string
	}{
		{(*Barrier).Reset, []string{"broken: false", "first" + fails, "main: 1 <nil>", "partner: 0 <nil>"}},
		{(*Barrier).Abort, []string{"broken: true", "main" + fails, "first" + fails, "partner" + fails}},
	} {
		var tr trace
		run(t, func(task *Task) error {
			b := must(NewBarrier(2))
			waits := func(task *Task) error {
				place, err := b.Wait(task)
				tr.add("%s: %d %v", task.Name(), place, err)
				return nil
			}
			task.Start("first", waits)
			task.Yield()
			b.Wait(task)
			c.breaks(b)
			tr.add("broken: %v", b.Broken())
			if b.Waiting() != 0 || b.Parties() != 2 {
				t.Errorf("%d of %d wait", b.Waiting(), b.Parties())
			}
			task.Start("partner", waits)
			return waits(task)
		})
		tr.expect(t, c.want...)
	}
}
