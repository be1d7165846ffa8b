package futures

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"concbench/models"
	"concbench/models/threads/internal/threadtest"
	"concbench/models/threads/threading"
)

var errBoom = errors.New("boom")

const (
	moment = 2 * time.Millisecond
	ample  = time.Minute
)

// inPool runs a test with a pool. The test need not shut it down.
func inPool(t *testing.T, config Config, test func(t *testing.T, main *threading.Thread, p *ThreadPoolExecutor) error) {
	threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
		p, err := NewThreadPoolExecutor(main.Interpreter(), config)
		if err != nil {
			return err
		}
		return test(t, main, p)
	})
}

// waitFor is a job that waits for an event.
func waitFor(e *threading.Event) func(t *threading.Thread) (bool, error) {
	return func(t *threading.Thread) (bool, error) { return true, e.Wait(t) }
}

func name(t *threading.Thread) (string, error) { return t.Name(), nil }

// A future has the outcome of its job: result, error, panic, or Goexit. After a Goexit the
// pool still has a worker.
func TestOutcomes(t *testing.T) {
	inPool(t, Config{MaxWorkers: 1}, func(t *testing.T, main *threading.Thread, p *ThreadPoolExecutor) error {
		main.Interpreter().Stderr = io.Discard // where the worker's end is reported, too
		var panicked *models.PanicError
		for _, c := range []struct {
			f    func(t *threading.Thread) (int, error)
			ok   func(n int, err error) bool
			what string
		}{
			{func(*threading.Thread) (int, error) { return 42, nil }, func(n int, err error) bool { return n == 42 && err == nil }, "result"},
			{func(*threading.Thread) (int, error) { return 0, errBoom }, func(_ int, err error) bool { return err == errBoom }, "error"},
			{func(*threading.Thread) (int, error) { panic(errBoom) }, func(_ int, err error) bool { return errors.As(err, &panicked) && errors.Is(err, errBoom) }, "panic"},
			{func(*threading.Thread) (int, error) { runtime.Goexit(); return 0, nil }, func(_ int, err error) bool { return err == errGoexit }, "Goexit"},
			{func(*threading.Thread) (int, error) { return 1, nil }, func(n int, err error) bool { return n == 1 && err == nil }, "after all"},
		} {
			future, err := Submit(main, p, c.f)
			if err != nil {
				return err
			}
			n, err := future.Result(main)
			exception, err2 := future.Exception(main)
			if !c.ok(n, err) || exception != err || err2 != nil || !future.Done(main) || future.Cancel(main) {
				t.Errorf("%s: result %v, %v, exception %v, %v", c.what, n, err, exception, err2)
			}
		}
		return nil
	})
}

// A pool uses idle threads again, and never has more than its limit.
func TestWorkersAreReused(t *testing.T) {
	inPool(t, Config{MaxWorkers: 3, ThreadNamePrefix: "w"}, func(t *testing.T, main *threading.Thread, p *ThreadPoolExecutor) error {
		gate := threading.NewEvent()
		var fs []*Future[bool]
		for range 5 {
			future, err := Submit(main, p, waitFor(gate))
			if err != nil {
				return err
			}
			fs = append(fs, future)
		}
		if s := p.Stats(); s != (Stats{Started: 3, Queued: 2}) {
			t.Errorf("%+v while all wait", s)
		}
		if err := gate.Set(main); err != nil {
			return err
		}
		if done, notDone, err := Wait(main, fs, AllCompleted); len(done) != 5 || len(notDone) != 0 || err != nil {
			t.Errorf("Wait: %d done, %d not, %v", len(done), len(notDone), err)
		}
		for p.idleNow() < 5 { // tokens come after results
			main.Sleep(time.Microsecond)
		}
		future, err := Submit(main, p, name)
		if err != nil {
			return err
		}
		if who, err := future.Result(main); !slices.Contains([]string{"w_0", "w_1", "w_2"}, who) || err != nil {
			t.Errorf("the job ran on %q, %v", who, err)
		}
		if s := p.Stats(); s != (Stats{Started: 3, Queued: 2, Reused: 1}) {
			t.Errorf("%+v at the end", s)
		}
		return nil
	})
}

func (p *ThreadPoolExecutor) idleNow() int {
	defer p.lock()()
	return p.idle
}

// A job that has not begun can be cancelled: its waiters are told, and its callbacks called
// at once.
func TestCancel(t *testing.T) {
	inPool(t, Config{MaxWorkers: 1}, func(t *testing.T, main *threading.Thread, p *ThreadPoolExecutor) error {
		gate, begun := threading.NewEvent(), threading.NewEvent()
		running, err := Submit(main, p, func(t *threading.Thread) (bool, error) {
			return true, errors.Join(begun.Set(t), gate.Wait(t))
		})
		pending, err2 := Submit(main, p, waitFor(gate))
		if err := errors.Join(err, err2, begun.Wait(main)); err != nil {
			return err
		}
		called := 0
		pending.AddDoneCallback(main, func(*threading.Thread, *Future[bool]) { called++ })
		if running.Cancel(main) || !running.Running(main) || !pending.Cancel(main) || !pending.Cancel(main) {
			t.Error("the running one was cancelled, or the pending one was not, twice")
		}
		if _, err := pending.ResultTimeout(main, ample); err != ErrCancelled || called != 1 || pending.State(main) != Cancelled {
			t.Errorf("Result of the cancelled one: %v, %d callbacks, %v", err, called, pending.State(main))
		}
		for _, want := range []error{ErrTimeout, os.ErrDeadlineExceeded, context.DeadlineExceeded} {
			if _, err := running.ResultTimeout(main, moment); !errors.Is(err, want) {
				t.Errorf("Result of the running one: %v, want one that is %q", err, want)
			}
		}
		if err := gate.Set(main); err != nil {
			return err
		}
		_, _, err = Wait(main, []*Future[bool]{pending, running}, AllCompleted)
		if s := pending.State(main); s != CancelledAndNotified {
			t.Errorf("the worker left the cancelled one %v", s)
		}
		return err
	})
}

func TestWaitModes(t *testing.T) {
	threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
		fs := []*Future[int]{NewFuture[int](), NewFuture[int](), NewFuture[int]()}
		complete := func(f func(t *threading.Thread) error) error {
			_, err := threadtest.Started(main, func(t *threading.Thread) error { t.Sleep(time.Microsecond); return f(t) })
			return err
		}
		check := func(when ReturnWhen, wantDone int) {
			done, notDone, err := WaitTimeout(main, append(fs, fs...), when, ample)
			if len(done) != wantDone || len(done)+len(notDone) != len(fs) || err != nil {
				t.Errorf("Wait(%d): %d done, %d not, %v; want %d", when, len(done), len(notDone), err, wantDone)
			}
		}
		if done, notDone, err := WaitTimeout(main, fs, FirstCompleted, moment); len(done) != 0 || len(notDone) != 3 || err != nil {
			t.Errorf("a Wait that timed out: %d done, %d not, %v", len(done), len(notDone), err)
		}
		err := complete(func(t *threading.Thread) error { return fs[1].SetResult(t, 1) })
		check(FirstCompleted, 1)
		err2 := complete(func(t *threading.Thread) error { return fs[0].SetException(t, errBoom) })
		check(FirstException, 2)
		check(FirstException, 2)
		err3 := complete(func(t *threading.Thread) error { return fs[2].SetResult(t, 2) })
		check(AllCompleted, 3)
		if _, _, err := Wait(main, fs, 7); err == nil {
			t.Error("Wait takes any condition")
		}
		for _, f := range fs {
			if len(f.waiters) != 0 {
				t.Error("a waiter is left in a future")
			}
		}
		return errors.Join(err, err2, err3)
	})
}

func TestAsCompleted(t *testing.T) {
	threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
		fs := []*Future[int]{NewFuture[int](), NewFuture[int](), NewFuture[int](), NewFuture[int]()}
		fs[2].SetResult(main, 2)
		var order []int
		var last error
		for f, err := range AsCompletedTimeout(main, append(fs, fs[2]), ample) {
			if err != nil {
				return err
			}
			n, _ := f.Result(main)
			if order = append(order, n); len(order) == 3 {
				break
			}
			next := []int{1, 3}[len(order)-1]
			if err := fs[next].SetResult(main, next); err != nil {
				return err
			}
		}
		for f, err := range AsCompletedTimeout(main, fs, moment) {
			if last = err; err == nil && !f.Done(main) {
				t.Error("AsCompleted gave one that is not done")
			}
		}
		for _, f := range fs {
			if len(f.waiters) != 0 {
				t.Error("a waiter is left in a future")
			}
		}
		if want := "1 (of 4) futures unfinished"; last == nil || last.Error() != want || !errors.Is(last, ErrTimeout) {
			t.Errorf("AsCompleted ended with %v, want %s", last, want)
		}
		if !slices.Equal(order, []int{2, 1, 3}) {
			t.Errorf("order %v", order)
		}
		return nil
	})
}

// Results come in the order of the arguments. An error is the last.
func TestMap(t *testing.T) {
	inPool(t, Config{MaxWorkers: 2}, func(t *testing.T, main *threading.Thread, p *ThreadPoolExecutor) error {
		gate := threading.NewEvent()
		job := func(t *threading.Thread, n int) (int, error) {
			switch n {
			case 2:
				return 0, errBoom
			case 4, 5, 6:
				return 0, gate.Wait(t)
			}
			return n * n, nil
		}
		results, err := Map(main, p, job, []int{0, 1, 2, 4, 5, 6})
		if err != nil {
			return err
		}
		var got []string
		for n, err := range results {
			got = append(got, fmt.Sprint(n, err))
		}
		if want := []string{"0 <nil>", "1 <nil>", "0 boom"}; !slices.Equal(got, want) {
			t.Errorf("results %q, want %q", got, want)
		}
		late, err := MapTimeout(main, p, job, []int{4}, moment)
		if err != nil {
			return err
		}
		for _, err := range late {
			if !errors.Is(err, ErrTimeout) {
				t.Errorf("MapTimeout gave %v", err)
			}
		}
		return gate.Set(main)
	})
}

func TestShutdown(t *testing.T) {
	inPool(t, Config{MaxWorkers: 1}, func(t *testing.T, main *threading.Thread, p *ThreadPoolExecutor) error {
		gate, begun := threading.NewEvent(), threading.NewEvent()
		running, err := Submit(main, p, func(t *threading.Thread) (bool, error) {
			err := p.Shutdown(t)
			if err != threading.ErrJoinSelf {
				t.Interpreter().Report("Shutdown by a worker", err)
				return false, nil
			}
			return true, errors.Join(begun.Set(t), gate.Wait(t))
		})
		if err := errors.Join(err, begun.Wait(main)); err != nil {
			return err
		}
		if _, err := Submit(main, p, name); err != ErrPoolShutdown {
			t.Errorf("Submit after Shutdown: %v", err)
		}
		if err := p.Go(func() { t.Error("it was refused and is called") }); err != ErrPoolShutdown {
			t.Errorf("Go after Shutdown: %v", err)
		}
		err = errors.Join(p.Shutdown(main, NoWait, CancelFutures), gate.Set(main), p.Shutdown(main))
		if refused, err := running.Result(main); !refused || err != nil {
			t.Errorf("a worker that shuts its pool down: %v, %v", refused, err)
		}
		return err
	})
}

// Pending jobs are cancelled on request, except those that Go has accepted.
func TestShutdownCancels(t *testing.T) {
	inPool(t, Config{MaxWorkers: 1}, func(t *testing.T, main *threading.Thread, p *ThreadPoolExecutor) error {
		gate := threading.NewEvent()
		running, err := Submit(main, p, waitFor(gate))
		for !running.Running(main) {
			main.Sleep(time.Microsecond)
		}
		pending, err2 := Submit(main, p, waitFor(gate))
		called, dropped := false, false
		err3 := errors.Join(
			p.Go(func() { called = true }),
			p.GoOrDrop(func() { t.Error("what was to be dropped was called") }, func() { dropped = true }),
		)
		if err := errors.Join(err, err2, err3, p.Shutdown(main, NoWait, CancelFutures), gate.Set(main), p.Shutdown(main)); err != nil {
			return err
		}
		if done, _, err := WaitTimeout(main, []*Future[bool]{pending, running}, AllCompleted, ample); len(done) != 2 || err != nil {
			t.Errorf("Wait for what the shutdown has cancelled: %d done, %v", len(done), err)
		}
		if !pending.Cancelled(main) || running.Cancelled(main) || !called || !dropped {
			t.Errorf("cancelled: pending %v, running %v, dropped %v; Go's was called: %v",
				pending.Cancelled(main), running.Cancelled(main), dropped, called)
		}
		return nil
	})
}

// A pool that is not shut down ends with its interpreter, after its jobs.
func TestInterpreterEndsPools(t *testing.T) {
	var done atomic.Int32
	var p *ThreadPoolExecutor
	inPool(t, Config{MaxWorkers: 2}, func(t *testing.T, main *threading.Thread, pool *ThreadPoolExecutor) error {
		p = pool
		done.Store(0)
		t.Cleanup(func() {
			if done.Load() != 10 {
				t.Errorf("%d of 10 jobs were done at the end", done.Load())
			}
			if _, err := Submit(nil, p, name); err != ErrInterpreterShutdown {
				t.Errorf("Submit after the end: %v", err)
			}
			if _, err := NewThreadPoolExecutor(main.Interpreter(), Config{}); err != ErrInterpreterShutdown {
				t.Errorf("a new pool after the end: %v", err)
			}
		})
		for range 10 {
			_, err := Submit(main, p, func(t *threading.Thread) (int32, error) {
				t.Sleep(time.Microsecond)
				return done.Add(1), nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func TestInitializer(t *testing.T) {
	threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
		var out bytes.Buffer
		main.Interpreter().Stderr = &out
		var local threading.Local[string]
		p, err := NewThreadPoolExecutor(main.Interpreter(), Config{MaxWorkers: 1, Initializer: func(t *threading.Thread) error {
			local.Set(t, "ready")
			return nil
		}})
		if err != nil {
			return err
		}
		ready, err := Submit(main, p, func(t *threading.Thread) (string, error) { v, _ := local.Get(t); return v, nil })
		if err != nil {
			return err
		}
		if v, err := ready.Result(main); v != "ready" || err != nil {
			t.Errorf("the initializer left %q, %v", v, err)
		}
		gate := threading.NewEvent()
		broken, err := NewThreadPoolExecutor(main.Interpreter(), Config{MaxWorkers: 1, Initializer: func(t *threading.Thread) error {
			return errors.Join(gate.Wait(t), errBoom)
		}})
		pending, err2 := Submit(main, broken, name)
		called := threading.NewEvent()
		err3 := broken.GoWith(func(t *threading.Thread) { called.Set(t) })
		if err := errors.Join(err, err2, err3, gate.Set(main)); err != nil {
			return err
		}
		_, pendingErr := pending.Result(main)
		_, submitErr := Submit(main, broken, name)
		for what, err := range map[string]error{"a pending job": pendingErr, "Submit": submitErr} {
			for _, want := range []error{ErrBrokenThreadPool, ErrBrokenExecutor, errBoom} {
				if !errors.Is(err, want) {
					t.Errorf("%s of a broken pool: %v, want one that is %q", what, err, want)
				}
			}
		}
		err = errors.Join(called.Wait(main), broken.Shutdown(main))
		if !bytes.HasPrefix(out.Bytes(), []byte("Exception in initializer:\nboom\n")) {
			t.Errorf("reported %q", out.String())
		}
		return err
	})
}

// Go may be called by goroutines that are no threads, while a thread computes, and by
// threads.
func TestGoFromOutside(t *testing.T) {
	inPool(t, Config{MaxWorkers: 2}, func(t *testing.T, main *threading.Thread, p *ThreadPoolExecutor) error {
		const calls = 50
		var count atomic.Int32
		failed := make(chan error, 2)
		for range 2 {
			go func() {
				var err error
				for range calls {
					err = errors.Join(err, p.Go(func() { count.Add(1) }))
				}
				failed <- err
			}()
		}
		for count.Load() < 2*calls {
			main.Checkpoint()
		}
		err := errors.Join(<-failed, <-failed)
		for range calls {
			err = errors.Join(err, p.Go(func() { count.Add(1) }))
		}
		if err := errors.Join(err, p.Shutdown(main)); err != nil || count.Load() != 3*calls {
			t.Errorf("%v after %d calls", err, count.Load())
		}
		return nil
	})
}

func TestFutureMisuse(t *testing.T) {
	threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
		f := NewFuture[int]()
		if run, err := f.SetRunningOrNotifyCancel(main); !run || err != nil {
			t.Errorf("SetRunningOrNotifyCancel: %v, %v", run, err)
		}
		if _, err := f.SetRunningOrNotifyCancel(main); err != ErrUnexpectedState {
			t.Errorf("a second time: %v", err)
		}
		if err := f.SetResult(main, 1); err != nil {
			return err
		}
		var invalid *InvalidStateError
		if err := f.SetException(main, errBoom); !errors.As(err, &invalid) || invalid.State != Finished || !errors.Is(err, ErrInvalidState) {
			t.Errorf("SetException of a finished one: %v", err)
		}
		if n, err := f.ResultTimeout(main, -1); n != 1 || err != nil {
			t.Errorf("Result: %v, %v", n, err)
		}
		if _, err := NewThreadPoolExecutor(main.Interpreter(), Config{MaxWorkers: -1}); err != ErrMaxWorkers {
			t.Errorf("a pool of -1 workers: %v", err)
		}
		return nil
	})
}

// A callback that panics is reported and stops no other. A callback that is added late is
// called at once, on the thread that adds it.
func TestCallbacks(t *testing.T) {
	threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
		var out bytes.Buffer
		main.Interpreter().Stderr = &out
		f := NewFuture[int]()
		var calls []string
		add := func(adder *threading.Thread, what string) {
			f.AddDoneCallback(adder, func(t *threading.Thread, f *Future[int]) {
				n, _ := f.Result(t)
				calls = append(calls, fmt.Sprint(what, " ", t.Name(), " ", n))
			})
		}
		add(main, "first")
		f.AddDoneCallback(main, func(*threading.Thread, *Future[int]) { panic("a callback") })
		add(main, "third")
		th := main.NewThread(func(t *threading.Thread) error { return f.SetResult(t, 5) }, threading.Named("other"))
		if err := errors.Join(th.Start(main), th.Join(main)); err != nil {
			return err
		}
		add(main, "late")
		if want := []string{"first other 5", "third other 5", "late MainThread 5"}; !slices.Equal(calls, want) {
			t.Errorf("calls %q, want %q", calls, want)
		}
		if !bytes.HasPrefix(out.Bytes(), []byte("exception calling callback")) {
			t.Errorf("reported %q", out.String())
		}
		return nil
	})
}

// With shuts the pool down however its body ends.
func TestWith(t *testing.T) {
	for name, body := range map[string]func() error{
		"return": func() error { return nil },
		"error":  func() error { return errBoom },
		"panic":  func() error { panic(errBoom) },
	} {
		t.Run(name, func(t *testing.T) {
			inPool(t, Config{MaxWorkers: 1}, func(t *testing.T, main *threading.Thread, p *ThreadPoolExecutor) error {
				ran := false
				err := models.Protect(func() error {
					return p.With(main, func() error {
						_, err := Submit(main, p, func(t *threading.Thread) (bool, error) {
							err := t.Sleep(moment)
							ran = true
							return true, err
						})
						return errors.Join(err, body())
					})
				})
				if !ran || (err == nil) != (name == "return") || err != nil && !errors.Is(err, errBoom) {
					t.Errorf("With = %v, the job ran: %v", err, ran)
				}
				if err := p.Go(nothing); err != ErrPoolShutdown {
					t.Errorf("after With: %v", err)
				}
				return nil
			})
		})
	}
}

func TestStateNames(t *testing.T) {
	for s, want := range map[State]string{Pending: "PENDING", Finished: "FINISHED", Finished + 1: "State(5)", -1: "State(-1)"} {
		if s.String() != want {
			t.Errorf("%d is %q, want %q", int(s), s, want)
		}
	}
}

// A pending future that was cancelled before its pool breaks is done for Wait, and so are
// those behind it.
func TestCancelledBeforeThePoolBreaks(t *testing.T) {
	gate := threading.NewEvent()
	fail := func(t *threading.Thread) error { return errors.Join(gate.Wait(t), errBoom) }
	inPool(t, Config{MaxWorkers: 1, Initializer: fail}, func(t *testing.T, main *threading.Thread, p *ThreadPoolExecutor) error {
		main.Interpreter().Stderr = io.Discard
		first, err := Submit(main, p, name)
		second, err2 := Submit(main, p, name)
		if !first.Cancel(main) {
			t.Error("the first one cannot be cancelled")
		}
		if err := errors.Join(err, err2, gate.Set(main)); err != nil {
			return err
		}
		done, _, err := WaitTimeout(main, []*Future[string]{first, second}, AllCompleted, ample)
		if len(done) != 2 || !first.Cancelled(main) {
			t.Errorf("%d done, the first is %v", len(done), first.State(main))
		}
		return errors.Join(err, gate.Clear(main))
	})
}

// A callback that calls runtime.Goexit stops no other.
func TestCallbackThatLeaves(t *testing.T) {
	threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
		main.Interpreter().Stderr = io.Discard
		f, called := NewFuture[int](), false
		f.AddDoneCallback(main, func(*threading.Thread, *Future[int]) { runtime.Goexit() })
		f.AddDoneCallback(main, func(*threading.Thread, *Future[int]) { called = true })
		th, err := threadtest.Started(main, func(t *threading.Thread) error { return f.SetResult(t, 1) })
		if err := errors.Join(err, th.Join(main)); err != nil || !called {
			t.Errorf("%v; the second callback was called: %v", err, called)
		}
		return nil
	})
}

// A function without a result is submitted by Do.
func TestDo(t *testing.T) {
	inPool(t, Config{MaxWorkers: 1}, func(t *testing.T, main *threading.Thread, p *ThreadPoolExecutor) error {
		gate := threading.NewEvent()
		waits, err := Submit(main, p, Do(gate.Wait))
		fails, err2 := Submit(main, p, Do(func(*threading.Thread) error { return errBoom }))
		if err := errors.Join(err, err2, gate.Set(main)); err != nil {
			return err
		}
		if _, err := waits.Result(main); err != nil {
			t.Errorf("one that succeeds: %v", err)
		}
		if _, err := fails.Result(main); err != errBoom {
			t.Errorf("one that fails: %v", err)
		}
		if _, err := Submit(main, p, Do(nil)); err != threading.ErrNoFunction {
			t.Errorf("one that is nil: %v", err)
		}
		return nil
	})
}

func TestPoolWithoutAnInterpreter(t *testing.T) {
	if p, err := NewThreadPoolExecutor(nil, Config{}); p != nil || err != ErrNoInterpreter {
		t.Errorf("%v, %v", p, err)
	}
}
