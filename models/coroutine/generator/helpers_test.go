package generator

import (
	"errors"
	"testing"

	"go.uber.org/goleak"
)

var errTest = errors.New("test error")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// count yields 0 to n-1 and returns n. An error thrown ends it.
func count(n int) *Generator[int, int, int] {
	return New(func(y *Yielder[int, int]) (int, error) {
		for i := range n {
			if _, err := y.Yield(i); err != nil {
				return 0, err
			}
		}
		return n, nil
	})
}

// yields expects what a Next, Send or Throw returned to be a value.
func yields[Y comparable](t *testing.T, want Y) func(Y, error) {
	return func(got Y, err error) {
		t.Helper()
		if err != nil || got != want {
			t.Errorf("got %v, %v, want %v", got, err, want)
		}
	}
}

// fails expects it to be an error.
func fails[Y any](t *testing.T, want error) func(Y, error) {
	return func(got Y, err error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("got %v, %v, want the error %v", got, err, want)
		}
	}
}

// ends expects it to be the end.
func ends[Y any, R comparable](t *testing.T, want R) func(Y, error) {
	return func(got Y, err error) {
		t.Helper()
		var stop *StopIteration[R]
		if !errors.As(err, &stop) || stop.Value != want {
			t.Errorf("got %v, %v, want the end with %v", got, err, want)
		}
	}
}

func isState(t *testing.T, g interface{ State() State }, want State) {
	t.Helper()
	if got := g.State(); got != want {
		t.Errorf("state %v, want %v", got, want)
	}
}

func closes(t *testing.T, g interface{ Close() error }) {
	t.Helper()
	if err := g.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}
