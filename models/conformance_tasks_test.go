package models_test

import (
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"concbench/models"
)

var errTest = errors.New("test error")

func TestRunWaitsForAllTasks(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		var ended atomic.Int32
		mustRun(t, m, func(t models.Task) error {
			t.Start("child", func(t models.Task) error {
				t.Start("grandchild", func(t models.Task) error {
					t.Sleep(2 * time.Millisecond)
					ended.Add(1)
					return nil
				})
				t.Sleep(time.Millisecond)
				ended.Add(1)
				return nil
			})
			ended.Add(1)
			return nil
		})
		if ended.Load() != 3 {
			t.Errorf("%d of 3 tasks had ended when Run returned", ended.Load())
		}
	})
}

func TestRunReturnsFirstErrorInTime(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		err := m.Run(func(t models.Task) error {
			t.Start("early", func(models.Task) error { return errTest })
			t.Sleep(5 * time.Millisecond)
			return errors.New("late error")
		})
		if err != errTest {
			t.Errorf("Run = %v, want %v", err, errTest)
		}
	})
}

func TestCancelledTaskHasNotFailed(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(t models.Task) error {
			t.Start("child", func(models.Task) error {
				return fmt.Errorf("on the way out: %w", models.ErrCancelled)
			})
			return nil
		})
	})
}

// One error of several that is no cancellation would be lost otherwise.
func TestCancelledTaskWithAnotherErrorHasFailed(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		err := m.Run(func(t models.Task) error {
			t.Start("child", func(models.Task) error { return errors.Join(models.ErrCancelled, errTest) })
			return nil
		})
		if !errors.Is(err, errTest) {
			t.Errorf("Run = %v, want %v", err, errTest)
		}
	})
}

func TestPanicIsTheTasksError(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		var joined error
		survived := false
		err := m.Run(func(t models.Task) error {
			h := t.Start("child", func(models.Task) error { panic(errTest) })
			t.Start("other", func(t models.Task) error {
				t.Sleep(time.Millisecond)
				survived = true
				return nil
			})
			joined = h.Join(t)
			return nil
		})
		var fromRun, fromJoin *models.PanicError
		if !errors.As(err, &fromRun) || !errors.As(joined, &fromJoin) {
			t.Fatalf("Run = %v, Join = %v; want a *PanicError from both", err, joined)
		}
		if fromRun.Value != errTest || len(fromRun.Stack) == 0 || !errors.Is(err, errTest) {
			t.Errorf("Run = %#v, want the panic's value and stack", fromRun)
		}
		if !survived {
			t.Error("the panic of one task ended another")
		}
	})
}

func TestRunTwice(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		for range 2 {
			n := 0
			mustRun(t, m, func(t models.Task) error {
				n++
				return t.Start("child", func(models.Task) error { n++; return nil }).Join(t)
			})
			if n != 2 {
				t.Errorf("%d tasks ran, want 2", n)
			}
		}
	})
}

func TestRunInsideRunIsAnError(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		var inner error
		mustRun(t, m, func(models.Task) error {
			inner = m.Run(func(models.Task) error { return nil })
			return nil
		})
		if inner == nil {
			t.Error("Run inside Run succeeded")
		}
	})
}

func TestStartReturnsAtOnce(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(t models.Task) error {
			gate := t.NewEvent()
			h := t.Start("child", func(t models.Task) error { return gate.Wait(t) })
			gate.Set(t) // unreachable if Start waited for the child
			return h.Join(t)
		})
	})
}

func TestSerialStartRunsToTheEnd(t *testing.T) {
	each(t, sequential, func(t *testing.T, m models.Model) {
		var l log
		mustRun(t, m, func(t models.Task) error {
			l.add("before")
			t.Start("child", func(t models.Task) error {
				t.Sleep(time.Millisecond)
				l.add("child")
				return nil
			})
			l.add("after")
			return nil
		})
		l.expect(t, "before", "child", "after")
	})
}

func TestCoroutinesBeginInOrder(t *testing.T) {
	ordered := func(tr models.Traits) bool { return tr.OneThread || !tr.Concurrent }
	each(t, ordered, func(t *testing.T, m models.Model) {
		var l log
		mustRun(t, m, func(t models.Task) error {
			for i := range 4 {
				t.Start("child", func(models.Task) error { l.add("%d", i); return nil })
			}
			return nil
		})
		l.expect(t, "0", "1", "2", "3")
	})
}

func TestSleepIsNotTooShort(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		const nap = 3 * time.Millisecond
		var took time.Duration
		mustRun(t, m, func(t models.Task) error {
			begin := time.Now()
			err := t.Sleep(nap)
			took = time.Since(begin)
			return err
		})
		if took < nap {
			t.Errorf("slept %v, want at least %v", took, nap)
		}
	})
}

func TestSleepOfZeroOrLessReturns(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(t models.Task) error {
			return errors.Join(t.Sleep(0), t.Sleep(-time.Hour))
		})
	})
}

// A sleeper wakes while the task that started it sleeps longer, and sleeps of
// different lengths end in the order of their ends.
func TestSleepersWakeInOrder(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		var l log
		mustRun(t, m, func(t models.Task) error {
			for _, ms := range []time.Duration{90, 10, 50} {
				t.Start("sleeper", func(t models.Task) error {
					err := t.Sleep(ms * time.Millisecond)
					l.add("%d", ms)
					return err
				})
			}
			return nil
		})
		l.expect(t, "10", "50", "90")
	})
}

// Two tasks that only compute and yield both get on.
func TestYieldLetsOthersRun(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		var flag atomic.Bool
		mustRun(t, m, func(t models.Task) error {
			t.Start("setter", func(models.Task) error { flag.Store(true); return nil })
			for !flag.Load() {
				if err := t.Yield(); err != nil {
					return err
				}
				t.Checkpoint()
			}
			return nil
		})
	})
}

func TestYieldUnderOneThreadTakesTurns(t *testing.T) {
	each(t, func(tr models.Traits) bool { return tr.Concurrent && tr.OneThread }, func(t *testing.T, m models.Model) {
		var l log
		mustRun(t, m, func(t models.Task) error {
			for _, name := range []string{"a", "b"} {
				t.Start(name, func(t models.Task) error {
					for i := range 3 {
						l.add("%s%d", name, i)
						t.Checkpoint() // changes nothing here
						t.Yield()
					}
					return nil
				})
			}
			return nil
		})
		l.expect(t, "a0", "b0", "a1", "b1", "a2", "b2")
	})
}

func TestJoin(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		m.Run(func(task models.Task) error {
			h := task.Start("child", func(models.Task) error { return errTest })
			for range 2 { // a handle may be joined again
				if err := h.Join(task); err != errTest {
					t.Errorf("Join = %v, want %v", err, errTest)
				}
			}
			h.Cancel() // does nothing to a task that has ended
			if err := h.Join(task); err != errTest {
				t.Errorf("Join after Cancel of an ended task = %v, want %v", err, errTest)
			}
			return nil
		})
	})
}

func TestStartValue(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		m.Run(func(task models.Task) error {
			sum := models.StartValue(task, "sum", func(t models.Task) (int, error) { return 1 + 2, t.Yield() })
			bad := models.StartValue(task, "bad", func(models.Task) (int, error) { return 7, errTest })
			if v, err := sum.Value(task); v != 3 || err != nil {
				t.Errorf("Value = %d, %v; want 3", v, err)
			}
			if v, err := bad.Value(task); v != 0 || err != errTest {
				t.Errorf("Value of a failed task = %d, %v; want 0, %v", v, err, errTest)
			}
			worse := task.Start("worse", func(models.Task) error { return errors.New("another") })
			if err := models.JoinAll(task, sum, bad, worse); err != errTest {
				t.Errorf("JoinAll = %v, want the first error, %v", err, errTest)
			}
			return nil
		})
	})
}

func TestBlockReturnsTheError(t *testing.T) {
	each(t, anyModel, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(task models.Task) error {
			if err := task.Block(func() error { return errTest }); err != errTest {
				t.Errorf("Block = %v, want %v", err, errTest)
			}
			var p *models.PanicError
			if err := task.Block(func() error { panic("in block") }); !errors.As(err, &p) || p.Value != "in block" {
				t.Errorf("Block of a panic = %v, want a *PanicError", err)
			}
			return nil
		})
	})
}

func TestBlockLetsOthersRun(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		mustRun(t, m, func(t models.Task) error {
			other := make(chan struct{})
			t.Start("other", func(models.Task) error { close(other); return nil })
			return t.Block(func() error { <-other; return nil })
		})
	})
}

// Many blocking calls at once all get a thread, and all come back.
func TestBlockManyAtOnce(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		const calls = 100
		var done atomic.Int32
		mustRun(t, m, func(t models.Task) error {
			var handles []models.Handle
			for range calls {
				handles = append(handles, t.Start("blocker", func(t models.Task) error {
					return t.Block(func() error { time.Sleep(time.Millisecond); done.Add(1); return nil })
				}))
			}
			return models.JoinAll(t, handles...)
		})
		if done.Load() != calls {
			t.Errorf("%d of %d calls ran", done.Load(), calls)
		}
	})
}

// What Traits say is what happens.
func TestTraitsAreTrue(t *testing.T) {
	each(t, concurrent, func(t *testing.T, m models.Model) {
		if m.Traits().Parallel && runtime.GOMAXPROCS(0) > 1 {
			mustRun(t, m, func(t models.Task) error {
				var here, there atomic.Bool
				h := t.Start("other", func(models.Task) error {
					here.Store(true)
					for !there.Load() { // no checkpoint, no yield: only another processor can end it
					}
					return nil
				})
				for !here.Load() {
				}
				there.Store(true)
				return h.Join(t)
			})
		}
		if !m.Traits().OneThread && !m.Traits().ThreadEach {
			return
		}
		ids := threadsOf(t, m)
		if m.Traits().OneThread && len(ids) != 1 {
			t.Errorf("OneThread, but tasks ran on %d threads", len(ids))
		}
		if m.Traits().ThreadEach && len(ids) != 4 {
			t.Errorf("ThreadEach, but 4 tasks ran on %d threads", len(ids))
		}
	})
}
