package models_test

import (
	"testing"

	"golang.org/x/sys/unix"

	"concbench/models"
)

// threadsOf returns the kernel's ids of the threads on which three tasks and
// main run, all alive at the same time, looked at before and after each waits.
func threadsOf(t *testing.T, m models.Model) map[int]bool {
	ids := map[int]bool{}
	mustRun(t, m, func(t models.Task) error {
		lock, barrier := t.NewLock(), t.NewBarrier(4)
		body := func(t models.Task) error {
			for range 3 {
				lock.Acquire(t)
				ids[unix.Gettid()] = true
				lock.Release(t)
				if _, err := barrier.Wait(t); err != nil {
					return err
				}
			}
			return nil
		}
		for range 3 {
			t.Start("task", body)
		}
		return body(t)
	})
	return ids
}
