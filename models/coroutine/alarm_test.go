package coroutine

import (
	"fmt"
	"runtime"
	"testing"
	"time"
)

// reporting makes a loop whose reports go to a trace.
func reporting(t *testing.T, tr *trace) *Loop {
	l := newLoop(t)
	l.SetExceptionHandler(func(_ *Loop, r ErrorReport) { tr.add("%s [%s] %v", r.Message, r.TaskName, r.Err) })
	return l
}

// The report of an error that nobody can ask for any more comes when the
// collector finds that out.
func TestErrorsNeverRetrievedAreReported(t *testing.T) {
	for want, fail := range map[string]func(*Loop){
		"Future exception was never retrieved [] test error":    func(l *Loop) { NewFuture[int](l).SetError(errTest) },
		"Task exception was never retrieved [fails] test error": func(l *Loop) { l.Start("fails", func(*Task) error { return errTest }) },
	} {
		var tr trace
		l := reporting(t, &tr)
		_, err := RunUntilComplete(l, NewCoroutine(func(task *Task) (None, error) {
			fail(l)
			for len(tr) == 0 {
				runtime.GC()
				if err := task.Sleep(time.Millisecond); err != nil {
					return None{}, err
				}
			}
			return None{}, nil
		}))
		if err != nil {
			t.Error(err)
		}
		l.Close() // does not report it again
		tr.expect(t, want)
	}
}

func TestCloseReportsErrorsInTheirOrder(t *testing.T) {
	var tr trace
	l := reporting(t, &tr)
	var failed []*Future[int]
	for i := range 5 {
		f := NewFuture[int](l)
		f.SetError(fmt.Errorf("error %d", i))
		failed = append(failed, f)
	}
	failed[2].Err()
	l.Close()
	var want []string
	for _, i := range []int{0, 1, 3, 4} {
		want = append(want, fmt.Sprintf("Future exception was never retrieved [] error %d", i))
	}
	tr.expect(t, want...)
	runtime.KeepAlive(failed)
}

// Whoever asks for the outcome in any way has retrieved the error.
func TestRetrievedErrorsAreNotReported(t *testing.T) {
	var tr trace
	l := reporting(t, &tr)
	_, err := RunUntilComplete(l, NewCoroutine(func(task *Task) (None, error) {
		for _, retrieve := range []func(f *Future[int]){
			func(f *Future[int]) { f.Result() },
			func(f *Future[int]) { f.Err() },
			func(f *Future[int]) { f.Await(task) },
			func(f *Future[int]) { f.Cancel() },
			func(f *Future[int]) { f.Reset() },
		} {
			f := NewFuture[int](l)
			f.SetError(errTest)
			retrieve(f)
		}
		fails := func(*Task) error { return errTest }
		awaited, joined := task.Start("awaited", fails), task.Start("joined", fails)
		awaited.Await(task)
		joined.Join(task)
		waits := NewFuture[int](l)
		l.CallSoon(func() { waits.SetError(errTest) })
		waits.Await(task)
		Wait(task, []AnyFuture{task.Start("watched", fails), NewFuture[int](l)}, FirstException, NoTimeout)
		ended := task.Start("ended", fails)
		task.Yield()
		ended.Cancel() // too late, but it says that somebody knows
		missed := task.Start("missed", func(task *Task) error { task.Yield(); return errTest })
		misses := task.Start("misses", missed.Join)
		rounds(task, 2)
		misses.Cancel() // wins over the error, which was delivered to it all the same
		misses.Join(task)
		return None{}, nil
	}))
	if err != nil || len(l.alarms.set) != 0 {
		t.Errorf("RunUntilComplete = %v, %d alarms are armed", err, len(l.alarms.set))
	}
	l.Close()
	tr.expect(t)
}

// An error that belongs to nobody's body is reported as well.
func TestErrorsOfGathersAndOfRefusedTasksAreReported(t *testing.T) {
	var tr trace
	l := reporting(t, &tr)
	var outer *Future[[]int]
	var refused *TaskOf[None]
	_, err := RunUntilComplete(l, NewCoroutine(withoutValue(func(task *Task) error {
		child, ended := NewFuture[int](l), (*TaskGroup)(nil)
		outer = Gather(task, child)
		child.SetError(errTest)
		task.Yield()
		err := WithTaskGroup(task, func(g *TaskGroup) error { ended = g; return nil })
		refused = ended.Start("refused", func(*Task) error { return nil })
		return err
	})))
	if err != nil {
		t.Error(err)
	}
	l.Close()
	tr.expect(t, "Future exception was never retrieved [] test error",
		"Task exception was never retrieved [refused] coroutine: CreateTask: TaskGroup is finished")
	runtime.KeepAlive(outer)
	runtime.KeepAlive(refused)
}
