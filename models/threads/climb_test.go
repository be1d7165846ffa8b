package threads

import (
	"context"
	"errors"
	"testing"

	"concbench/models/internal/leaktest"
	"concbench/models/threads/limits"
)

// A climb ends at its maximum, at a limit, which it names, or with its context. No thread is
// left of it.
func TestClimb(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	reached, limit, err := Climb(t.Context(), 300)
	if reached != 300 || limit != nil || err != nil {
		t.Errorf("to a maximum: %d threads, %v, %v", reached, limit, err)
	}
	low := func() limits.Ceiling {
		return limits.Ceiling{Threads: 40 - unprobed, Cause: limits.Error{Limit: "the test's limit", Value: 40}}
	}
	reached, limit, err = climb(t.Context(), 300, low)
	if reached != 40-1 || limit == nil || limit.Limit != "the test's limit" || err != nil { // main is one, too
		t.Errorf("to a limit of 40: %d threads, %v, %v", reached, limit, err)
	}
	var none context.Context
	if reached, _, err := Climb(none, 300); reached != 0 || err != ErrNoContext {
		t.Errorf("without a context: %d threads, %v", reached, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if reached, _, err := Climb(ended, 300); reached != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %d threads, %v", reached, err)
	}
}
