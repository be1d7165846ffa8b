package coroutine

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func names(tasks []*TaskOf[string]) string {
	s := ""
	for _, t := range tasks {
		s += t.Name()
	}
	return s
}

func TestWaitUntil(t *testing.T) {
	for name, w := range map[string]struct {
		until ReturnWhen
		want  string
	}{
		"all completed":   {AllCompleted, "abcd|"},
		"first completed": {FirstCompleted, "ab|cd"}, // both in one round
		"first exception": {FirstException, "abc|d"}, // a cancelled one is none
	} {
		runQuietly(t, func(task *Task) error {
			tasks := []*TaskOf[string]{
				CreateTask(task, ends(3, "", ErrCancelled), "a"),
				CreateTask(task, ends(3, "", nil), "b"),
				CreateTask(task, ends(5, "", errTest), "c"),
				CreateTask(task, ends(9, "", nil), "d"),
			}
			tasks = append(tasks, tasks[0]) // each once
			done, pending, err := Wait(task, tasks, w.until, NoTimeout)
			if got := names(done) + "|" + names(pending); got != w.want || err != nil {
				t.Errorf("%s: %s, %v, want %s", name, got, err, w.want)
			}
			Wait(task, tasks, AllCompleted, NoTimeout)
			expectError(t, "c", tasks[2].Err(), errTest)
			return nil
		})
	}
}

// Where none fails, the first error is that all have ended.
func TestWaitForAnExceptionThatDoesNotCome(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		tasks := []*TaskOf[string]{CreateTask(task, ends(1, "", nil), "a"), CreateTask(task, ends(2, "", nil), "b")}
		done, _, err := Wait(task, tasks, FirstException, NoTimeout)
		if names(done) != "ab" || err != nil {
			t.Errorf("%s, %v", names(done), err)
		}
		return nil
	})
}

// A timeout is no error and cancels nothing.
func TestWaitTimeout(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		for _, timeout := range []time.Duration{-1, 0, time.Microsecond} {
			f := NewFuture[int](task.Loop())
			done, pending, err := Wait(task, []AnyFuture{f}, AllCompleted, timeout)
			if len(done) != 0 || len(pending) != 1 || err != nil || f.Done() {
				t.Errorf("done %v, pending %v, %v", done, pending, err)
			}
			if f.first != nil {
				t.Error("a callback is left")
			}
		}
		return nil
	})
}

// Cancelling the waiter leaves what it waits for alone, and nothing behind that
// could wake its next wait.
func TestCancelOfAWait(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		f := NewFuture[int](task.Loop())
		waiter := task.Start("waiter", func(t *Task) error {
			_, _, err := Wait(t, []AnyFuture{f}, AllCompleted, time.Hour)
			if err != nil {
				return NewEvent().Wait(t)
			}
			return nil
		})
		task.Yield()
		waiter.Cancel()
		f.SetResult(1)
		rounds(task, 5)
		if waiter.Done() {
			t.Error("something woke the next wait")
		}
		waiter.Cancel()
		expectError(t, "waiter", waiter.Join(task), ErrCancelled)
		return nil
	})
}

func TestRoundsOfComposedWaits(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		child := func() *TaskOf[int] { return CreateTask(task, ends(0, 1, nil)) }
		ended := child()
		task.Yield()
		for name, w := range map[string]struct {
			want int
			wait func()
		}{
			"Wait for a task that ends in its first step":        {3, func() { Wait(task, []AnyFuture{child()}, AllCompleted, NoTimeout) }},
			"Wait for a task that has ended":                     {2, func() { Wait(task, []AnyFuture{ended}, FirstCompleted, NoTimeout) }},
			"Gather of a task that ends in its first step":       {3, func() { Gather(task, child()).Await(task) }},
			"Gather of a task that has ended":                    {2, func() { Gather(task, ended).Await(task) }},
			"WaitFor a task that ends in its first step":         {3, func() { WaitFor(task, child(), time.Hour) }},
			"WaitFor a task that has ended":                      {2, func() { WaitFor(task, ended, time.Hour) }},
			"WaitFor a task that has ended, no time":             {0, func() { WaitFor(task, ended, 0) }},
			"WaitFor without a timeout":                          {2, func() { WaitFor(task, child(), NoTimeout) }},
			"WaitFor without a time":                             {3, func() { WaitFor(task, CreateTask(task, ends(1, 1, nil)), 0) }},
			"Shield of a task that ends in its first step":       {3, func() { Shield(task, child()).Await(task) }},
			"AsCompleted of a task that ends in its first step":  {3, func() { AsCompleted(task, NoTimeout, child())(func(int, error) bool { return true }) }},
			"an empty group":                                     {0, func() { WithTaskGroup(task, func(*TaskGroup) error { return nil }) }},
			"a group of a task that ends in its first step":      {3, func() { WithTaskGroup(task, func(g *TaskGroup) error { CreateTask(g, ends(0, 1, nil)); return nil }) }},
			"a timeout around nothing that suspends":             {0, func() { WithTimeout(task, -1, func(*Timeout) error { return nil }) }},
			"a timeout that is over before a wait of its body's": {2, func() { WithTimeout(task, 0, func(*Timeout) error { _, err := never(task); return err }) }},
		} {
			expectRounds(t, task, name, w.want, w.wait)
		}
		return nil
	})
}

func TestWaitRefuses(t *testing.T) {
	elsewhere := NewFuture[int](newLoop(t))
	runQuietly(t, func(task *Task) error {
		f := NewFuture[int](task.Loop())
		for name, w := range map[string]struct {
			futures []*Future[int]
			until   ReturnWhen
			want    error
		}{
			"nothing":   {nil, AllCompleted, ErrEmptySet},
			"nil":       {[]*Future[int]{f, nil}, AllCompleted, ErrNotAwaitable},
			"elsewhere": {[]*Future[int]{elsewhere}, AllCompleted, ErrForeignFuture},
			"until":     {[]*Future[int]{f}, 9, ErrReturnWhen},
		} {
			_, _, err := Wait(task, w.futures, w.until, 0)
			expectError(t, name, err, w.want)
		}
		_, _, err := Wait(nil, []*Future[int]{f}, AllCompleted, 0)
		expectError(t, "nil task", err, ErrNotCurrent)
		return nil
	})
}

func TestAsCompleted(t *testing.T) {
	var tr trace
	runQuietly(t, func(task *Task) error {
		same := NewCoroutine(ends(5, "c", nil))
		for value, err := range AsCompleted(task, time.Hour, same,
			NewCoroutine(ends(1, "a", nil)), NewCoroutine(ends(3, "", errTest)), same) {
			tr.add("%s %v", value, err)
		}
		if live := len(task.Loop().timers.entries) - task.Loop().timers.cancelled; live != 0 {
			t.Errorf("%d timers are left", live)
		}
		return nil
	})
	tr.expect(t, "a <nil>", " test error", "c <nil>")
}

// Each outcome that is outstanding times out, and nothing is cancelled.
func TestAsCompletedTimeout(t *testing.T) {
	var tr trace
	runQuietly(t, func(task *Task) error {
		done, open := NewFuture[string](task.Loop()), NewFuture[string](task.Loop())
		done.SetResult("done")
		for value, err := range AsCompleted[string](task, time.Millisecond, open, done, NewFuture[string](task.Loop())) {
			tr.add("%s %v", value, err)
		}
		if open.Done() || open.first != nil {
			t.Error("the future is done, or a callback is left")
		}
		return nil
	})
	tr.expect(t, "done <nil>", " timed out", " timed out")
}

// What completes while the loop's body waits for something else does not wake
// that.
func TestAsCompletedDuringAnotherWait(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		event, got := NewEvent(), 0
		task.Loop().CallLater(5*time.Millisecond, event.Set)
		for range AsCompleted(task, NoTimeout, NewCoroutine(ends(1, "", nil)), NewCoroutine(ends(4, "", nil))) {
			got++
			if err := event.Wait(task); err != nil || !event.IsSet() {
				t.Errorf("the wait returned %v, IsSet %v", err, event.IsSet())
			}
		}
		if got != 2 {
			t.Errorf("%d outcomes", got)
		}
		return nil
	})
}

func TestAsCompletedCanBeLeftAndCancelled(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		done, open := NewFuture[string](task.Loop()), NewFuture[string](task.Loop())
		done.SetResult("done")
		waiter := task.Start("waiter", func(t *Task) error {
			for range AsCompleted(t, time.Hour, done, open) {
				break
			}
			for _, err := range AsCompleted(t, time.Hour, open) {
				return err
			}
			return nil
		})
		rounds(task, 4)
		waiter.Cancel()
		expectError(t, "waiter", waiter.Join(task), ErrCancelled)
		if open.Done() || open.first != nil {
			t.Error("the future is done, or a callback is left")
		}
		for _, err := range AsCompleted[string](task, NoTimeout, NewFuture[string](nil)) {
			expectError(t, "AsCompleted", err, ErrForeignFuture)
		}
		for range AsCompleted[string](task, 0) {
			t.Error("nothing has an outcome")
		}
		return nil
	})
}

func TestWaitForWhatIsInTime(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		for _, timeout := range []time.Duration{time.Hour, NoTimeout} {
			if v, err := WaitFor(task, NewCoroutine(ends(2, 7, nil)), timeout); v != 7 || err != nil {
				t.Errorf("got %v, %v", v, err)
			}
			_, err := WaitFor(task, NewCoroutine(ends(2, 7, errTest)), timeout)
			expectError(t, "WaitFor", err, errTest)
		}
		done := NewFuture[int](task.Loop())
		done.SetResult(3)
		if v, err := WaitFor(task, done, -1); v != 3 || err != nil {
			t.Errorf("got %v, %v of a future that was done", v, err)
		}
		return nil
	})
}

// A timeout cancels, waits for the end, and is an error only if that is
// cancellation.
func TestWaitForWhatIsLate(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		for _, timeout := range []time.Duration{0, -1, time.Millisecond} {
			late := map[string]struct {
				body func(*Task) (string, error)
				want string
			}{
				"cancelled": {never, " timed out"},
				"value":     {refuses(3, "late"), "late <nil>"},
				"error":     {func(t *Task) (string, error) { never(t); return "", errTest }, " test error"},
			}
			for name, w := range late {
				inner := CreateTask(task, w.body)
				task.Yield()
				value, err := WaitFor(task, inner, timeout)
				if got := fmt.Sprint(value, " ", err); got != w.want || !inner.Done() {
					t.Errorf("%s after %v: %s, want %s; it has ended: %v", name, timeout, got, w.want, inner.Done())
				}
			}
		}
		if errors.Is(ErrTimeout, ErrCancelled) {
			t.Error("a timeout would end a task as cancelled")
		}
		return nil
	})
}

func TestWaitForNoTimeBeginsNothing(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		_, err := WaitFor(task, NewCoroutine(func(*Task) (int, error) { t.Error("it began"); return 0, nil }), 0)
		expectError(t, "WaitFor", err, ErrTimeout)
		return nil
	})
}

// The one who waits is cancelled: the inner one is cancelled and waited for, and
// then the cancellation comes out whatever it says, unless it had ended before.
func TestCancelOfAWaitFor(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		for name, w := range map[string]struct {
			timeout time.Duration
			body    func(*Task) (string, error)
			want    string
		}{
			"cancelled too": {time.Hour, never, " task cancelled: why"},
			"refuses":       {time.Hour, refuses(3, "x"), " task cancelled: why"},
			"no timeout":    {NoTimeout, refuses(3, "x"), "x <nil>"}, // a plain await
		} {
			inner := CreateTask(task, w.body)
			outer := CreateTask(task, func(t *Task) (string, error) { return WaitFor(t, inner, w.timeout) })
			rounds(task, 2)
			outer.CancelWith("why")
			value, err := outer.Await(task)
			if got := fmt.Sprint(value, " ", err); got != w.want || !inner.Done() {
				t.Errorf("%s: %s, want %s; the inner one has ended: %v", name, got, w.want, inner.Done())
			}
		}
		f := NewFuture[string](task.Loop())
		outer := CreateTask(task, func(t *Task) (string, error) { return WaitFor(t, f, time.Hour) })
		task.Yield()
		f.SetResult("value")
		outer.Cancel()
		value, err := outer.Await(task)
		if value != "value" || err != nil || outer.Cancelling() != 1 {
			t.Errorf("the inner one was done: %q, %v, %d requests", value, err, outer.Cancelling())
		}
		return nil
	})
}

func TestWaitForRefuses(t *testing.T) {
	elsewhere := NewFuture[int](newLoop(t))
	runQuietly(t, func(task *Task) error {
		for want, what := range map[error]Awaitable[int]{ErrNotAwaitable: nil, ErrForeignFuture: elsewhere} {
			for _, timeout := range []time.Duration{NoTimeout, 0, time.Hour} {
				_, err := WaitFor(task, what, timeout)
				expectError(t, "WaitFor", err, want)
			}
		}
		_, err := WaitFor[int](nil, NewFuture[int](task.Loop()), 0)
		expectError(t, "nil task", err, ErrNotCurrent)
		return nil
	})
}

// A task whose loop is closed while it waits is not asked to wait again.
func TestCloseDuringComposedWaits(t *testing.T) {
	var tr trace
	l := reporting(t, &tr)
	l.Start("parent", func(t *Task) error {
		return WithTaskGroup(t, func(g *TaskGroup) error {
			CreateTask(g, func(t *Task) (string, error) { return WaitFor(t, CreateTask(t, never, "inner"), time.Hour) }, "waiter")
			return nil
		})
	})
	l.CallLater(time.Millisecond, l.Stop)
	l.RunForever()
	l.Close()
	tr.expect(t,
		"Task was destroyed but it is pending! [parent] <nil>",
		"Task was destroyed but it is pending! [waiter] <nil>",
		"Task was destroyed but it is pending! [inner] <nil>")
}
