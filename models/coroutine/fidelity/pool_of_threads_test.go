package fidelity

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"

	"concbench/models"
	"concbench/models/coroutine"
	"concbench/models/internal/leaktest"
	"concbench/models/threads/futures"
	"concbench/models/threads/threading"
)

var _ coroutine.DroppingExecutor = (*futures.ThreadPoolExecutor)(nil)

// A gilPool is a pool of threads under an interpreter lock, which a loop has as
// its default executor.
type gilPool struct {
	*futures.ThreadPoolExecutor
	interpreter *threading.Interpreter
}

// withGILPool runs main on such a loop. The interpreter's main thread lets the
// lock go meanwhile.
func withGILPool(t *testing.T, workers int, main func(task *coroutine.Task, p gilPool) error) {
	t.Helper()
	defer leaktest.NothingLeft(t)()
	in, err := threading.NewInterpreter("interval=50us")
	if err != nil {
		t.Fatal(err)
	}
	err = in.Run(func(thread *threading.Thread) error {
		pool, err := futures.NewThreadPoolExecutor(in, futures.Config{MaxWorkers: workers})
		if err != nil {
			return err
		}
		return thread.Block(func() error {
			_, err := coroutine.Run(t.Context(), func(task *coroutine.Task) (coroutine.None, error) {
				return coroutine.None{}, main(task, gilPool{pool, in})
			}, coroutine.DefaultExecutor(pool))
			return err
		})
	})
	if err != nil {
		t.Error(err)
	}
}

// occupy has a worker wait for the gate, without the interpreter lock, and
// returns when it does.
func (p gilPool) occupy(l *coroutine.Loop, gate <-chan struct{}) *coroutine.Future[string] {
	begun := make(chan struct{})
	f := coroutine.RunInExecutor(l, nil, func() (string, error) {
		close(begun)
		return "ran", p.interpreter.CurrentThread().Block(func() error { <-gate; return nil })
	})
	<-begun
	return f
}

func never(t *testing.T) func() (string, error) {
	return func() (string, error) {
		t.Error("the call was given up and is made")
		return "", nil
	}
}

func TestOutcomesFromUnderTheGIL(t *testing.T) {
	errDisk := errors.New("disk on fire")
	withGILPool(t, 2, func(task *coroutine.Task, p gilPool) error {
		type key struct{}
		task.SetContext(context.WithValue(task.Context(), key{}, "inherited"))
		v, err := coroutine.ToThread(task, func(ctx context.Context) (any, error) { return ctx.Value(key{}), nil })
		if v != "inherited" || err != nil {
			t.Errorf("ToThread = %v, %v", v, err)
		}
		n, err := coroutine.RunInExecutor(task.Loop(), p, func() (int, error) { return 42, errDisk }).Await(task)
		if !errors.Is(err, errDisk) {
			t.Errorf("RunInExecutor = %d, %v", n, err)
		}
		var panicked *models.PanicError
		if err := task.Block(func() error { panic("oops") }); !errors.As(err, &panicked) || panicked.Value != "oops" {
			t.Errorf("Block of a panic = %v", err)
		}
		if err := task.Block(func() error { runtime.Goexit(); return nil }); err == nil {
			t.Error("Block of a Goexit returned no error")
		}
		return nil
	})
}

// What is cancelled while it waits for a worker is never run.
func TestCancelledInLineForTheGILPool(t *testing.T) {
	withGILPool(t, 1, func(task *coroutine.Task, p gilPool) error {
		gate := make(chan struct{})
		running := p.occupy(task.Loop(), gate)
		inLine := coroutine.RunInExecutor(task.Loop(), nil, never(t))
		behind := coroutine.RunInExecutor(task.Loop(), nil, func() (string, error) { return "after it", nil })
		if !inLine.Cancel() {
			t.Error("what is in line could not be cancelled")
		}
		if _, err := inLine.Await(task); !errors.Is(err, coroutine.ErrCancelled) {
			t.Errorf("what was cancelled = %v", err)
		}
		close(gate)
		for _, f := range []*coroutine.Future[string]{running, behind} {
			if v, err := f.Await(task); v == "" || err != nil {
				t.Errorf("what was not cancelled = %q, %v", v, err)
			}
		}
		return nil
	})
}

// A pool that is shut down and drops what is in line says so to the loop; after
// that it refuses calls with its own error.
func TestGILPoolIsShutDown(t *testing.T) {
	withGILPool(t, 1, func(task *coroutine.Task, p gilPool) error {
		gate := make(chan struct{})
		running := p.occupy(task.Loop(), gate)
		var inLine []*coroutine.Future[string]
		for range 3 {
			inLine = append(inLine, coroutine.RunInExecutor(task.Loop(), nil, never(t)))
		}
		err := p.Shutdown(nil, futures.NoWait, futures.CancelFutures)
		for _, f := range inLine {
			if _, err := f.Await(task); !errors.Is(err, coroutine.ErrCancelled) || !f.Cancelled() {
				t.Errorf("a call that was dropped = %v", err)
			}
		}
		close(gate)
		if v, err := running.Await(task); v != "ran" || err != nil {
			t.Errorf("the call that had begun = %q, %v", v, err)
		}
		refused := coroutine.RunInExecutor(task.Loop(), nil, never(t)).Err()
		if kind, ok := errors.AsType[threading.RuntimeError](refused); !ok || kind != futures.ErrPoolShutdown {
			t.Errorf("a call after the shutdown = %v", refused)
		}
		return err
	})
}

// Two calls that compute share the interpreter lock: what they count without a
// lock of their own is right, and each goes on only when the other lets it.
func TestComputingUnderTheGILTakesTurns(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("a call finds out its thread by CurrentThread, which needs Linux")
	}
	const turns = 10
	withGILPool(t, 2, func(task *coroutine.Task, p gilPool) error {
		var inside atomic.Int32
		taken, last := 0, -1 // the lock's
		compute := func(me int) error {
			thread := p.interpreter.CurrentThread()
			for taken < turns {
				if n := inside.Add(1); n != 1 {
					t.Errorf("%d hold the interpreter lock", n)
					taken = turns
				}
				if last != me {
					taken, last = taken+1, me
				}
				inside.Add(-1)
				thread.Checkpoint()
			}
			return nil
		}
		inThread := func(me int) coroutine.Awaitable[coroutine.None] {
			return coro(func(task *coroutine.Task) error { return task.Block(func() error { return compute(me) }) })
		}
		before := p.interpreter.Stats()
		_, err := coroutine.Gather(task, inThread(0), inThread(1)).Await(task)
		after := p.interpreter.Stats()
		// The first turn needs no switch; every other is one at a checkpoint.
		if forced := after.Forced - before.Forced; forced < turns-1 {
			t.Errorf("%d turns and only %d forced switches", taken, forced)
		}
		return err
	})
}
