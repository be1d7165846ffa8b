package coroutine

import (
	"errors"
	"strings"
	"syscall"
	"testing"
	"time"
)

func slowOne() {}

// With nothing quick enough every step is logged, by what it was.
func TestSlowCallbacksAreLogged(t *testing.T) {
	l, log := logging(t, Debug(true), SlowCallback(0))
	l.CallSoon(slowOne)
	cancelled, _ := l.CallSoon(func() { t.Error("called") })
	cancelled.Cancel()
	l.Start("slow task", func(task *Task) error {
		if err := task.Yield(); err != nil {
			return err
		}
		l.Stop()
		return nil
	})
	if err := l.RunForever(); err != nil {
		t.Fatal(err)
	}
	lines := log()
	for i, what := range []string{"callback concbench/models/coroutine.slowOne", "task slow task", "task slow task"} {
		if len(lines) != 3 || !strings.HasPrefix(lines[i], `level=WARN msg="Executing `+what+` took `) {
			t.Fatalf("the log is\n%s", strings.Join(lines, "\n"))
		}
	}
}

func TestQuickCallbacksAreNotLogged(t *testing.T) {
	for name, opts := range map[string][]Option{
		"quick": {Debug(true), SlowCallback(time.Hour)},
		"off":   {Debug(false), SlowCallback(0)},
	} {
		l, log := logging(t, opts...)
		l.CallSoon(slowOne)
		l.CallSoon(l.Stop)
		if err := l.RunForever(); err != nil {
			t.Fatal(err)
		}
		if lines := log(); lines[0] != "" {
			t.Errorf("%s: the log is %q", name, lines)
		}
	}
}

// In debug mode another thread is refused while the loop runs.
func TestWrongThreadIsRefused(t *testing.T) {
	if threadID() == 0 {
		t.Skip("this platform does not tell a thread's number")
	}
	l := newLoop(t)
	uses := map[string]func() error{
		"CallSoon":  func() error { _, err := l.CallSoon(func() {}); return err },
		"CallLater": func() error { _, err := l.CallLater(0, func() {}); return err },
		"CallAt":    func() error { _, err := l.CallAt(0, func() {}); return err },
		"CreateTask": func() error {
			task := l.Start("task", func(*Task) error { return nil })
			if !task.Done() {
				return nil
			}
			return task.Err()
		},
		"RunInExecutor": func() error {
			if f := RunInExecutor(l, nil, func() (None, error) { return None{}, nil }); f.Done() {
				return f.Err()
			}
			return nil
		},
		"AddSignalHandler": func() error { return l.AddSignalHandler(syscall.SIGUSR1, func() {}) },
	}
	l.SetDebug(true)
	if !l.Debug() {
		t.Error("Debug = false after SetDebug(true)")
	}
	for name, use := range uses {
		if err := use(); err != nil {
			t.Errorf("%s while the loop does not run = %v", name, err)
		}
	}
	_, err := RunUntilComplete(l, NewCoroutine(func(*Task) (None, error) {
		for name, use := range uses {
			wrong := make(chan error)
			go func() { wrong <- use() }()
			if err := <-wrong; !errors.Is(err, ErrNotThreadSafe) {
				t.Errorf("%s on another thread = %v", name, err)
			}
			if len(l.alarms.set) > 0 {
				t.Errorf("%s on another thread has set an alarm", name)
			}
			if err := use(); err != nil {
				t.Errorf("%s on the loop's thread = %v", name, err)
			}
		}
		return None{}, nil
	}))
	if err != nil {
		t.Error(err)
	}
}

// What wakes tasks is refused on another thread too, and reported where there is
// no error to return.
func TestWakingFromTheWrongThreadIsRefused(t *testing.T) {
	if threadID() == 0 {
		t.Skip("this platform does not tell a thread's number")
	}
	run(t, func(task *Task) error {
		l, event, f := task.Loop(), NewEvent(), NewFuture[int](task.Loop())
		l.SetDebug(true)
		var reports []error
		l.SetExceptionHandler(func(_ *Loop, r ErrorReport) { reports = append(reports, r.Err) })
		if l.ExceptionHandler() == nil {
			t.Error("ExceptionHandler = nil after SetExceptionHandler")
		}
		waits := task.Start("waits", event.Wait)
		if err := task.Yield(); err != nil {
			return err
		}
		wrong := make(chan error)
		go func() {
			event.Set()
			wrong <- f.SetResult(1)
		}()
		if err := <-wrong; !errors.Is(err, ErrNotThreadSafe) || f.Done() {
			t.Errorf("SetResult on another thread = %v", err)
		}
		rounds(task, 3)
		if waits.Done() || len(reports) != 1 || !errors.Is(reports[0], ErrNotThreadSafe) {
			t.Errorf("Set on another thread has woken a task: %v, and is reported as %v", waits.Done(), reports)
		}
		waits.Cancel()
		return nil
	})
}
