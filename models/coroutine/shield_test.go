package coroutine

import "testing"

// The outcome passes, be it a value, an error or cancellation; a cancel does not
// reach the inner task.
func TestShieldPassesTheOutcome(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		if v, err := Shield(task, NewCoroutine(ends(2, 7, nil))).Await(task); v != 7 || err != nil {
			t.Errorf("got %v, %v", v, err)
		}
		_, err := Shield(task, NewCoroutine(ends(2, 7, errTest))).Await(task)
		expectError(t, "Await", err, errTest)
		inner := CreateTask(task, never)
		outer := Shield(task, inner)
		task.Yield()
		inner.Cancel()
		_, err = outer.Await(task)
		if !isCancellation(err) || !outer.Cancelled() {
			t.Errorf("the inner one was cancelled: %v, Cancelled %v", err, outer.Cancelled())
		}
		return nil
	})
}

func TestShieldOfWhatIsDoneIsThat(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		done := NewFuture[int](task.Loop())
		done.SetResult(1)
		if Shield(task, done) != FutureOf[int](done) {
			t.Error("it is another future")
		}
		return nil
	})
}

// A cancel of the shield ends it, and nothing else; it has the shield forget the
// inner task, whose error is then nobody's.
func TestCancelOfAShield(t *testing.T) {
	var tr trace
	l := reporting(t, &tr)
	var inner *TaskOf[string]
	_, err := RunUntilComplete(l, NewCoroutine(func(task *Task) (string, error) {
		inner = CreateTask(task, ends(5, "", errTest), "inner")
		waiter := CreateTask(task, func(t *Task) (string, error) { return Shield(t, inner).Await(t) })
		rounds(task, 2)
		waiter.Cancel()
		_, err := waiter.Await(task)
		expectError(t, "waiter", err, ErrCancelled)
		if inner.Done() || inner.Cancelling() != 0 {
			t.Error("the cancel reached the inner task")
		}
		rounds(task, 6)
		return "", nil
	}))
	expectError(t, "main", err, nil)
	l.Close()
	if !inner.Done() {
		t.Error("the inner task has not ended")
	}
	tr.expect(t, "Task exception was never retrieved [inner] test error")
}

func TestShieldRefuses(t *testing.T) {
	elsewhere := NewFuture[int](newLoop(t))
	runQuietly(t, func(task *Task) error {
		for want, what := range map[error]Awaitable[int]{ErrNotAwaitable: nil, ErrForeignFuture: elsewhere} {
			_, err := Shield(task, what).Await(task)
			expectError(t, "Shield", err, want)
		}
		return nil
	})
}
