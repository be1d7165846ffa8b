package coroutine

import (
	"errors"
	"testing"
)

func TestPoolAfterShutdown(t *testing.T) {
	run(t, func(task *Task) error {
		pool := &ThreadPoolExecutor{}
		for range 2 {
			if err := pool.Shutdown(true, false); err != nil {
				t.Errorf("Shutdown of an unused pool = %v", err)
			}
		}
		if err := pool.Go(func() {}); !errors.Is(err, ErrPoolShutdown) {
			t.Errorf("Go after Shutdown = %v", err)
		}
		f := RunInExecutor(task.Loop(), pool, func() (int, error) { return 1, nil })
		if _, err := f.Await(task); !errors.Is(err, ErrPoolShutdown) {
			t.Errorf("RunInExecutor after Shutdown: %v", err)
		}
		return nil
	})
}

func TestNegativeMaxWorkers(t *testing.T) {
	if err := (&ThreadPoolExecutor{MaxWorkers: -1}).Go(func() {}); !errors.Is(err, ErrNegativeNumber) {
		t.Errorf("Go = %v", err)
	}
}

func TestShutdownLetsQueuedCallsFinish(t *testing.T) {
	run(t, func(task *Task) error {
		pool := &ThreadPoolExecutor{MaxWorkers: 1}
		_, gate := occupy(t, task.Loop(), pool)
		queued := RunInExecutor(task.Loop(), pool, func() (int, error) { return 7, nil })
		if err := pool.Shutdown(false, false); err != nil {
			t.Error(err)
		}
		close(gate)
		if v, err := queued.Await(task); v != 7 || err != nil {
			t.Errorf("the queued call: %d, %v", v, err)
		}
		return pool.Shutdown(true, false)
	})
}

func TestShutdownCancelsQueuedCalls(t *testing.T) {
	run(t, func(task *Task) error {
		pool := &ThreadPoolExecutor{MaxWorkers: 1}
		busy, gate := occupy(t, task.Loop(), pool)
		queued := RunInExecutor(task.Loop(), pool, func() (None, error) {
			t.Error("a call was made that the pool had dropped")
			return None{}, nil
		})
		dropped := pool.Go(func() { t.Error("a call was made that the pool had dropped") })
		if err := errors.Join(dropped, pool.Shutdown(false, true)); err != nil {
			t.Error(err)
		}
		if _, err := queued.Await(task); !queued.Cancelled() {
			t.Errorf("the future of a dropped call: %v", err)
		}
		close(gate)
		if v, err := busy.Await(task); v != "busy" || err != nil {
			t.Errorf("the running call: %q, %v", v, err)
		}
		return pool.Shutdown(true, false)
	})
}

// A call that waits for its own pool would wait for ever.
func TestPoolThatJoinsItself(t *testing.T) {
	if threadID() == 0 {
		t.Skip("this platform does not tell a thread's number")
	}
	run(t, func(task *Task) error {
		pool := &ThreadPoolExecutor{}
		f := RunInExecutor(task.Loop(), pool, func() (None, error) { return None{}, pool.Shutdown(true, false) })
		if _, err := f.Await(task); !errors.Is(err, ErrJoinsItself) {
			t.Errorf("Shutdown in a call of the pool = %v", err)
		}
		return pool.Shutdown(true, false)
	})
}
