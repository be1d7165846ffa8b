package models_test

import (
	"errors"
	"runtime"
	"testing"
	"time"

	"concbench/models"
)

// An end is a way in which a body may end, and what its task's error must be.
type end struct {
	name string
	body func(models.Task) error
	want func(error) bool
}

var ends = []end{
	{"returns nil", func(models.Task) error { return nil }, func(err error) bool { return err == nil }},
	{"returns an error", func(models.Task) error { return errTest }, func(err error) bool { return err == errTest }},
	{"panics", func(models.Task) error { panic(errTest) }, panickedWith(errTest)},
	{"panics with nil", func(models.Task) error { panic(nil) }, panicked},
	{"panics with a word", func(models.Task) error { panic("word") }, panicked},
	{"panics with a runtime error", func(models.Task) error { var none []error; return none[len(none)] }, runtimeError},
	{"panics with ErrCancelled", func(models.Task) error { panic(models.ErrCancelled) }, panickedWith(models.ErrCancelled)},
	{"has no body", nil, func(err error) bool { return err != nil }},
	{"Goexit", func(models.Task) error { runtime.Goexit(); return nil }, goexited},
	{"Goexit after a wait", func(t models.Task) error { t.Sleep(time.Millisecond); runtime.Goexit(); return nil }, goexited},
	{"Goexit in Block", func(t models.Task) error {
		t.Block(func() error { runtime.Goexit(); return nil })
		return errors.New("it went on after Block")
	}, goexited},
	{"Goexit as it returns", func(models.Task) error { defer runtime.Goexit(); return errTest }, goexited},
	{"Goexit as it panics", func(models.Task) error { defer runtime.Goexit(); panic(errTest) }, goexited},
	{"panics as it Goexits", func(models.Task) error { defer panic(errTest); runtime.Goexit(); return nil }, panickedWith(errTest)},
	{"waits as it Goexits", func(t models.Task) error { defer t.Sleep(time.Millisecond); runtime.Goexit(); return nil }, goexited},
}

func goexited(err error) bool { return errors.Is(err, models.ErrGoexit) }

func panicked(err error) bool {
	var p *models.PanicError
	return errors.As(err, &p) && len(p.Stack) > 0
}

func panickedWith(value error) func(error) bool {
	return func(err error) bool { return panicked(err) && errors.Is(err, value) }
}

func runtimeError(err error) bool {
	var r runtime.Error
	return panicked(err) && errors.As(err, &r)
}

// runApart has a goroutine of its own call Run, which a task must not end.
func runApart(t *testing.T, m models.Model, main func(models.Task) error) (err error) {
	t.Helper()
	returned := make(chan bool)
	go func() {
		back := false
		defer func() { returned <- back }()
		err = m.Run(main)
		back = true
	}()
	if !<-returned {
		t.Error("a task ended the goroutine that called Run")
	}
	return err
}

func TestEveryEndOfMain(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		for _, e := range ends {
			if err := runApart(t, m, e.body); !e.want(err) {
				t.Errorf("main %s: Run = %v", e.name, err)
			}
		}
		mustRun(t, m, func(t models.Task) error { return t.Yield() })
	})
}

// The end of a task is its own: it is told to those who join, the first failure
// to the caller of Run, and others run on.
func TestEveryEndOfATask(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		for _, e := range ends {
			otherRan, mainRan := false, false
			err := runApart(t, m, func(task models.Task) error {
				h := task.Start("ends", e.body)
				other := task.Start("other", func(t models.Task) error {
					err := t.Sleep(2 * time.Millisecond)
					otherRan = true
					return err
				})
				for range 2 {
					if err := h.Join(task); !e.want(err) {
						t.Errorf("a task %s: Join = %v", e.name, err)
					}
				}
				h.Cancel() // does nothing to a task that has ended
				mainRan = true
				return other.Join(task)
			})
			if !e.want(err) || !otherRan || !mainRan {
				t.Errorf("a task %s: Run = %v, another task ran on: %v, main did: %v", e.name, err, otherRan, mainRan)
			}
		}
	})
}

// A failure that nobody joins is told by Run all the same.
func TestEveryEndOfATaskThatNobodyJoins(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		for _, e := range ends {
			err := runApart(t, m, func(t models.Task) error {
				t.Start("starts", func(t models.Task) error {
					t.Start("ends", e.body)
					return nil
				})
				return nil
			})
			if !e.want(err) {
				t.Errorf("a task %s: Run = %v", e.name, err)
			}
		}
	})
}

func TestManyGoexits(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		const tasks = 20
		told := 0
		err := runApart(t, m, func(t models.Task) error {
			var handles []models.Handle
			for range tasks {
				handles = append(handles, t.Start("leaves", func(t models.Task) error {
					defer t.Yield()
					runtime.Goexit()
					return nil
				}))
			}
			for _, h := range handles {
				if errors.Is(h.Join(t), models.ErrGoexit) {
					told++
				}
			}
			return t.Start("later", func(t models.Task) error { return t.Sleep(time.Millisecond) }).Join(t)
		})
		if told != tasks || !goexited(err) {
			t.Errorf("%d of %d tasks were said to have left by Goexit; Run = %v", told, tasks, err)
		}
	})
}

// Goexit wins over a cancel, which the body has seen and not passed on.
func TestGoexitOfACancelledTask(t *testing.T) {
	each(t, cancelWakes, func(t *testing.T, m models.Model) {
		err := runApart(t, m, func(task models.Task) error {
			h := task.Start("leaves", func(t models.Task) error {
				if t.Sleep(time.Hour) == models.ErrCancelled {
					runtime.Goexit()
				}
				return nil
			})
			settle(task)
			h.Cancel()
			if err := h.Join(task); !goexited(err) || errors.Is(err, models.ErrCancelled) {
				t.Errorf("Join = %v, want %v", err, models.ErrGoexit)
			}
			return nil
		})
		if !goexited(err) {
			t.Errorf("Run = %v, want %v", err, models.ErrGoexit)
		}
	})
}

// What a task holds it lets go of itself, in deferred calls. Those run however it
// ends, and may wait.
func TestLocksOfATaskThatEnds(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		for _, e := range ends {
			if e.body == nil {
				continue
			}
			runApart(t, m, func(task models.Task) error {
				kept, freed := task.NewLock(), task.NewLock()
				task.Start("ends", func(t models.Task) error {
					if err := errors.Join(kept.Acquire(t), freed.Acquire(t)); err != nil {
						return err
					}
					defer freed.Release(t)
					defer t.Sleep(time.Millisecond)
					return e.body(t)
				}).Join(task)
				if err := errors.Join(freed.Acquire(task), freed.Release(task)); err != nil {
					t.Errorf("a task %s: its deferred Release was not made: %v", e.name, err)
				}
				if err := kept.Release(task); err != nil {
					t.Errorf("a task %s: the lock that it held was let go of: %v", e.name, err)
				}
				return nil
			})
		}
	})
}

// With the setting of Go before 1.21, recover gives nil for a panic with nil, which
// looks like a Goexit then, and must not look like success.
func TestPanicWithNilOfOldIsAnError(t *testing.T) {
	t.Setenv("GODEBUG", "panicnil=1")
	each(t, anyModel, func(t *testing.T, m models.Model) {
		var inBody, inBlock error
		err := runApart(t, m, func(t models.Task) error {
			inBody = t.Start("panics", func(models.Task) error { panic(nil) }).Join(t)
			inBlock = t.Start("blocks", func(t models.Task) error {
				return t.Block(func() error { panic(nil) })
			}).Join(t)
			return nil
		})
		if err == nil || inBody == nil || inBlock == nil {
			t.Errorf("Run = %v, Join = %v, after Block %v; want errors", err, inBody, inBlock)
		}
	})
}
