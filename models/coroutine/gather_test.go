package coroutine

import (
	"errors"
	"fmt"
	"slices"
	"testing"
)

func TestGatherResultsInArgumentOrder(t *testing.T) {
	var tr trace
	runQuietly(t, func(task *Task) error {
		done := NewFuture[string](task.Loop())
		done.SetResult("done")
		child := func(name string, n int) Awaitable[string] {
			return NewCoroutine(func(t *Task) (string, error) { tr.add("%s begins", name); return ends(n, name, nil)(t) })
		}
		values, err := Gather(task, child("slow", 3), done, child("quick", 1)).Await(task)
		tr.add("%v, %v", values, err)
		return nil
	})
	tr.expect(t, "slow begins", "quick begins", "[slow done quick], <nil>")
}

func TestGatherOfNothingIsDone(t *testing.T) {
	l := newLoop(t)
	if values, err := Gather[int](l).Result(); values == nil || len(values) != 0 || err != nil {
		t.Errorf("Result = %v, %v", values, err)
	}
	if outcomes, err := GatherOutcomes[int](l).Result(); outcomes == nil || len(outcomes) != 0 || err != nil {
		t.Errorf("Result = %v, %v", outcomes, err)
	}
}

func TestGatherRunsTheSameAwaitableOnce(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		ran := 0
		same := NewCoroutine(func(*Task) (int, error) { ran++; return ran, nil })
		values, err := Gather(task, same, NewCoroutine(ends(1, 7, nil)), same).Await(task)
		if !slices.Equal(values, []int{1, 7, 1}) || err != nil || ran != 1 {
			t.Errorf("got %v, %v after %d runs", values, err, ran)
		}
		return nil
	})
}

// An incomparable awaitable cannot be known again, and must not panic.
type incomparable []int

func (i incomparable) Await(*Task) (int, error) { return len(i), nil }

func TestGatherOfIncomparableAwaitables(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		values, err := Gather(task, incomparable{1}, incomparable{1, 2}).Await(task)
		if !slices.Equal(values, []int{1, 2}) || err != nil {
			t.Errorf("got %v, %v", values, err)
		}
		return nil
	})
}

// The first error comes out at once, the others run on, later errors are
// dropped.
func TestGatherFailsWithTheFirstError(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		slow := CreateTask(task, ends(9, "slow", nil))
		late := CreateTask(task, ends(8, "", errors.New("late")))
		var outer *Future[[]string]
		expectRounds(t, task, "the first error", 4, func() {
			outer = Gather[string](task, slow, NewCoroutine(ends(1, "", errTest)), late)
			_, err := outer.Await(task)
			expectError(t, "Await", err, errTest)
		})
		if slow.Done() || outer.Cancelled() || outer.Cancel() {
			t.Errorf("slow.Done %v, Cancelled %v, or a cancel was accepted", slow.Done(), outer.Cancelled())
		}
		value, err := slow.Await(task)
		if value != "slow" || err != nil || !late.Done() {
			t.Errorf("the others came to %q, %v, %v", value, err, late.Done())
		}
		return task.Yield()
	})
}

// A cancelled child counts as an error, and the gather as failed.
func TestGatherFailsWithTheFirstCancelledChild(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		child, other := CreateTask(task, never), CreateTask(task, never)
		outer := Gather[string](task, child, other)
		task.Yield()
		child.CancelWith("why")
		_, err := outer.Await(task)
		var c *CancelledError
		if !errors.As(err, &c) || c.Message != "why" || outer.Cancelled() || other.Done() {
			t.Errorf("got %v, Cancelled %v, the other is done %v", err, outer.Cancelled(), other.Done())
		}
		other.Cancel()
		return nil
	})
}

func TestGatherOutcomesHasErrorsInTheirPlaces(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		cancelled := CreateTask(task, never)
		outer := GatherOutcomes[string](task, NewCoroutine(ends(2, "", errTest)), NewCoroutine(ends(1, "b", nil)), cancelled)
		task.Yield()
		cancelled.Cancel()
		outcomes, err := outer.Await(task)
		if got := fmt.Sprint(outcomes); got != "[{ test error} {b <nil>} { task cancelled}]" || err != nil {
			t.Errorf("got %s, %v", got, err)
		}
		return nil
	})
}

// A cancel goes to all children that have not ended. It completes nothing: the
// first child that ends cancelled does, or, where outcomes are gathered, the last
// to end.
func TestCancelOfAGather(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		children := func() (a, b *TaskOf[string]) { return CreateTask(task, never), CreateTask(task, refuses(3, "late")) }
		a, b := children()
		strict := Gather[string](task, a, b)
		c, d := children()
		outcomes := GatherOutcomes[string](task, c, d)
		task.Yield()
		for _, outer := range []AnyFuture{strict, outcomes} {
			if !outer.CancelWith("why") || outer.Done() {
				t.Error("the cancel was refused, or completed the gather")
			}
		}
		_, err := strict.Await(task)
		if !isCancellation(err) || strict.Cancelled() || b.Done() {
			t.Errorf("strict: %v, Cancelled %v, the late child has ended: %v", err, strict.Cancelled(), b.Done())
		}
		_, err = outcomes.Await(task)
		if !isCancellation(err) || outcomes.Cancelled() || !d.Done() || d.Cancelled() {
			t.Errorf("outcomes: %v, Cancelled %v, the late child has ended: %v", err, outcomes.Cancelled(), d.Done())
		}
		var message *CancelledError
		if !errors.As(err, &message) || message.Message != "why" {
			t.Errorf("the message was lost: %v", err)
		}
		return nil
	})
}

// Nobody accepts a cancel between the last child's end and the gather's.
func TestCancelOfAGatherThatIsAboutToEnd(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		f := NewFuture[int](task.Loop())
		outer := Gather(task, f)
		f.SetResult(1)
		if outer.Cancel() || outer.Done() {
			t.Error("a cancel was accepted, or completed the gather")
		}
		_, err := outer.Await(task)
		return err
	})
}

// A task that waits for a gather passes its cancel on, and goes on as cancelled
// when the children have refused it.
func TestCancelThroughAGather(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		child := CreateTask(task, refuses(1, "x"))
		waiter := CreateTask(task, func(t *Task) ([]string, error) { return Gather[string](t, child).Await(t) })
		rounds(task, 2)
		waiter.Cancel()
		_, err := waiter.Await(task)
		if !waiter.Cancelled() || !isCancellation(err) || child.Cancelled() || child.Cancelling() != 1 {
			t.Errorf("waiter: %v; the child: cancelled %v, %d requests", err, child.Cancelled(), child.Cancelling())
		}
		return nil
	})
}

// A task that awaits itself through a gather waits for ever, as in asyncio, but
// a cancel does not go round for ever.
func TestGatherOfATaskThatAwaitsIt(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		var self *TaskOf[int]
		self = CreateTask(task, func(t *Task) (int, error) {
			_, err := Gather(t, self).Await(t)
			return 0, err
		})
		rounds(task, 3)
		task.Loop().SetExceptionHandler(func(*Loop, ErrorReport) {}) // nobody awaits the gather in the end
		self.Cancel()
		_, err := self.Await(task)
		expectError(t, "Await", err, ErrCancelled)
		return nil
	})
}

// Nobody awaits the gather, so its error is reported, once; its children's are
// its own affair.
func TestGatherWhoseErrorNobodyWants(t *testing.T) {
	var tr trace
	l := reporting(t, &tr)
	var outer *Future[[]int]
	_, err := RunUntilComplete(l, NewCoroutine(func(task *Task) (None, error) {
		outer = Gather(task, NewCoroutine(ends(0, 0, errTest)), NewCoroutine(ends(0, 0, errTest)))
		rounds(task, 4)
		return None{}, nil
	}))
	expectError(t, "main", err, nil)
	l.Close()
	if !outer.Done() {
		t.Error("the gather has not ended")
	}
	tr.expect(t, "Future exception was never retrieved [] test error")
}

func TestGatherRefuses(t *testing.T) {
	elsewhere := NewFuture[int](newLoop(t))
	runQuietly(t, func(task *Task) error {
		for want, what := range map[error]Awaitable[int]{ErrNotAwaitable: nil, ErrForeignFuture: elsewhere} {
			_, err := Gather(task, what).Await(task)
			expectError(t, "Gather", err, want)
		}
		if elsewhere.first != nil {
			t.Error("a callback is left on the other loop")
		}
		_, err := GatherOutcomes(task, (*Future[int])(nil)).Await(task)
		expectError(t, "GatherOutcomes", err, nil) // the error is in its place
		outer := Gather(task, NewCoroutine(ends(0, 1, nil)))
		expectError(t, "SetResult", outer.SetResult(nil), ErrInvalidState)
		outer.Await(task)
		expectError(t, "Reset", outer.Reset(), ErrInvalidState)
		return nil
	})
}
