package threads

import (
	"testing"

	"concbench/internal/platform"
	"concbench/models"
)

// Each of many hand-offs wakes its thread: one that did not would stop the test.
func TestNoLostWakeUp(t *testing.T) {
	bothLocks(t, func(t *testing.T, m *Model) { passRound(t, m, 16_000, false) })
	t.Run("ticks", func(t *testing.T) { passRound(t, newModel(t, "gil=ticks"), 16_000, false) })
	t.Run("a million on one processor", func(t *testing.T) {
		if testing.Short() {
			t.Skip("takes three seconds")
		}
		passRound(t, newModel(t, ""), 1_000_000, true)
	})
}

// passRound passes a turn around a ring of threads.
func passRound(t *testing.T, m *Model, turns int, onOneCPU bool) {
	const threads = 8
	count := 0
	mustRun(t, m, func(task models.Task) error {
		var turn []models.Lock
		for range threads {
			l := task.NewLock()
			l.Acquire(task)
			turn = append(turn, l)
		}
		for i := range threads {
			task.Start("ring", func(task models.Task) error {
				if onOneCPU {
					if err := task.(models.Pinner).Pin(someCPU(t)); err != nil {
						return err
					}
				}
				for range turns / threads {
					turn[i].Acquire(task)
					count++
					turn[(i+1)%threads].Release(task)
				}
				return nil
			})
		}
		return turn[0].Release(task)
	})
	if count != turns {
		t.Errorf("%d turns, want %d", count, turns)
	}
}

// someCPU is a processor that this process may use.
func someCPU(t *testing.T) int {
	t.Helper()
	cpus, err := platform.Affinity()
	if err != nil {
		t.Skip(err)
	}
	return cpus[0]
}
