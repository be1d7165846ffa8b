package threads

import (
	"errors"
	"testing"

	"concbench/models"
	"concbench/models/threads/limits"
)

// unprobed is how many threads there may be before the limits are read.
const unprobed = 16

// A task above the ceiling ends with the limit's error and does not run. The tasks below it
// run, and when one of them has ended there is room again.
func TestStartAboveTheCeiling(t *testing.T) {
	const most = unprobed + 4
	m := newModel(t, "")
	m.probe = func() limits.Ceiling {
		return limits.Ceiling{Threads: most - unprobed, Cause: limits.Error{Limit: "the test's limit", Value: most, File: "/test"}}
	}
	ran := 0
	err := m.Run(func(task models.Task) error {
		gate := task.NewEvent()
		var handles []models.Handle
		for range most { // one too many, beside main
			handles = append(handles, task.Start("task", func(task models.Task) error {
				ran++
				return gate.Wait(task)
			}))
		}
		var limit *limits.Error
		if err := handles[most-1].Join(task); !errors.As(err, &limit) || limit.Threads != most+1 || limit.Value != most {
			t.Errorf("the task above the ceiling ended with %v", err)
		}
		gate.Set(task)
		for _, h := range handles[:most-1] {
			if err := h.Join(task); err != nil {
				return err
			}
		}
		return models.JoinAll(task, task.Start("later", func(models.Task) error { ran++; return nil }))
	})
	var limit *limits.Error
	if !errors.As(err, &limit) {
		t.Errorf("Run = %v, want the limit's error", err)
	}
	if ran != most {
		t.Errorf("%d tasks ran, want %d", ran, most)
	}
}
