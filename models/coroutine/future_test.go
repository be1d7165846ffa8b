package coroutine

import (
	"errors"
	"testing"

	"concbench/models"
)

func TestFutureHasOneOutcome(t *testing.T) {
	run(t, func(task *Task) error {
		outcomes := map[string]func(f *Future[any]) bool{
			"result": func(f *Future[any]) bool { return f.SetResult(7) == nil },
			"error":  func(f *Future[any]) bool { return f.SetError(errTest) == nil },
			"cancel": (*Future[any]).Cancel,
		}
		for name, first := range outcomes {
			f := NewFuture[any](task.Loop())
			if _, err := f.Result(); !errors.Is(err, ErrInvalidState) || f.Done() {
				t.Errorf("before %s: Result = %v, Done = %v", name, err, f.Done())
			}
			if !first(f) || !f.Done() || f.Cancelled() != (name == "cancel") {
				t.Errorf("%s did not complete the future, Cancelled = %v", name, f.Cancelled())
			}
			for again, set := range outcomes {
				if set(f) {
					t.Errorf("%s was accepted after %s", again, name)
				}
			}
			v, err := f.Result()
			want := map[string]error{"error": errTest, "cancel": models.ErrCancelled}[name]
			if err != want || (v == 7) != (name == "result") {
				t.Errorf("after %s: Result = %v, %v", name, v, err)
			}
		}
		return nil
	})
}

func TestDoneCallbacksAreQueuedInOrder(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		f := NewFuture[any](task.Loop())
		adds := func(line string) *Handle {
			return f.AddDoneCallback(tr.adds(line))
		}
		adds("1")
		adds("not 2").Cancel()
		adds("3")
		f.SetResult(nil)
		adds("late")
		tr.add("set")
		task.Yield()
		return nil
	})
	tr.expect(t, "set", "1", "3", "late")
}

// Tasks and callbacks wake in the order in which they began to wait, one round
// after the completion.
func TestWaitersWakeInOrderOneRoundLater(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		f := NewFuture[any](task.Loop())
		round := countRounds(task.Loop())
		waits := func(name string) {
			task.Start(name, func(task *Task) error {
				v, err := f.Await(task)
				tr.add("%s got %v in round %d", name, v, *round)
				return err
			})
			task.Yield()
		}
		waits("a")
		f.AddDoneCallback(func() { tr.add("callback in round %d", *round) })
		waits("b")
		tr.add("set in round %d", *round)
		f.SetResult("x")
		return task.Yield()
	})
	tr.expect(t, "set in round 3", "a got x in round 4", "callback in round 4", "b got x in round 4")
}

func TestAwaitOfADoneFutureDoesNotSuspend(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		f := NewFuture[any](task.Loop())
		f.SetError(errTest)
		task.Start("other", func(*Task) error { tr.add("other"); return nil })
		for range 2 { // the same error each time
			if _, err := f.Await(task); err != errTest {
				t.Errorf("Await = %v, want %v", err, errTest)
			}
		}
		tr.add("main")
		return nil
	})
	tr.expect(t, "main", "other")
}

func TestFutureCancelledUnderATask(t *testing.T) {
	run(t, func(task *Task) error {
		f := NewFuture[any](task.Loop())
		waiter := task.Start("waiter", func(task *Task) error {
			_, err := f.Await(task)
			return err
		})
		task.Yield()
		f.Cancel()
		if err := waiter.Join(task); err != models.ErrCancelled || !waiter.Cancelled() || waiter.Cancelling() != 0 {
			t.Errorf("the waiter ended with %v, Cancelled %v, Cancelling %d", err, waiter.Cancelled(), waiter.Cancelling())
		}
		return nil
	})
}

// A circle in which one wait is shielded is none for a cancel, which ends there.
func TestACircleWithAShieldIsAllowed(t *testing.T) {
	run(t, func(task *Task) error {
		var joins, awaits *TaskOf[None]
		joins = task.Start("joins", func(task *Task) error { return awaits.Join(task) })
		awaits = task.Start("awaits", func(task *Task) error { _, err := joins.Await(task); return err })
		rounds(task, 3)
		if joins.Done() || awaits.Done() {
			t.Fatalf("they ended with %v and %v, although neither is done", joins.Err(), awaits.Err())
		}
		awaits.Cancel()
		for _, ended := range []*TaskOf[None]{joins, awaits} {
			if err := ended.Join(task); !isCancellation(err) {
				t.Errorf("%s ended with %v", ended.Name(), err)
			}
		}
		return nil
	})
}

func TestAwaitRefusesWhatWouldNeverEnd(t *testing.T) {
	other := newLoop(t)
	run(t, func(task *Task) error {
		if _, err := NewFuture[any](other).Await(task); err == nil {
			t.Error("a future of another loop was awaited")
		}
		if err := task.Join(task); !errors.Is(err, ErrAwaitsItself) {
			t.Errorf("a task that joins itself gets %v", err)
		}
		expectRounds(t, task, "the error of a task that awaits itself", 1, func() { task.Join(task) })
		var a, b, c *TaskOf[None]
		await := func(other **TaskOf[None]) func(*Task) error {
			return func(task *Task) error { _, err := (*other).Await(task); return err }
		}
		a, b = task.Start("a", await(&b)), task.Start("b", await(&c))
		c = task.Start("c", await(&a)) // is refused, so that all end
		if err := a.Join(task); err == nil {
			t.Error("tasks awaited each other")
		}
		task.Loop().failure = nil
		return task.Yield() // is still in order
	})
}
