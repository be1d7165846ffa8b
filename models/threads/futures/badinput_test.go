package futures

import (
	"bytes"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"concbench/models/threads/internal/threadtest"
	"concbench/models/threads/threading"
)

func nothing()                    {}
func nothingOn(*threading.Thread) {}

// A pool that was not made by NewThreadPoolExecutor refuses every call.
func TestPoolThatNobodyHasMade(t *testing.T) {
	for what, p := range map[string]*ThreadPoolExecutor{"nil": nil, "zero": {}} {
		future, submitErr := Submit(nil, p, name)
		_, mapErr := Map(nil, p, func(*threading.Thread, int) (int, error) { return 0, nil }, []int{1})
		for call, err := range map[string]error{
			"Submit": submitErr, "Map": mapErr, "Go": p.Go(nothing), "GoWith": p.GoWith(nothingOn),
			"GoOrDrop": p.GoOrDrop(nothing, nothing), "Shutdown": p.Shutdown(nil, CancelFutures), "With": p.With(nil, func() error { return nil }),
		} {
			if err != ErrNoInterpreter || future != nil {
				t.Errorf("%s of a %s pool: %v", call, what, err)
			}
		}
	}
}

// A job that is nil is refused before a worker is started for it.
func TestJobThatIsNil(t *testing.T) {
	inPool(t, Config{}, func(t *testing.T, main *threading.Thread, p *ThreadPoolExecutor) error {
		_, submitErr := Submit[int](main, p, nil)
		_, mapErr := Map[int, int](main, p, nil, []int{1})
		for call, err := range map[string]error{
			"Submit": submitErr, "Map": mapErr, "Go": p.Go(nil), "GoWith": p.GoWith(nil),
			"With": p.With(main, nil), "GoOrDrop": p.GoOrDrop(nil, nothing), "GoOrDrop, nothing to do when dropped": p.GoOrDrop(nothing, nil),
		} {
			if err != threading.ErrNoFunction {
				t.Errorf("%s: %v", call, err)
			}
		}
		if s := p.Stats(); s != (Stats{}) {
			t.Errorf("%+v of jobs that were refused", s)
		}
		return nil
	})
}

// Wait and AsCompleted refuse a future that is nil or zero, in whatever way.
func TestFutureThatIsNone(t *testing.T) {
	some := NewFuture[int]()
	var embedded struct{ *Future[int] }
	for what, none := range map[string]Waitable{
		"nil": nil, "a nil Future": (*Future[int])(nil), "a zero Future": &Future[int]{}, "a nil Future inside": embedded,
	} {
		if done, notDone, err := Wait(nil, []Waitable{some, none}, FirstCompleted); done != nil || notDone != nil || err != ErrNoFuture {
			t.Errorf("Wait for %s: %v, %v, %v", what, done, notDone, err)
		}
		rounds := 0
		for f, err := range AsCompleted(nil, []Waitable{some, none}) {
			if rounds++; f != nil || err != ErrNoFuture {
				t.Errorf("AsCompleted of %s: %v, %v", what, f, err)
			}
		}
		if rounds != 1 {
			t.Errorf("AsCompleted of %s gave %d", what, rounds)
		}
	}
}

// A future cannot be completed with an exception that is nil.
func TestNilException(t *testing.T) {
	f := NewFuture[int]()
	if err := f.SetException(nil, nil); err != ErrNilError || f.Done(nil) {
		t.Errorf("SetException(nil): %v, done %v", err, f.Done(nil))
	}
}

func TestZeroFuture(t *testing.T) {
	var f Future[int]
	_, resultErr := f.Result(nil)
	_, exceptionErr := f.Exception(nil)
	_, runErr := f.SetRunningOrNotifyCancel(nil)
	for call, err := range map[string]error{
		"Result": resultErr, "Exception": exceptionErr, "SetRunningOrNotifyCancel": runErr,
		"SetResult": f.SetResult(nil, 1), "SetException": f.SetException(nil, errBoom),
	} {
		if err != ErrNoFuture {
			t.Errorf("%s: %v", call, err)
		}
	}
	if f.Cancel(nil) || f.Done(nil) || f.Running(nil) {
		t.Error("it was cancelled, or runs")
	}
}

// The report of a job without a future that calls runtime.Goexit names the worker.
func TestGoexitIsReported(t *testing.T) {
	inPool(t, Config{MaxWorkers: 1, ThreadNamePrefix: "w"}, func(t *testing.T, main *threading.Thread, p *ThreadPoolExecutor) error {
		var out bytes.Buffer
		main.Interpreter().Stderr = &out
		err := p.Go(runtime.Goexit)
		future, err2 := Submit(main, p, name)
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		_, err = future.Result(main) // on the worker after it
		err = errors.Join(err, p.Shutdown(main))
		untilGone(main)
		if !strings.Contains(out.String(), "Exception in thread w_0:") || !strings.Contains(out.String(), "runtime.Goexit") {
			t.Errorf("reported %q", out.String())
		}
		return err
	})
}

// untilGone waits for the workers that a pool has replaced: a pool does not join those.
func untilGone(main *threading.Thread) {
	for main.Interpreter().ActiveCount() > 1 {
		main.Sleep(100 * time.Microsecond)
	}
}

// A callback that is nil is reported like one that panics.
func TestNilCallback(t *testing.T) {
	threadtest.Run(t, func(t *testing.T, main *threading.Thread) error {
		var out bytes.Buffer
		main.Interpreter().Stderr = &out
		f := NewFuture[int]()
		f.AddDoneCallback(main, nil)
		if err := f.SetResult(main, 1); err != nil || !strings.HasPrefix(out.String(), "exception calling callback") {
			t.Errorf("SetResult: %v; reported %q", err, out.String())
		}
		return nil
	})
}
