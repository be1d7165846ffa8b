package fidelity

import (
	"errors"
	"testing"

	"go.uber.org/goleak"

	"concbench/models/coroutine"
	"concbench/models/threads"
	"concbench/models/threads/futures"
)

// A loop's blocking calls may go to a pool of threads under an interpreter lock:
// they run there, are dropped when the pool is told to, and are refused after its
// end.
func TestLoopUsesAPoolOfThreads(t *testing.T) {
	defer goleak.VerifyNone(t)
	err := inMainThread(func(main *threads.Thread) error {
		pool, err := futures.NewThreadPoolExecutor(main.Interpreter(), futures.Config{MaxWorkers: 1})
		if err != nil {
			return err
		}
		return main.Block(func() error {
			return asyncioRun(func(task *coroutine.Task) error { return useThreads(t, task, pool) })
		})
	})
	if err != nil {
		t.Error(err)
	}
}

func useThreads(t *testing.T, task *coroutine.Task, pool *futures.ThreadPoolExecutor) error {
	loop := task.Loop()
	begun, gate := make(chan struct{}), make(chan struct{})
	first := coroutine.RunInExecutor(loop, pool, func() (int, error) {
		close(begun)
		<-gate
		return 42, nil
	})
	second := coroutine.RunInExecutor(loop, pool, func() (int, error) {
		t.Error("a call was made that the pool had dropped")
		return 0, nil
	})
	<-begun
	if err := pool.Shutdown(nil, futures.NoWait, futures.CancelFutures); err != nil {
		return err
	}
	close(gate)
	if n, err := first.Await(task); n != 42 || err != nil {
		t.Errorf("the call that had begun: %v, %v", n, err)
	}
	if _, err := second.Await(task); err == nil {
		t.Error("the dropped call has a result")
	}
	late := coroutine.RunInExecutor(loop, pool, func() (int, error) { return 0, nil })
	if _, err := late.Await(task); !errors.Is(err, futures.ErrShutdown) {
		t.Errorf("a call after the end: %v", err)
	}
	return nil
}
