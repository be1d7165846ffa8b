package coroutine

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"concbench/models"
)

func TestNothingRunsBeforeTheStarterSuspends(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		for _, name := range []string{"a", "b"} {
			if child := task.Start(name, func(*Task) error { tr.add("%s", name); return nil }); child.Name() != name {
				t.Errorf("Name = %q, want %q", child.Name(), name)
			}
		}
		tr.add("main")
		task.Yield()
		tr.add("main again")
		return nil
	})
	tr.expect(t, "main", "a", "b", "main again")
}

// The latencies that asyncio has, in rounds.
func TestRoundsUntilResumption(t *testing.T) {
	waits := map[string]struct {
		wait func(task *Task, l *Loop)
		want int
	}{
		"Yield":    {func(task *Task, l *Loop) { task.Yield() }, 1},
		"Sleep(0)": {func(task *Task, l *Loop) { task.Sleep(0) }, 1},
		"a callback of the next round sets the future": {func(task *Task, l *Loop) {
			f := NewFuture[any](l)
			l.CallSoon(func() { f.SetResult(nil) })
			f.Await(task)
		}, 2},
		"a task that ends in its first step": {func(task *Task, l *Loop) {
			task.Start("child", func(*Task) error { return nil }).Join(task)
		}, 2},
		"Await of such a task": {func(task *Task, l *Loop) {
			task.Start("child", func(*Task) error { return nil }).Await(task)
		}, 2},
		"a task that yields once": {func(task *Task, l *Loop) {
			task.Start("child", (*Task).Yield).Join(task)
		}, 3},
	}
	for name, w := range waits {
		run(t, func(task *Task) error {
			round := countRounds(task.Loop())
			task.Yield()
			before := *round
			w.wait(task, task.Loop())
			if took := *round - before; took != w.want {
				t.Errorf("%s took %d rounds, want %d", name, took, w.want)
			}
			return nil
		})
	}
}

func TestSleepersWakeByTimeThenInTheNextRound(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		l := task.Loop()
		for _, ms := range []time.Duration{3, 1, 2} {
			task.Start("sleeper", func(task *Task) error {
				for range 2 { // the second sleep reuses the timer
					begin := l.Time()
					if err := task.Sleep(ms * time.Millisecond); err != nil {
						return err
					}
					if slept := l.Time() - begin; slept < ms*time.Millisecond {
						t.Errorf("slept %v of %d ms", slept, ms)
					}
				}
				tr.add("%d", ms)
				return nil
			})
		}
		return nil
	})
	tr.expect(t, "1", "2", "3")
}

func TestSleepForEverCanBeCancelled(t *testing.T) {
	run(t, func(task *Task) error {
		sleeper := task.Start("sleeper", func(task *Task) error { return task.Sleep(1<<63 - 1) })
		rounds(task, 2)
		if len(task.Loop().timers.entries) != 1 {
			t.Error("the sleeper has no timer")
		}
		sleeper.Cancel()
		if err := sleeper.Join(task); err != models.ErrCancelled {
			t.Errorf("Join = %v, want %v", err, models.ErrCancelled)
		}
		if live := len(task.Loop().timers.entries) - task.Loop().timers.cancelled; live != 0 {
			t.Errorf("%d timers are left", live)
		}
		return nil
	})
}

func TestRunReturnsTheFirstFailure(t *testing.T) {
	l := newLoop(t)
	err := l.runAll(func(task *Task) error {
		task.Start("cancelled", func(*Task) error { return fmt.Errorf("wrapped: %w", models.ErrCancelled) })
		task.Start("fails", func(*Task) error { return errTest })
		task.Sleep(time.Millisecond)
		return errors.New("too late")
	})
	if err != errTest {
		t.Errorf("Run = %v, want %v", err, errTest)
	}
	if err := l.runAll(func(*Task) error { return nil }); err != nil {
		t.Errorf("the next Run = %v, want nil", err)
	}
}

func TestPanicIsTheTasksError(t *testing.T) {
	var tr trace
	err := newLoop(t).runAll(func(task *Task) error {
		bad := task.Start("bad", func(task *Task) error {
			defer tr.add("deferred")
			task.Yield()
			panic(errTest)
		})
		task.Start("good", func(task *Task) error { rounds(task, 5); tr.add("good"); return nil })
		var p *models.PanicError
		if err := bad.Join(task); !errors.As(err, &p) || p.Value != errTest || len(p.Stack) == 0 {
			t.Errorf("Join = %v, want a *PanicError", err)
		}
		return nil
	})
	if !errors.Is(err, errTest) {
		t.Errorf("Run = %v, want %v", err, errTest)
	}
	tr.expect(t, "deferred", "good")
}

// Wait paths that are taken a million times must not feed the collector.
func TestWaitingDoesNotAllocate(t *testing.T) {
	run(t, func(task *Task) error {
		a, b := &Semaphore{}, &Semaphore{}
		partner := task.Start("partner", func(task *Task) error {
			for {
				if err := a.Acquire(task); err != nil {
					return err
				}
				b.Release()
			}
		})
		for name, wait := range map[string]func(){
			"Yield":     func() { task.Yield() },
			"Sleep":     func() { task.Sleep(time.Nanosecond) },
			"Semaphore": func() { a.Release(); b.Acquire(task) },
		} {
			wait() // the first makes what the others use again
			if n := testing.AllocsPerRun(100, wait); n != 0 {
				t.Errorf("%s allocates %v times", name, n)
			}
		}
		partner.Cancel()
		return nil
	})
}
