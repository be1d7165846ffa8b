package coroutine

import (
	"errors"
	"testing"
)

// runQuietly runs main on a new loop, as asyncio.run does. Nothing may be
// reported to the exception handler but what main expects by silencing it.
func runQuietly(t *testing.T, main func(*Task) error) {
	t.Helper()
	l, finish := checkedLoop(t)
	defer finish()
	l.SetExceptionHandler(func(_ *Loop, r ErrorReport) { t.Errorf("reported: %s [%s] %v", r.Message, r.TaskName, r.Err) })
	if _, err := RunUntilComplete(l, NewCoroutine(withoutValue(main))); err != nil {
		t.Error(err)
	}
}

// ends is a body that lets n rounds go by and then returns. It returns at once
// when it is cancelled.
func ends[T any](n int, value T, err error) func(*Task) (T, error) {
	return func(t *Task) (T, error) {
		var zero T
		for range n {
			if err := t.Yield(); err != nil {
				return zero, err
			}
		}
		if err != nil {
			return zero, err
		}
		return value, nil
	}
}

// never is a body that only a cancel ends.
func never(t *Task) (string, error) {
	_, err := NewFuture[string](t.Loop()).Await(t)
	return "", err
}

// refuses is a body that swallows one cancel, and ends n rounds later.
func refuses[T any](n int, value T) func(*Task) (T, error) {
	return func(t *Task) (T, error) {
		never(t)
		rounds(t, n)
		return value, nil
	}
}

func expectError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) || want == nil && err != nil {
		t.Errorf("%s = %v, want %v", what, err, want)
	}
}

// expectRounds asserts how many rounds of the loop wait takes.
func expectRounds(t *testing.T, task *Task, what string, want int, wait func()) {
	t.Helper()
	round := countRounds(task.Loop())
	task.Yield()
	before := *round
	wait()
	if took := *round - before; took != want {
		t.Errorf("%s took %d rounds, want %d", what, took, want)
	}
}
