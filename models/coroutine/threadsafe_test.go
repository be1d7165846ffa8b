package coroutine

import (
	"context"
	"errors"
	"testing"
	"time"

	"concbench/models"
)

// serving runs a loop on a goroutine of its own until the end of the test.
func serving(t *testing.T) *Loop {
	l, finish := checkedLoop(t)
	ended := make(chan error)
	go func() { ended <- l.RunForever() }()
	t.Cleanup(func() {
		l.CallSoonThreadsafe(l.Stop)
		expectError(t, "RunForever", <-ended, nil)
		finish()
	})
	return l
}

func TestRunThreadsafe(t *testing.T) {
	l := serving(t)
	outcomes := map[string]struct {
		body func(*Task) (string, error)
		want error
	}{
		"value":     {ends(3, "value", nil), nil},
		"error":     {ends(3, "", errTest), errTest},
		"cancelled": {ends(3, "", ErrCancelled), ErrCancelled},
		"panic":     {func(*Task) (string, error) { panic(errTest) }, errTest},
	}
	for name, w := range outcomes {
		f := RunThreadsafe(l, NewCoroutine(w.body))
		for range 2 {
			value, err := f.Result(t.Context())
			expectError(t, name, err, w.want)
			if (value == "value") != (w.want == nil) || !f.Done() || f.Cancelled() != (w.want == ErrCancelled) {
				t.Errorf("%s: %q, Done %v, Cancelled %v", name, value, f.Done(), f.Cancelled())
			}
		}
		if f.Cancel() != f.Cancelled() {
			t.Errorf("%s: a cancel was too late, or is told otherwise", name)
		}
	}
	_, err := RunThreadsafe[int](l, nil).Result(t.Context())
	expectError(t, "nil", err, ErrNotAwaitable)
	_, err = RunThreadsafe(l, NewCoroutine(outcomes["panic"].body)).Result(t.Context())
	if _, ok := errors.AsType[*models.PanicError](err); !ok {
		t.Errorf("%v is no panic", err)
	}
}

// To give up waiting leaves the task alone, to cancel does not.
func TestCancelOfAThreadsafeFuture(t *testing.T) {
	l := serving(t)
	begun, ended := make(chan struct{}), make(chan error, 1)
	f := RunThreadsafe(l, NewCoroutine(func(task *Task) (int, error) {
		close(begun)
		err := task.Sleep(time.Hour)
		ended <- err
		return 0, err
	}))
	<-begun
	for _, want := range []error{context.Canceled, ErrTimeout, context.DeadlineExceeded} {
		ctx, cancel := context.WithCancel(t.Context())
		if want != context.Canceled {
			ctx, cancel = context.WithDeadline(t.Context(), time.Now())
		}
		cancel()
		_, err := f.Result(ctx)
		expectError(t, "Result", err, want)
	}
	if f.Done() || !f.Cancel() || !f.Cancelled() || !f.Cancel() {
		t.Error("the future could not be cancelled, or not twice")
	}
	_, err := f.Result(t.Context())
	expectError(t, "Result", err, ErrCancelled)
	expectError(t, "the task", <-ended, ErrCancelled)
}

// A cancel that comes before the loop has heard of the task lets it have its
// first step, as in asyncio.
func TestCancelOfAThreadsafeFutureThatHasNotBegun(t *testing.T) {
	var tr trace
	l := newLoop(t)
	f := RunThreadsafe(l, NewCoroutine(func(task *Task) (int, error) {
		tr.add("begins")
		tr.add("%v", task.Sleep(time.Hour))
		l.Stop()
		return 1, nil
	}))
	if !f.Cancel() {
		t.Error("the cancel was refused")
	}
	expectError(t, "RunForever", l.RunForever(), nil)
	_, err := f.Result(t.Context())
	expectError(t, "Result", err, ErrCancelled)
	tr.expect(t, "begins", "task cancelled")
}

// Nobody waits for a loop that is closed, or will be, before the task has ended
// or even begun.
func TestRunThreadsafeAndClose(t *testing.T) {
	for _, begun := range []bool{false, true} {
		l, finish := checkedLoop(t)
		l.SetExceptionHandler(func(*Loop, ErrorReport) {})
		f := RunThreadsafe(l, NewCoroutine(never))
		result := make(chan error, 1)
		go func() {
			_, err := f.Result(t.Context())
			result <- err
		}()
		if begun {
			l.Stop()
			expectError(t, "RunForever", l.RunForever(), nil)
		}
		finish()
		expectError(t, "Result", <-result, ErrClosed)
		_, err := RunThreadsafe(l, NewCoroutine(never)).Result(t.Context())
		expectError(t, "after Close", err, ErrClosed)
	}
}

func TestThreadsafeResultOnTheLoopsThread(t *testing.T) {
	if threadID() == 0 {
		t.Skip("threads have no number here")
	}
	runQuietly(t, func(task *Task) error {
		f := RunThreadsafe(task.Loop(), NewCoroutine(ends(1, 7, nil)))
		_, err := f.Result(t.Context())
		expectError(t, "Result", err, ErrOwnThread)
		rounds(task, 5)
		value, err := f.Result(t.Context())
		if value != 7 || err != nil {
			t.Errorf("got %v, %v", value, err)
		}
		return nil
	})
}

// Many goroutines at once.
func TestRunThreadsafeFromManyGoroutines(t *testing.T) {
	l := serving(t)
	results := make(chan int)
	for i := range 50 {
		go func() {
			f := RunThreadsafe(l, NewCoroutine(ends(i%5, i, nil)))
			if i%7 == 0 {
				f.Cancel()
			}
			value, _ := f.Result(t.Context())
			results <- value
		}()
	}
	for range 50 {
		<-results
	}
}
