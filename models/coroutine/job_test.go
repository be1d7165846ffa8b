package coroutine

import (
	"context"
	"errors"
	"testing"
)

// occupy has the one thread of a pool wait at a gate. It returns when the
// thread is there.
func occupy(t *testing.T, l *Loop, pool Executor) (busy *Future[string], gate chan struct{}) {
	t.Helper()
	begun, gate := make(chan struct{}), make(chan struct{})
	busy = RunInExecutor(l, pool, func() (string, error) {
		close(begun)
		<-gate
		return "busy", nil
	})
	<-begun
	return busy, gate
}

func TestRunInExecutorBringsAValue(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		v, err := RunInExecutor(l, nil, func() (string, error) { return "value", nil }).Await(task)
		if v != "value" || err != nil {
			t.Errorf("Await = %q, %v", v, err)
		}
		if _, err := RunInExecutor(l, nil, func() (int, error) { return 0, errTest }).Await(task); err != errTest {
			t.Errorf("Await of what fails = %v, want the same error", err)
		}
		return nil
	})
}

// The outcome is copied in one round, and in the next its waiter goes on.
func TestRoundsOfAnOutcome(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		pool := &ThreadPoolExecutor{MaxWorkers: 1}
		defer pool.Shutdown(true, false)
		f, gate := occupy(t, l, pool)
		round := countRounds(l)
		copied := 0
		f.AddDoneCallback(func() { copied = *round })
		close(gate)
		for !l.inbox.filled.Load() { // keeps the loop in this round
		}
		sent := *round
		if _, err := f.Await(task); err != nil {
			return err
		}
		if copied != sent+2 || *round != sent+2 {
			t.Errorf("sent in round %d; callback in %d, waiter in %d, want both two later", sent, copied, *round)
		}
		return nil
	})
}

func TestCancelDropsAQueuedCall(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		pool := &ThreadPoolExecutor{MaxWorkers: 1}
		busy, gate := occupy(t, l, pool)
		queued := RunInExecutor(l, pool, func() (None, error) {
			t.Error("a call was made whose future had been cancelled")
			return None{}, nil
		})
		if !queued.Cancel() || !queued.Cancelled() {
			t.Error("the future is not cancelled at once")
		}
		task.Yield() // the call learns of it one round later
		close(gate)
		if v, err := busy.Await(task); v != "busy" || err != nil {
			t.Errorf("the other call: %q, %v", v, err)
		}
		return pool.Shutdown(true, false)
	})
}

func TestCancelLeavesARunningCall(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		pool := &ThreadPoolExecutor{MaxWorkers: 1}
		busy, gate := occupy(t, l, pool)
		busy.Cancel()
		task.Yield()
		close(gate)
		ended := false
		if _, err := RunInExecutor(l, pool, func() (None, error) { ended = true; return None{}, nil }).Await(task); err != nil {
			t.Error(err)
		}
		if v, err := busy.Result(); !ended || v != "" || !errors.Is(err, ErrCancelled) {
			t.Errorf("the next call has run: %v; the cancelled future: %q, %v", ended, v, err)
		}
		return pool.Shutdown(true, false)
	})
}

func TestToThreadHasTheTasksContext(t *testing.T) {
	type key struct{}
	run(t, func(task *Task) error {
		task.SetContext(context.WithValue(task.Context(), key{}, "mine"))
		v, err := ToThread(task, func(ctx context.Context) (any, error) {
			if id := threadID(); id != 0 && id == task.Loop().ThreadID() {
				t.Error("the call is made on the loop's thread")
			}
			return ctx.Value(key{}), nil
		})
		if v != "mine" || err != nil {
			t.Errorf("ToThread = %v, %v", v, err)
		}
		return nil
	})
}

// An executor that the loop is given is used, and is left alone when the loop
// shuts down what is its own.
func TestGivenDefaultExecutor(t *testing.T) {
	pool := &ThreadPoolExecutor{MaxWorkers: 2}
	defer pool.Shutdown(true, false)
	l, err := NewLoop(DefaultExecutor(pool))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ended := false
	_, err = RunUntilComplete(l, NewCoroutine(func(task *Task) (None, error) {
		begun := make(chan struct{})
		RunInExecutor(l, nil, func() (None, error) { close(begun); return None{}, nil }).
			AddDoneCallback(func() { ended = true })
		<-begun
		if err := l.ShutdownDefaultExecutor(task); err != nil {
			return None{}, err
		}
		err := task.Block(func() error { return nil })
		if !errors.Is(err, ErrExecutorShutdown) {
			t.Errorf("Block after ShutdownDefaultExecutor = %v", err)
		}
		return None{}, nil
	}))
	if err != nil || !ended {
		t.Errorf("RunUntilComplete = %v; the call had ended: %v", err, ended)
	}
	if l.executor.pool.begun() || pool.workers == 0 {
		t.Error("the call did not go to the executor that was given")
	}
	if err := pool.Go(func() {}); err != nil {
		t.Errorf("the executor was shut down with the loop: %v", err)
	}
}

func TestSetDefaultExecutor(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		pool := &ThreadPoolExecutor{}
		l.SetDefaultExecutor(pool)
		if err := task.Block(func() error { return nil }); err != nil {
			t.Error(err)
		}
		if pool.workers != 1 {
			t.Error("the call did not go to the executor that was set")
		}
		l.SetDefaultExecutor(nil)
		if err := task.Block(func() error { return nil }); err != nil || !l.executor.pool.begun() {
			t.Errorf("the loop's own pool is not in use again: %v", err)
		}
		return pool.Shutdown(true, false)
	})
}

func TestShutdownDefaultExecutorWaits(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		if err := l.ShutdownDefaultExecutor(task); err != nil {
			t.Errorf("of an executor that was never used: %v", err)
		}
		l.executor.refuses = false
		busy, gate := occupy(t, l, nil)
		l.CallSoon(func() { close(gate) }) // the loop goes on meanwhile
		if err := l.ShutdownDefaultExecutor(task); err != nil {
			t.Error(err)
		}
		if v, err := busy.Result(); v != "busy" || err != nil {
			t.Errorf("the call after the shutdown: %q, %v", v, err)
		}
		if err := l.executor.pool.Go(func() {}); !errors.Is(err, ErrPoolShutdown) {
			t.Errorf("the pool is not shut down: %v", err)
		}
		if err := l.ShutdownDefaultExecutor(task); err != nil {
			t.Errorf("the second time: %v", err)
		}
		f := RunInExecutor(l, nil, func() (int, error) { return 1, nil })
		if !errors.Is(f.Err(), ErrExecutorShutdown) {
			t.Errorf("a later call: %v", f.Err())
		}
		return nil
	})
}

// A call of an executor that outlives the loop finds nobody, and that is all.
func TestOutcomeForAClosedLoop(t *testing.T) {
	pool := &ThreadPoolExecutor{}
	l := newLoop(t)
	f, gate := occupy(t, l, pool)
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	close(gate)
	if err := pool.Shutdown(true, false); err != nil {
		t.Error(err)
	}
	if f.Done() {
		t.Error("the future has an outcome although its loop was closed")
	}
	if late := RunInExecutor(l, pool, func() (int, error) { return 1, nil }); !errors.Is(late.Err(), ErrClosed) {
		t.Errorf("RunInExecutor of a closed loop: %v", late.Err())
	}
}
