package threading

import (
	"bytes"
	"errors"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"concbench/models"
	"concbench/models/internal/leaktest"
)

// Run waits for the threads that are alive when main returns, and for the threads that
// these start.
func TestRunJoinsAtExit(t *testing.T) {
	var ended atomic.Int32
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		ended.Store(0)
		t.Cleanup(func() {
			if ended.Load() != 2 {
				t.Errorf("%d threads had ended when Run returned, want 2", ended.Load())
			}
		})
		_, err := started(main, func(t *Thread) error {
			t.Sleep(time.Millisecond)
			_, err := started(t, func(t *Thread) error {
				t.Sleep(time.Millisecond)
				ended.Add(1)
				return nil
			})
			ended.Add(1)
			return err
		})
		return err
	})
}

// However main ends, the registered functions are called, the last one first, before the
// threads are joined. From then on no function can be registered.
func TestAtExit(t *testing.T) {
	for name, end := range map[string]func() error{
		"return": func() error { return errors.New("on purpose") },
		"panic":  func() error { panic("on purpose") },
		"Goexit": func() error { runtime.Goexit(); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			defer leaktest.NothingLeft(t)()
			in, gate := mustInterpreter(t, ""), NewEvent()
			var order []string
			err := in.Run(func(main *Thread) error {
				note := func(what string) func() {
					remove, err := in.AtExit(func(*Thread) { order = append(order, what) })
					if err != nil {
						t.Error(err)
					}
					return remove
				}
				in.AtExit(func(t *Thread) { gate.Set(t) })
				note("first")
				note("removed")()
				note("last")
				in.AtExit(func(*Thread) {
					if _, err := in.AtExit(func(*Thread) {}); err != ErrAtExitLate {
						t.Errorf("AtExit at exit: %v", err)
					}
				})
				if _, err := started(main, func(t *Thread) error { return gate.Wait(t) }); err != nil {
					t.Error(err)
				}
				return end()
			})
			if err == nil || !slices.Equal(order, []string{"last", "first"}) {
				t.Errorf("Run = %v, called were %q", err, order)
			}
		})
	}
}

// A function at exit that panics or calls runtime.Goexit is reported, and neither stops
// the next function nor the joining of threads.
func TestAtExitThatFails(t *testing.T) {
	for name, fail := range map[string]func(*Thread){
		"panic":  func(*Thread) { panic("on purpose") },
		"Goexit": func(*Thread) { runtime.Goexit() },
	} {
		t.Run(name, func(t *testing.T) {
			defer leaktest.NothingLeft(t)()
			in, out := mustInterpreter(t, ""), &bytes.Buffer{}
			in.Stderr = out
			called, joined := false, false
			err := in.Run(func(main *Thread) error {
				_, err := started(main, func(t *Thread) error {
					err := t.Sleep(time.Millisecond)
					joined = true
					return err
				})
				_, err2 := in.AtExit(func(*Thread) { called = true })
				_, err3 := in.AtExit(fail)
				return errors.Join(err, err2, err3)
			})
			if err != nil || !called || !joined || !strings.HasPrefix(out.String(), "Exception ignored in AtExit:\n") {
				t.Errorf("Run = %v; the other function was called: %v; the thread was joined: %v; reported %q", err, called, joined, out)
			}
			if n := in.ActiveCount(); n != 0 {
				t.Errorf("%d threads are alive after Run", n)
			}
		})
	}
}

// A Run without a main does not count.
func TestSecondRunIsRefused(t *testing.T) {
	in := mustInterpreter(t, "")
	in.Record(nil)
	if err := in.Run(nil); err != ErrNoFunction {
		t.Errorf("Run of nothing: %v", err)
	}
	if err := in.Run(work); err != nil {
		t.Fatal(err)
	}
	var misuse RuntimeError
	if err := in.Run(work); !errors.As(err, &misuse) {
		t.Errorf("second Run: %v", err)
	}
	if err := in.NewThread(work).Start(nil); err != ErrShutdown {
		t.Errorf("Start after Run: %v", err)
	}
}

func TestWrongOptionsMakeNoInterpreter(t *testing.T) {
	if _, err := NewInterpreter("gil=maybe"); err == nil {
		t.Error("no error")
	}
}

// A daemon ends after Run, in whatever way it waits or goes on. The calls that it has
// deferred run, its other code does not, and the excepthook is not told.
func TestDaemonsAreGivenUp(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for name, target := range map[string]func(t *Thread){
		"Lock":              func(t *Thread) { newHeldLock().Acquire(t) },
		"Lock with timeout": func(t *Thread) { newHeldLock().AcquireTimeout(t, time.Hour) },
		"Condition": func(t *Thread) {
			c := NewCondition(nil)
			c.Acquire(t)
			defer c.Release(t)
			c.Wait(t)
		},
		"Event": func(t *Thread) { NewEvent().Wait(t) },
		"join": func(t *Thread) {
			for { // main's own end is not yet the interpreter's
				t.Interpreter().MainThread().Join(t)
			}
		},
		"checkpoint": func(t *Thread) {
			for {
				t.Checkpoint()
			}
		},
		"sleep": func(t *Thread) {
			for {
				t.Sleep(time.Microsecond)
			}
		},
		"yield": func(t *Thread) {
			for {
				t.Sleep(0)
			}
		},
		"kernel": func(t *Thread) {
			t.Block(func() error { _, err := r.Read(make([]byte, 1)); return err })
		},
		"start": func(t *Thread) {
			for {
				t.NewThread(func(t *Thread) error { return NewEvent().Wait(t) }).Start(t)
				t.Sleep(time.Millisecond)
			}
		},
		"waits while it ends": func(t *Thread) {
			defer newHeldLock().Acquire(t)
			NewEvent().Wait(t)
		},
	} {
		t.Run(name, func(t *testing.T) {
			var begun, deferred, after, told atomic.Bool
			defer func() {
				if told.Load() {
					t.Error("the excepthook was told")
				}
			}()
			defer leaktest.NothingLeft(t)()
			inInterpreterOnly(t, func(t *testing.T, main *Thread) error {
				main.Interpreter().SetExcepthook(func(*Thread, error) { told.Store(true) })
				_, err := started(main, func(t *Thread) error {
					defer deferred.Store(true)
					begun.Store(true) // one that is given up before that has nothing to defer
					target(t)
					after.Store(true)
					return nil
				}, Daemon(true))
				return errors.Join(err, sleepUntil(main, begun.Load), main.Sleep(time.Millisecond))
			}, func() {
				if name == "kernel" {
					w.Write([]byte{1})
				}
				leaktest.Until(deferred.Load)
				if after.Load() {
					t.Error("the daemon went on after the end")
				}
				begun.Store(false)
				deferred.Store(false)
			})
		})
	}
}

// sleepUntil is leaktest.Until for a thread, which sleeps between two looks.
func sleepUntil(t *Thread, done func() bool) error {
	for !done() {
		if err := t.Sleep(time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

// inInterpreterOnly is inInterpreter with something to do after each Run.
func inInterpreterOnly(t *testing.T, test func(*testing.T, *Thread) error, after func()) {
	for _, options := range []string{"interval=50us", "gil=off", "gil=ticks"} {
		t.Run("options="+options, func(t *testing.T) {
			in := mustInterpreter(t, options)
			if err := in.Run(func(main *Thread) error { return test(t, main) }); err != nil {
				t.Error(err)
			}
			after()
		})
	}
}

// Main's error and panic are Run's.
func TestRunReturnsMainsError(t *testing.T) {
	boom := errors.New("boom")
	if err := mustInterpreter(t, "").Run(func(*Thread) error { return boom }); err != boom {
		t.Errorf("Run = %v", err)
	}
	var panicked *models.PanicError
	if err := mustInterpreter(t, "").Run(func(*Thread) error { panic(boom) }); !errors.As(err, &panicked) {
		t.Errorf("Run = %v, want a panic's", err)
	}
	if err := mustInterpreter(t, "").Run(func(*Thread) error { return ErrSystemExit }); err != nil {
		t.Errorf("Run = %v after SystemExit", err)
	}
}

// All daemons are given up, those that wait for one lock and those that wait for others,
// though only a few at a time are woken.
func TestManyDaemonsAreGivenUp(t *testing.T) {
	const daemons = 60
	var begun, ended atomic.Int32
	defer leaktest.NothingLeft(t)()
	inInterpreterOnly(t, func(t *testing.T, main *Thread) error {
		begun.Store(0)
		ended.Store(0)
		lock, event := newHeldLock(), NewEvent()
		for i := range daemons {
			_, err := started(main, func(t *Thread) error {
				defer ended.Add(1)
				begun.Add(1) // one that is given up before that has nothing to defer
				if i%2 == 0 {
					return lock.Acquire(t)
				}
				return event.Wait(t)
			}, Daemon(true))
			if err != nil {
				return err
			}
		}
		return errors.Join(sleepUntil(main, func() bool { return begun.Load() == daemons }), main.Sleep(time.Millisecond))
	}, func() { leaktest.Until(func() bool { return ended.Load() == daemons }) })
}
