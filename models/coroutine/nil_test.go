package coroutine

import (
	"context"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"concbench/models/coroutine/generator"
)

func errOf[T any](_ T, err error) error { return err }

// What takes a function refuses none as it is called, and names itself.
func TestNoFunction(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		var lock Lock
		var cond Condition
		var pool ThreadPoolExecutor
		sem := must(NewSemaphore(1))
		for op, err := range map[string]error{
			"CallSoon":           errOf(l.CallSoon(nil)),
			"CallLater":          errOf(l.CallLater(time.Second, nil)),
			"CallAt":             errOf(l.CallAt(0, nil)),
			"CallSoonThreadsafe": l.CallSoonThreadsafe(nil),
			"AddReader":          l.AddReader(0, nil),
			"AddWriter":          l.AddWriter(1, nil),
			"AddSignalHandler":   l.AddSignalHandler(unix.SIGUSR1, nil),
			"ToThread":           errOf(ToThread[int](task, nil)),
			"Block":              task.Block(nil),
			"RunInExecutor":      RunInExecutor[int](l, nil, nil).Err(),
			"submit":             pool.Go(nil),
			"Lock.With":          lock.With(task, nil),
			"Condition.With":     cond.With(task, nil),
			"Condition.WaitFor":  cond.WaitFor(task, nil),
			"Semaphore.With":     sem.With(task, nil),
		} {
			misused(t, op, err, ErrNoFunction)
		}
		if lock.Locked() || cond.Locked() || sem.Locked() || pool.begun() || l.RemoveSignalHandler(unix.SIGUSR1) {
			t.Error("something was taken or begun all the same")
		}
		return nil
	})
}

// From a thread that is not the loop's own the same error comes, at once.
func TestNoFunctionFromAnotherThread(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		var err error
		if blocked := task.Block(func() error { err = l.CallSoonThreadsafe(nil); return nil }); blocked != nil {
			return blocked
		}
		misused(t, "CallSoonThreadsafe", err, ErrNoFunction)
		return nil
	})
}

// A handler that was set is not replaced by none.
func TestNoFunctionLeavesTheOldOne(t *testing.T) {
	run(t, func(task *Task) error {
		l, called := task.Loop(), NewFuture[None](task.Loop())
		if err := l.AddSignalHandler(unix.SIGUSR1, func() { called.SetResult(None{}) }); err != nil {
			return err
		}
		defer l.RemoveSignalHandler(unix.SIGUSR1)
		err := l.AddSignalHandler(unix.SIGUSR1, nil)
		misused(t, "AddSignalHandler", err, ErrNoFunction)
		if err == nil {
			return nil // the wait would not end
		}
		if err := unix.Kill(os.Getpid(), unix.SIGUSR1); err != nil {
			return err
		}
		return errOf(called.Await(task))
	})
}

// AddDoneCallback has no error to return: the exception handler gets it when the
// callback's turn comes, and the others are called.
func TestNoDoneCallback(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		var reports []error
		l.SetExceptionHandler(func(_ *Loop, r ErrorReport) { reports = append(reports, r.Err) })
		f, called := NewFuture[int](l), NewFuture[int](l)
		for _, fn := range []func(){nil, func() { called.SetResult(len(reports)) }} {
			f.AddDoneCallback(fn)
		}
		f.SetResult(1)
		n, err := called.Await(task)
		if err != nil || n != 1 || len(reports) != 1 {
			t.Fatalf("%d reports, %v, %v", n, reports, err)
		}
		misused(t, "AddDoneCallback", reports[0], ErrNoFunction)
		return nil
	})
}

// A loop that is nil runs nothing, and what was to be its future has failed.
func TestNoLoop(t *testing.T) {
	body := func(*Task) (int, error) { return 1, nil }
	safe := RunThreadsafe[int](nil, NewCoroutine(body))
	var noContext context.Context
	for op, errs := range map[string][]error{
		"RunUntilComplete": {
			errOf(RunUntilComplete[int](nil, NewCoroutine(body))),
			errOf(RunUntilComplete[int](nil, NewFuture[int](nil))),
			errOf(RunUntilComplete[int](nil, nil)),
		},
		"RunThreadsafe": {errOf(safe.Result(context.Background())), errOf(safe.Result(noContext))},
		"RunInExecutor": {
			RunInExecutor(nil, nil, func() (int, error) { return 1, nil }).Err(),
			RunInExecutor(nil, &ThreadPoolExecutor{}, func() (int, error) { return 1, nil }).Err(),
			RunInExecutor[int](nil, nil, nil).Err(),
		},
		"Gather": {
			Gather[int](nil, NewCoroutine(body)).Err(),
			Gather[int]((*Loop)(nil), NewCoroutine(body)).Err(),
			Gather[int](nil).Err(),
		},
		"GatherOutcomes": {GatherOutcomes[int](nil, NewCoroutine(body)).Err()},
		"Shield":         {Shield[int](nil, NewCoroutine(body)).Err(), Shield[int]((*Task)(nil), NewCoroutine(body)).Err()},
	} {
		for _, err := range errs {
			misused(t, op, err, ErrNoLoop)
		}
	}
	if safe.Cancel() || safe.Cancelled() {
		t.Error("what never ran was cancelled")
	}
}

// A task that is nil has no thread call anything.
func TestNoTaskToBlock(t *testing.T) {
	run(t, func(task *Task) error {
		var none *Task
		never := func() error { t.Error("it is called"); return nil }
		misused(t, "Block", none.Block(never), ErrNotCurrent)
		misused(t, "ToThread", errOf(ToThread(none, func(context.Context) (int, error) { return 0, never() })), ErrNotCurrent)
		misused(t, "GetAddrInfo", errOf(none.GetAddrInfo("tcp", "127.0.0.1", "1", 0)), ErrNotCurrent)
		_, _, err := none.GetNameInfo(nil, 0)
		misused(t, "GetNameInfo", err, ErrNotCurrent)
		return nil
	})
}

func TestNoAddress(t *testing.T) {
	run(t, func(task *Task) error {
		_, _, err := task.GetNameInfo(nil, 0)
		misused(t, "GetNameInfo", err, ErrNoAddress)
		return nil
	})
}

// A failure needs an error: the future is as it was.
func TestNoError(t *testing.T) {
	run(t, func(task *Task) error {
		f := NewFuture[int](task.Loop())
		misused(t, "SetError", f.SetError(nil), ErrNilError)
		if f.Done() {
			t.Error("it has an outcome")
		}
		return f.SetResult(1)
	})
}

// An asynchronous generator without a body fails as it begins.
func TestAsyncGeneratorOfNothing(t *testing.T) {
	run(t, func(task *Task) error {
		g := NewAsyncGenerator[int, int](nil)
		misused(t, "Throw", errOf(g.Throw(task, nil)), generator.ErrThrowNil)
		misused(t, "await", errOf(g.Next(task)), generator.ErrNoBody)
		if _, err := g.Next(task); !errors.Is(err, ErrStopAsyncIteration) {
			t.Errorf("then Next = %v", err)
		}
		return g.Close(task)
	})
}

// As in asyncio, less than one wakes nobody.
func TestNotifyLessThanOne(t *testing.T) {
	run(t, func(task *Task) error {
		var cond Condition
		var got []string
		waiter := task.Start("waiter", func(task *Task) error {
			return cond.With(task, func() error {
				err := cond.Wait(task)
				got = append(got, "woken")
				return err
			})
		})
		if err := task.Yield(); err != nil {
			return err
		}
		for _, n := range []int{-1, 0, 1} {
			if err := cond.With(task, func() error { return cond.Notify(n) }); err != nil {
				return err
			}
			got = append(got, "notified")
			for range 3 {
				if err := task.Yield(); err != nil {
					return err
				}
			}
		}
		if want := []string{"notified", "notified", "notified", "woken"}; !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		return waiter.Join(task)
	})
}
