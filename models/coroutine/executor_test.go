package coroutine

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"concbench/models"
	"concbench/models/coroutine/generator"
)

func defaultWorkers(t *testing.T) int {
	n, err := new(ThreadPoolExecutor).limit()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The executor never has more threads than its limit, and uses all of them.
func TestExecutorThreads(t *testing.T) {
	maxWorkers := defaultWorkers(t)
	l := newLoop(t)
	full := make(chan struct{}) // closed once as many calls run as there may be threads
	fill := sync.OnceFunc(func() { close(full) })
	var running, most, threads atomic.Int32
	var seen sync.Map
	err := l.runAll(func(task *Task) error {
		for range 3 * maxWorkers {
			task.Start("blocker", func(task *Task) error {
				return task.Block(func() error {
					n := running.Add(1)
					defer running.Add(-1)
					for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
					}
					if n == int32(maxWorkers) {
						fill()
					}
					<-full
					if _, known := seen.LoadOrStore(threadID(), true); !known {
						threads.Add(1)
					}
					return nil
				})
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if int(most.Load()) != maxWorkers || l.executor.pool.workers != maxWorkers {
		t.Errorf("%d calls ran at once on %d threads, want %d", most.Load(), l.executor.pool.workers, maxWorkers)
	}
	if _, loops := seen.Load(l.ThreadID()); threadID() != 0 && (loops || int(threads.Load()) != maxWorkers) {
		t.Errorf("the calls ran on %d threads, want %d; one of them the loop's: %v", threads.Load(), maxWorkers, loops)
	}
}

// One call after another is served by one thread.
func TestExecutorReusesAnIdleThread(t *testing.T) {
	l := newLoop(t)
	err := l.runAll(func(task *Task) error {
		for range 10 {
			if err := task.Block(func() error { return nil }); err != nil {
				return err
			}
			for { // the loop may hear of the result before the worker is idle
				l.executor.pool.mu.Lock()
				idle := l.executor.pool.idle
				l.executor.pool.mu.Unlock()
				if idle > 0 {
					break
				}
				runtime.Gosched()
			}
		}
		return nil
	})
	if err != nil || l.executor.pool.workers != 1 {
		t.Errorf("Run = %v, %d workers were started, want 1", err, l.executor.pool.workers)
	}
}

func TestExecutorCallsBeginInOrder(t *testing.T) {
	maxWorkers := defaultWorkers(t)
	run(t, func(task *Task) error {
		l := task.Loop()
		var mu sync.Mutex
		var order []int
		gate := make(chan struct{})
		for range maxWorkers - 1 { // all threads but one are busy
			RunInExecutor(l, nil, func() (None, error) { <-gate; return None{}, nil })
		}
		var last *Future[None]
		for i := range 20 {
			last = RunInExecutor(l, nil, func() (None, error) {
				mu.Lock()
				defer mu.Unlock()
				order = append(order, i)
				return None{}, nil
			})
		}
		_, err := last.Await(task)
		close(gate)
		for i, n := range order {
			if n != i {
				t.Errorf("the calls ran in order %v", order)
				break
			}
		}
		return err
	})
}

func TestExecutorErrors(t *testing.T) {
	maxWorkers := defaultWorkers(t)
	run(t, func(task *Task) error {
		if err := task.Block(func() error { return errTest }); err != errTest {
			t.Errorf("Block = %v, want %v", err, errTest)
		}
		var p *models.PanicError
		if err := task.Block(func() error { panic("oops") }); !errors.As(err, &p) || p.Value != "oops" {
			t.Errorf("Block of a panic = %v, want a *PanicError", err)
		}
		for range maxWorkers + 1 { // a thread is not lost by it
			if err := task.Block(func() error { runtime.Goexit(); return nil }); err == nil {
				t.Error("Block of a Goexit returned no error")
			}
		}
		return task.Block(func() error { return nil })
	})
}

// The call runs on when its waiter is cancelled, and Run waits for it.
func TestCancelledBlock(t *testing.T) {
	var tr trace
	ended := false
	run(t, func(task *Task) error {
		begun, gate := make(chan struct{}), make(chan struct{})
		blocker := task.Start("blocker", func(task *Task) error {
			return task.Block(func() error {
				close(begun)
				<-gate
				ended = true
				return errTest
			})
		})
		task.Yield()
		<-begun
		blocker.Cancel()
		tr.add("blocker: %v", blocker.Join(task))
		task.Loop().CallSoon(func() { close(gate) })
		return nil
	})
	tr.expect(t, "blocker: task cancelled")
	if !ended {
		t.Error("Run did not wait for the call")
	}
}

// After a Run that did not end orderly, Close waits for calls in progress.
func TestCloseWaitsForCalls(t *testing.T) {
	l, finish := checkedLoop(t)
	gate := make(chan struct{})
	ended := false
	_, err := RunUntilComplete(l, NewCoroutine(func(task *Task) (None, error) {
		RunInExecutor(l, nil, func() (None, error) { <-gate; runtime.Gosched(); ended = true; return None{}, nil })
		return None{}, nil
	}))
	if err != nil {
		t.Error(err)
	}
	close(gate)
	if err := l.Close(); err != nil || !ended {
		t.Errorf("Close = %v, the call has ended: %v", err, ended)
	}
	finish()
}

func TestLoopRunsOnDuringABlock(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		gate := make(chan struct{})
		task.Start("other", func(task *Task) error {
			rounds(task, 3)
			tr.add("other")
			close(gate)
			return nil
		})
		err := task.Block(func() error { <-gate; return nil })
		tr.add("block")
		return err
	})
	tr.expect(t, "other", "block")
}

// A generator that was begun outside is refused on a worker's thread, where the
// runtime would end the process.
func TestGeneratorOfAnotherThreadInAnExecutor(t *testing.T) {
	if threadID() == 0 {
		t.Skip("this platform does not tell a thread's number")
	}
	g := generator.New(func(y *generator.Yielder[int, None]) (None, error) {
		_, err := y.Yield(1)
		return None{}, err
	})
	if _, err := g.Next(); err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	run(t, func(task *Task) error {
		_, err := ToThread(task, func(context.Context) (int, error) { return g.Next() })
		var wrong *generator.ThreadError
		if !errors.As(err, &wrong) {
			t.Errorf("Next in an executor = %v", err)
		}
		return nil
	})
}
