package models_test

import (
	"errors"
	"fmt"
	"testing"

	"concbench/models"
)

// A noErrors is a list of errors without any.
type noErrors struct{}

func (noErrors) Error() string   { return "several" }
func (noErrors) Unwrap() []error { return nil }

func TestFailed(t *testing.T) {
	cancelled := models.ErrCancelled
	for _, c := range []struct {
		err  error
		want bool
	}{
		{nil, false},
		{cancelled, false},
		{fmt.Errorf("on the way out: %w", cancelled), false},
		{errors.Join(cancelled, fmt.Errorf("again: %w", cancelled)), false},
		{errTest, true},
		{models.ErrGoexit, true},
		{errors.Join(cancelled, errTest), true},
		{fmt.Errorf("%w after %w", errTest, cancelled), true},
		{&models.PanicError{Value: cancelled}, true},
		{fmt.Errorf("child: %w", &models.PanicError{Value: cancelled}), true},
		{noErrors{}, true},
	} {
		if got := models.Failed(c.err); got != c.want {
			t.Errorf("Failed(%v) = %v, want %v", c.err, got, c.want)
		}
	}
}
