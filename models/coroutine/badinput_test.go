package coroutine

import (
	"context"
	"errors"
	"math"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// misused fails the test unless err is want and names the operation.
func misused(t *testing.T, op string, err, want error) {
	t.Helper()
	var usage *UsageError
	if !errors.As(err, &usage) || usage.Op != op || !errors.Is(err, want) {
		t.Errorf("%v, want %s: %v", err, op, want)
	}
}

// A task without a body has failed as it is made, and says so to its group.
func TestTaskWithoutABody(t *testing.T) {
	run(t, func(task *Task) error {
		for name, child := range map[string]*Task{
			"CreateTask": &CreateTask[int](task, nil).Task,
			"Task.Start": &task.Start("nothing", nil).Task,
			"Loop.Start": &task.Loop().Start("nothing", nil).Task,
		} {
			if !child.Done() {
				t.Errorf("%s: it is still to begin", name)
			}
			misused(t, "CreateTask", child.Err(), ErrNoMain)
		}
		err := WithTaskGroup(task, func(g *TaskGroup) error { g.Start("nothing", nil); return nil })
		if !errors.Is(err, ErrNoMain) {
			t.Errorf("WithTaskGroup = %v", err)
		}
		return nil
	})
}

// A scope that is nil refuses its tasks, whatever is made with it.
func TestNoScope(t *testing.T) {
	body := func(*Task) (int, error) { return 1, nil }
	for name, in := range map[string]Scope{"nil": nil, "Loop": (*Loop)(nil), "Task": (*Task)(nil)} {
		t.Run(name, func(t *testing.T) {
			misused(t, "CreateTask", CreateTask(in, body).Err(), ErrNoLoop)
			misused(t, "CreateTask", EnsureFuture[int](in, NewCoroutine(body)).Err(), ErrNoLoop)
			misused(t, "EnsureFuture", EnsureFuture[int](in, nil).Err(), ErrNotAwaitable)
			for what, f := range map[string]AnyFuture{
				"Gather":         Gather[int](in, NewCoroutine(body)),
				"GatherOutcomes": GatherOutcomes[int](in, NewCoroutine(body)),
				"Shield":         Shield[int](in, NewCoroutine(body)),
			} {
				if !f.Done() || f.Err() == nil {
					t.Errorf("%s = %v", what, f.Err())
				}
			}
		})
	}
	misused(t, "CreateTask", CreateTask((*TaskGroup)(nil), body).Err(), ErrGroupNotEntered)
}

// What a task does is an error where there is none.
func TestNoTask(t *testing.T) {
	run(t, func(task *Task) error {
		var none *Task
		f := NewFuture[int](task.Loop())
		child := task.Start("child", func(task *Task) error { return task.Yield() })
		misused(t, "Yield", none.Yield(), ErrNotCurrent)
		misused(t, "Sleep", none.Sleep(time.Second), ErrNotCurrent)
		misused(t, "Yield", none.Sleep(0), ErrNotCurrent)
		_, err := f.Await(nil)
		misused(t, "await", err, ErrNotCurrent)
		_, err = child.Await(nil)
		misused(t, "await", err, ErrNotCurrent)
		misused(t, "await", child.Join(nil), ErrNotCurrent)
		_, _, err = Wait(nil, []*Future[int]{f}, AllCompleted, NoTimeout)
		misused(t, "Wait", err, ErrNotCurrent)
		_, err = WaitFor[int](nil, f, time.Second)
		misused(t, "WaitFor", err, ErrNotCurrent)
		for _, err := range AsCompleted[int](nil, NoTimeout, f) {
			misused(t, "AsCompleted", err, ErrNotCurrent)
		}
		misused(t, "WithTimeout", WithTimeout(nil, time.Second, nil), ErrNotCurrent)
		misused(t, "WithTaskGroup", WithTaskGroup(nil, nil), ErrNotCurrent)
		return child.Join(task)
	})
}

func TestNoBody(t *testing.T) {
	run(t, func(task *Task) error {
		misused(t, "WithTimeout", WithTimeout(task, time.Second, nil), ErrNoMain)
		misused(t, "WithTimeoutAt", WithTimeoutAt(task, 0, nil), ErrNoMain)
		misused(t, "WithTaskGroup", WithTaskGroup(task, nil), ErrNoMain)
		return nil
	})
}

func TestNoRunner(t *testing.T) {
	body := func(*Task) (int, error) { return 1, nil }
	for _, r := range []*Runner{nil, {}} {
		_, err := RunWith(r, context.Background(), body)
		misused(t, "RunWith", err, ErrNoRunner)
		misused(t, "Close", r.Close(), ErrNoRunner)
	}
}

// The zero Future cannot have an outcome, and says so.
func TestZeroFuture(t *testing.T) {
	run(t, func(task *Task) error {
		var f Future[int]
		f.AddDoneCallback(func() { t.Error("it has an outcome") })
		_, err := f.Await(task)
		misused(t, "await", err, ErrForeignFuture)
		misused(t, "SetResult", f.SetResult(1), ErrNoLoop)
		misused(t, "SetError", f.SetError(errTest), ErrNoLoop)
		if f.Cancel() || f.Done() {
			t.Error("it was cancelled")
		}
		return nil
	})
}

func TestDescriptorOutOfRange(t *testing.T) {
	run(t, func(task *Task) error {
		for _, fd := range []int{-1, math.MaxInt32 + 1, 1 << 32} {
			if err := task.Loop().AddReader(fd, func() {}); !errors.Is(err, unix.EBADF) {
				t.Errorf("AddReader(%d) = %v", fd, err)
			}
		}
		return nil
	})
}
