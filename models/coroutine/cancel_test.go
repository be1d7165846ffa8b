package coroutine

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"concbench/models"
)

func TestCancelIsDeliveredOnce(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		child := task.Start("child", func(task *Task) error {
			tr.add("sleep: %v", task.Sleep(time.Hour))
			tr.add("next: %v", task.Yield())
			return nil
		})
		task.Yield()
		for range 2 {
			if !child.Cancel() || child.Cancelled() {
				t.Error("a request was refused, or the task was cancelled at once")
			}
		}
		err := child.Join(task)
		tr.add("child: %v, %d requests", err, child.Cancelling())
		if child.Cancel() {
			t.Error("a task that has ended accepted a cancel")
		}
		return nil
	})
	tr.expect(t, "sleep: task cancelled", "next: <nil>", "child: <nil>, 2 requests")
}

func TestCancelDuringCleanUpInterruptsIt(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		child := task.Start("child", func(task *Task) error {
			tr.add("body: %v", task.Sleep(time.Hour))
			tr.add("clean-up: %v", task.Sleep(time.Hour))
			return nil
		})
		task.Yield()
		child.Cancel()
		rounds(task, 2)
		child.Cancel()
		return child.Join(task)
	})
	tr.expect(t, "body: task cancelled", "clean-up: task cancelled")
}

// A task that cancels itself learns of it at its next suspension, and not at
// an await that does not suspend.
func TestCancelWhileRunning(t *testing.T) {
	for name, suspend := range map[string]func(*Task) error{
		"Yield": (*Task).Yield,
		"Sleep": func(task *Task) error { return task.Sleep(time.Hour) },
		"Await": func(task *Task) error { _, err := NewFuture[any](task.Loop()).Await(task); return err },
		"Lock": func(task *Task) error {
			l := NewLock()
			l.Acquire(task)
			return l.Acquire(task)
		},
		"Join": func(task *Task) error {
			return task.Start("other", func(task *Task) error { return task.Sleep(time.Millisecond) }).Join(task)
		},
	} {
		run(t, func(task *Task) error {
			done := NewFuture[any](task.Loop())
			done.SetResult("value")
			task.Cancel()
			if v, err := done.Await(task); v != "value" || err != nil {
				t.Errorf("the await of a done future returned %v, %v", v, err)
			}
			if err := suspend(task); err != models.ErrCancelled {
				t.Errorf("%s returned %v, want %v", name, err, models.ErrCancelled)
			}
			return nil
		})
	}
}

func TestCancelTooLateForAnyWaitCancelsTheTask(t *testing.T) {
	run(t, func(task *Task) error {
		child := task.Start("child", func(task *Task) error { task.Cancel(); return nil })
		failed := task.Start("failed", func(task *Task) error { task.Cancel(); task.Yield(); return nil })
		if err := child.Join(task); err != models.ErrCancelled || !child.Cancelled() {
			t.Errorf("Join = %v, want %v", err, models.ErrCancelled)
		}
		if err := failed.Join(task); err != nil {
			t.Errorf("Join of a task that swallowed its cancel = %v", err)
		}
		fails := task.Start("fails", func(task *Task) error { task.Cancel(); return errTest })
		if err := fails.Join(task); err != errTest || fails.Cancelled() {
			t.Errorf("a cancel came too late for a task that failed, whose Join = %v", err)
		}
		task.Loop().failure = nil
		return nil
	})
}

// A run that lasts as long as its tasks ends with one that never began.
func TestTheLastTaskIsCancelledBeforeItBegins(t *testing.T) {
	run(t, func(task *Task) error {
		task.Start("never", func(*Task) error { return errTest }).Cancel()
		return nil
	})
}

func TestCancelBeforeTheFirstStep(t *testing.T) {
	for _, contract := range []bool{false, true} {
		l := newLoop(t)
		l.contract = contract
		l.runAll(func(task *Task) error {
			entered := false
			child := task.Start("child", func(task *Task) error { entered = true; return task.Yield() })
			child.Cancel()
			if err := child.Join(task); err != models.ErrCancelled || entered != contract {
				t.Errorf("contract %v: Join = %v, entered = %v", contract, err, entered)
			}
			hasty := task.Start("hasty", func(*Task) error { return nil })
			hasty.Cancel()
			if err := hasty.Join(task); (err == nil) != contract {
				t.Errorf("contract %v: Join of a cancelled task that never waits = %v", contract, err)
			}
			return nil
		})
	}
}

// The awaited future is done, the task has not run yet: the cancel wins and
// the value is lost.
func TestCancelAfterTheFutureIsDone(t *testing.T) {
	run(t, func(task *Task) error {
		f := NewFuture[any](task.Loop())
		awaiter := task.Start("awaiter", func(task *Task) error { _, err := f.Await(task); return err })
		ended := task.Start("ended", func(task *Task) error { rounds(task, 1); return nil })
		joiner := task.Start("joiner", func(task *Task) error { return ended.Join(task) })
		task.Start("canceller", func(task *Task) error {
			task.Yield()
			f.SetResult(nil)
			awaiter.Cancel()
			if !ended.Done() || joiner.Done() {
				t.Error("the test has lost its timing")
			}
			joiner.Cancel()
			return nil
		})
		for _, waiter := range []*TaskOf[None]{awaiter, joiner} {
			if err := waiter.Join(task); err != models.ErrCancelled {
				t.Errorf("%s ended with %v, want %v", waiter.Name(), err, models.ErrCancelled)
			}
		}
		return nil
	})
}

// Await passes a cancel on to the innermost task, Join keeps it.
func TestCancelThroughAwaitAndJoin(t *testing.T) {
	for name, want := range map[string]error{"Await": models.ErrCancelled, "Join": nil} {
		run(t, func(task *Task) error {
			inner := task.Start("inner", func(task *Task) error { return task.Sleep(2 * time.Millisecond) })
			middle := task.Start("middle", func(task *Task) error {
				if name == "Join" {
					return inner.Join(task)
				}
				_, err := inner.Await(task)
				return err
			})
			rounds(task, 2)
			middle.Cancel()
			if err := middle.Join(task); err != models.ErrCancelled {
				t.Errorf("%s: the middle task ended with %v", name, err)
			}
			if err := inner.Join(task); err != want {
				t.Errorf("%s: the inner task ended with %v, want %v", name, err, want)
			}
			return nil
		})
	}
}

// Join gives the error with which the task ended, also if that says cancelled.
func TestJoinOfATaskThatEndsCancelled(t *testing.T) {
	run(t, func(task *Task) error {
		wrapped := fmt.Errorf("on the way out: %w", models.ErrCancelled)
		child := task.Start("child", func(task *Task) error { task.Yield(); return wrapped })
		for range 2 {
			if err := child.Join(task); err != wrapped || !child.Cancelled() {
				t.Errorf("Join = %v, want %v", err, wrapped)
			}
		}
		return nil
	})
}

// If the innermost swallows the cancel, the outer gets its result.
func TestSwallowedCancelOfAnAwaitedTask(t *testing.T) {
	run(t, func(task *Task) error {
		inner := task.Start("inner", func(task *Task) error { task.Sleep(time.Hour); return nil })
		outer := task.Start("outer", func(task *Task) error { _, err := inner.Await(task); return err })
		rounds(task, 2)
		outer.Cancel()
		if err := outer.Join(task); err != nil || outer.Cancelling() != 1 || inner.Cancelling() != 1 {
			t.Errorf("outer ended with %v, %d and %d requests", err, outer.Cancelling(), inner.Cancelling())
		}
		return nil
	})
}

// Several wait for one task; who is cancelled leaves the line, the others stay.
func TestCancelOneOfManyJoiners(t *testing.T) {
	for gone := range 3 {
		var tr trace
		run(t, func(task *Task) error {
			gate := NewEvent()
			joined := task.Start("joined", gate.Wait)
			var joiners []*TaskOf[None]
			for i := range 3 {
				joiners = append(joiners, task.Start("joiner", func(task *Task) error {
					err := joined.Join(task)
					if err == nil {
						tr.add("%d", i)
					}
					return err
				}))
			}
			rounds(task, 2)
			joiners[gone].Cancel()
			gate.Set()
			return joined.Join(task)
		})
		tr.expect(t, [][]string{{"1", "2"}, {"0", "2"}, {"0", "1"}}[gone]...)
	}
}

// A future may fail with a cancellation, as a gather does. If the task is
// cancelled as well, there is still one cancellation, and it is the future's.
func TestFutureThatFailsWithACancellation(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		f := NewFuture[int](task.Loop())
		child := task.Start("child", func(task *Task) error {
			_, err := f.Await(task)
			if yieldErr := task.Yield(); yieldErr != nil {
				t.Errorf("another cancellation came: %v", yieldErr)
			}
			return err
		})
		task.Yield()
		f.SetError(&CancelledError{"the future's"})
		child.CancelWith("the task's")
		if err := child.Join(task); err == nil || err.Error() != "task cancelled: the future's" || !child.Cancelled() {
			t.Errorf("the child ended with %v", err)
		}
		return nil
	})
}

// A cancellation is one however it is wrapped, and none beside another error,
// which would be lost.
func TestWhatCountsAsCancelled(t *testing.T) {
	run(t, func(task *Task) error {
		for _, c := range []struct {
			err       error
			cancelled bool
		}{
			{ErrCancelled, true},
			{&CancelledError{"message"}, true},
			{fmt.Errorf("saving: %w", ErrCancelled), true},
			{errors.Join(nil, ErrCancelled), true},
			{errors.Join(ErrCancelled, &CancelledError{"twice"}), true},
			{errTest, false},
			{errors.Join(ErrCancelled, errTest), false},
			{fmt.Errorf("%w and %w", errTest, ErrCancelled), false},
			{&GroupError{}, false},
			{nil, false},
		} {
			ends := task.Start("ends", func(*Task) error { return c.err })
			if err := ends.Join(task); err != c.err || ends.Cancelled() != c.cancelled {
				t.Errorf("a task that ends with %q is cancelled: %v", err, ends.Cancelled())
			}
		}
		task.Loop().failure = nil
		return nil
	})
}

// A long chain of tasks that await each other is made and cancelled in a time
// that its length determines, and not the square of it.
func TestCancelOfALongChain(t *testing.T) {
	run(t, func(task *Task) error {
		last := CreateTask(task, never)
		for range 50_000 {
			awaited := last
			last = CreateTask(task, awaited.Await)
		}
		rounds(task, 2)
		last.CancelWith("all of you")
		_, err := last.Await(task)
		if e, ok := errors.AsType[*CancelledError](err); !ok || e.Message != "all of you" {
			t.Errorf("the outermost ended with %v", err)
		}
		return nil
	})
}
