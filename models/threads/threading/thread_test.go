package threading

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"concbench/models"
	"concbench/models/internal/leaktest"
	"concbench/models/threads/internal/crew"
	"concbench/models/threads/internal/gil"
	"concbench/models/threads/limits"
)

// inInterpreter runs a test on the main thread of an interpreter, under every kind of
// interpreter lock, and sees that no goroutine is left.
func inInterpreter(t *testing.T, test func(t *testing.T, main *Thread) error) {
	for _, options := range []string{"interval=50us", "gil=off", "gil=ticks"} {
		t.Run("options="+options, func(t *testing.T) {
			defer leaktest.NothingLeft(t)()
			in := mustInterpreter(t, options)
			if err := in.Run(func(main *Thread) error { return test(t, main) }); err != nil {
				t.Error(err)
			}
		})
	}
}

// mustInterpreter makes an interpreter from options that are known to be right.
func mustInterpreter(t *testing.T, options string) *Interpreter {
	t.Helper()
	in, err := NewInterpreter(options)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// started makes a thread and starts it.
func started(t *Thread, target Target, options ...ThreadOption) (*Thread, error) {
	th := t.NewThread(target, options...)
	return th, th.Start(t)
}

// untilAt is leaktest.Until for a thread, which lets its interpreter lock go meanwhile.
func untilAt(t *Thread, condition func() bool) {
	for !condition() {
		t.Block(func() error { time.Sleep(10 * time.Microsecond); return nil })
	}
}

func work(*Thread) error { return nil }

func TestThreadLife(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		gate := NewEvent()
		th := main.NewThread(func(t *Thread) error { return gate.Wait(t) })
		if th.IsAlive() || th.Ident() != 0 || th.NativeID() != 0 {
			t.Errorf("before start: alive %v, ident %d, native id %d", th.IsAlive(), th.Ident(), th.NativeID())
		}
		if err := th.Join(main); err != ErrNotStarted {
			t.Errorf("Join before Start: %v", err)
		}
		if err := th.Start(main); err != nil {
			return err
		}
		if !th.IsAlive() || th.Ident() == 0 {
			t.Errorf("after Start: alive %v, ident %d", th.IsAlive(), th.Ident())
		}
		if err := th.JoinTimeout(main, time.Millisecond); err != nil || !th.IsAlive() {
			t.Errorf("JoinTimeout of one that waits: %v, alive %v", err, th.IsAlive())
		}
		if err := th.SetDaemon(true); err != ErrDaemonStarted {
			t.Errorf("SetDaemon after Start: %v", err)
		}
		if err := errors.Join(gate.Set(main), th.Join(main)); err != nil || th.IsAlive() {
			t.Errorf("Join: %v, alive %v", err, th.IsAlive())
		}
		if err := th.Start(main); err != ErrStarted {
			t.Errorf("second Start: %v", err)
		}
		if err := main.Join(main); err != ErrJoinSelf {
			t.Errorf("Join of oneself: %v", err)
		}
		return nil
	})
}

func TestThreadNames(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		var names []string
		for _, th := range []*Thread{
			main, main.NewThread(work), main.NewThread(nil), main.NewThread(work, nil, Named("own")),
			main.NewTimer(0, work).Thread, main.NewThread(func(*Thread) error { return nil }),
		} {
			names = append(names, th.Name())
		}
		want := []string{"MainThread", "Thread-1 (work)", "Thread-2", "own", "Thread-3", "Thread-4 (func1)"}
		if !slices.Equal(names, want) && !slices.Equal(names[:5], want[:5]) {
			t.Errorf("names are %q, want %q", names, want)
		}
		main.SetName("chief")
		if main.Name() != "chief" {
			t.Errorf("SetName did nothing: %q", main.Name())
		}
		return nil
	})
}

func TestEnumerate(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		in, gate := main.Interpreter(), NewEvent()
		want := []*Thread{main}
		for range 3 {
			th, err := started(main, func(t *Thread) error {
				if in.CurrentThread() != t && runtime.GOOS == "linux" {
					return errors.New("CurrentThread is another")
				}
				return gate.Wait(t)
			})
			if err != nil {
				return err
			}
			want = append(want, th)
		}
		if got := in.Enumerate(); !slices.Equal(got, want) || in.ActiveCount() != 4 || in.MainThread() != main {
			t.Errorf("Enumerate has %d threads, ActiveCount says %d", len(got), in.ActiveCount())
		}
		err := gate.Set(main)
		for _, th := range want[1:] {
			err = errors.Join(err, th.Join(main))
		}
		if n, starts := in.ActiveCount(), in.ThreadsStarted(); n != 1 || starts != 3 {
			t.Errorf("%d threads at the end, %d started", n, starts)
		}
		return err
	})
}

func TestDaemonIsInherited(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		th, err := started(main, func(t *Thread) error {
			if child := t.NewThread(work); !child.Daemon() || t.NewThread(work, Daemon(false)).Daemon() {
				return errors.New("a daemon's thread is no daemon, or cannot be made to be none")
			}
			return nil
		}, Daemon(true))
		if main.NewThread(work).Daemon() {
			t.Error("the main thread's child is a daemon")
		}
		return errors.Join(err, th.Join(main))
	})
}

// The hook is told how a target has ended. Join is not.
func TestExcepthook(t *testing.T) {
	boom := errors.New("boom")
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		var got []string
		main.Interpreter().SetExcepthook(func(th *Thread, err error) {
			var panicked *models.PanicError
			got = append(got, fmt.Sprint(th.Name(), " ", errors.Is(err, boom), " ", errors.As(err, &panicked),
				" ", err == errGoexit))
		})
		for name, target := range map[string]Target{
			"a": func(*Thread) error { return boom },
			"b": func(*Thread) error { panic(boom) },
			"c": func(*Thread) error { runtime.Goexit(); return nil },
			"d": func(*Thread) error { return ErrSystemExit },
			"e": func(*Thread) error { return nil },
		} {
			th, err := started(main, target, Named(name))
			if err := errors.Join(err, th.Join(main)); err != nil {
				return err
			}
		}
		slices.Sort(got)
		if want := []string{"a true false false", "b true true false", "c false false true", "d false false false"}; !slices.Equal(got, want) {
			t.Errorf("the hook was told %q, want %q", got, want)
		}
		return nil
	})
}

func TestDefaultExcepthook(t *testing.T) {
	in, out := mustInterpreter(t, ""), &bytes.Buffer{}
	in.Stderr = out
	err := in.Run(func(main *Thread) error {
		th, err := started(main, func(*Thread) error { return errors.New("boom") }, Named("worker"))
		err = errors.Join(err, th.Join(main))
		th, err2 := started(main, func(*Thread) error { return ErrSystemExit })
		err = errors.Join(err, err2, th.Join(main))
		in.SetExcepthook(func(*Thread, error) { panic("the hook") })
		th, err2 = started(main, func(*Thread) error { return errors.New("bang") })
		return errors.Join(err, err2, th.Join(main))
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "Exception in thread worker:\nboom\nException in excepthook:\ntask panicked: the hook\n"
	if !strings.HasPrefix(out.String(), want) || !strings.Contains(out.String(), "thread_test.go:") {
		t.Errorf("reported %q, want %q and the stack", out, want)
	}
}

func TestLocal(t *testing.T) {
	var local, other Local[int]
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		local.Set(main, 1)
		other.Set(main, 2)
		th, err := started(main, func(th *Thread) error {
			if _, ok := local.Get(th); ok {
				t.Error("a new thread has the value of another")
			}
			local.Set(th, 7)
			return nil
		})
		err = errors.Join(err, th.Join(main))
		if v, ok := local.Get(main); v != 1 || !ok {
			t.Errorf("Get = %d, %v after another thread's Set", v, ok)
		}
		local.Delete(main)
		if _, ok := local.Get(main); ok {
			t.Error("there is a value after Delete")
		}
		var none Local[error]
		none.Set(main, nil)
		if _, ok := none.Get(main); !ok {
			t.Error("a value that is nil is no value")
		}
		if v, _ := other.Get(main); v != 2 {
			t.Errorf("another variable is %d", v)
		}
		return err
	})
}

func TestThreadLimit(t *testing.T) {
	o, err := gil.ParseOptions("")
	if err != nil {
		t.Fatal(err)
	}
	in := newInterpreter(crew.New(o, func() limits.Ceiling {
		return limits.Ceiling{Threads: 4, Cause: limits.Error{Limit: "a test's limit"}}
	}))
	err = in.Run(func(main *Thread) error {
		gate := NewEvent()
		defer gate.Set(main)
		var limit *limits.Error
		for range 100 {
			th, err := started(main, func(t *Thread) error { return gate.Wait(t) })
			if errors.As(err, &limit) && errors.Is(err, models.ErrLimit) {
				if th.IsAlive() || th.Join(main) != ErrNotStarted {
					t.Error("a thread that was refused is alive")
				}
				return nil
			}
			if err != nil {
				return err
			}
		}
		return errors.New("100 threads were started under a limit of 20")
	})
	if err != nil {
		t.Error(err)
	}
}

func TestSleepOfNegativeLength(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		if err := main.Sleep(-1); err != ErrSleepLength {
			t.Errorf("Sleep(-1): %v", err)
		}
		return errors.Join(main.Sleep(0), main.Sleep(time.Microsecond))
	})
}
