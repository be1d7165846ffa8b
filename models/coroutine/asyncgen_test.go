package coroutine

import (
	"errors"
	"testing"
	"time"

	"concbench/models"
	"concbench/models/coroutine/generator"
)

// countdown yields n to 1, with a wait before each.
func countdown(tr *trace, n int) *AsyncGenerator[int, string] {
	return NewAsyncGenerator(func(y *AsyncYielder[int, string]) error {
		defer tr.add("ended")
		for ; n > 0; n-- {
			if err := y.Task().Yield(); err != nil {
				return err
			}
			sent, err := y.Yield(n)
			if err != nil {
				tr.add("got error %v", err)
				return errors.Join(y.Task().Yield(), err)
			}
			tr.add("got %q", sent)
		}
		return nil
	})
}

func TestAsyncGeneratorTakesTurnsWithOtherTasks(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		task.Start("other", func(task *Task) error {
			for range 3 {
				tr.add("other")
				task.Yield()
			}
			return nil
		})
		for v, err := range countdown(&tr, 2).All(task) {
			if err != nil {
				return err
			}
			tr.add("%d", v)
		}
		return nil
	})
	tr.expect(t, "other", "2", `got ""`, "other", "1", `got ""`, "ended", "other")
}

func TestAsyncGeneratorSendThrowClose(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		g := countdown(&tr, 5)
		if _, err := g.Send(task, "early"); !errors.Is(err, ErrAsyncGenJustStarted) {
			t.Errorf("Send to a fresh generator = %v", err)
		}
		g.Next(task)
		if v, err := g.Send(task, "hello"); v != 4 || err != nil {
			t.Errorf("Send = %d, %v", v, err)
		}
		if _, err := g.Throw(task, errTest); !errors.Is(err, errTest) {
			t.Errorf("Throw = %v", err)
		}
		if _, err := g.Next(task); err != ErrStopAsyncIteration {
			t.Errorf("Next after the end = %v", err)
		}
		closed := countdown(&tr, 5)
		closed.Next(task)
		for range 2 {
			if err := closed.Close(task); err != nil {
				t.Errorf("Close = %v", err)
			}
		}
		fresh := countdown(&tr, 5)
		if err := fresh.Close(task); err != nil {
			t.Errorf("Close of a fresh generator = %v", err)
		}
		if _, err := fresh.Next(task); err != ErrStopAsyncIteration {
			t.Errorf("Next after Close = %v", err)
		}
		return nil
	})
	tr.expect(t, `got "hello"`, "got error test error", "ended", "got error GeneratorExit", "ended")
}

func TestAsyncGeneratorMisuse(t *testing.T) {
	run(t, func(task *Task) error {
		deaf := NewAsyncGenerator(func(y *AsyncYielder[int, None]) error {
			for i := 0; ; i++ {
				if _, err := y.Yield(i); err != nil && i > 0 {
					return err
				}
			}
		})
		deaf.Next(task)
		if err := deaf.Close(task); !errors.Is(err, ErrAsyncGenIgnoredExit) {
			t.Errorf("Close of a generator that goes on = %v", err)
		}
		if err := deaf.Close(task); err != nil {
			t.Errorf("the second Close = %v", err)
		}
		slow := NewAsyncGenerator(func(y *AsyncYielder[int, None]) error { return y.Task().Sleep(time.Millisecond) })
		first := task.Start("first", func(task *Task) error { _, err := slow.Next(task); return err })
		task.Yield()
		if _, err := slow.Next(task); !errors.Is(err, ErrAsyncGenRunning) {
			t.Errorf("two requests at once: %v", err)
		}
		if err := first.Join(task); err != ErrStopAsyncIteration {
			t.Errorf("the first request = %v", err)
		}
		task.Loop().failure = nil
		lies := NewAsyncGenerator(func(*AsyncYielder[int, None]) error { return ErrStopAsyncIteration })
		if _, err := lies.Next(task); !errors.Is(err, ErrAsyncGenRaisedStop) {
			t.Errorf("a body that returns the end's error: %v", err)
		}
		panics := NewAsyncGenerator(func(*AsyncYielder[int, None]) error { panic(errTest) })
		var p *models.PanicError
		if _, err := panics.Next(task); !errors.As(err, &p) {
			t.Errorf("a body that panics: %v", err)
		}
		var escaped *AsyncYielder[int, None]
		keeps := NewAsyncGenerator(func(y *AsyncYielder[int, None]) error { escaped = y; return nil })
		keeps.Next(task)
		if _, err := escaped.Yield(1); !errors.Is(err, generator.ErrYieldOutside) {
			t.Errorf("Yield after the end = %v", err)
		}
		return nil
	})
}

// A cancel of the task that asks reaches what the body waits for.
func TestAsyncGeneratorIsCancelledWithItsTask(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		g := NewAsyncGenerator(func(y *AsyncYielder[int, None]) error {
			err := y.Task().Sleep(time.Hour)
			tr.add("%v", err)
			_, err = y.Yield(1)
			return err
		})
		asks := task.Start("asks", func(task *Task) error {
			v, err := g.Next(task)
			tr.add("%d %v", v, err)
			return err
		})
		rounds(task, 2)
		asks.Cancel()
		return errors.Join(asks.Join(task), g.Close(task))
	})
	tr.expect(t, "task cancelled", "1 <nil>")
}

func TestShutdownAsyncGens(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		l := task.Loop()
		l.SetExceptionHandler(func(_ *Loop, r ErrorReport) { tr.add("%s: %v", r.Message, r.Err) })
		countdown(&tr, 3).Next(task)
		countdown(&tr, 3) // has not begun
		if err := l.ShutdownAsyncGens(task); err != nil {
			return err
		}
		bad := NewAsyncGenerator(func(y *AsyncYielder[int, None]) error { y.Yield(1); return errTest })
		bad.Next(task)
		err := l.ShutdownAsyncGens(task)
		l.failure = nil
		return errors.Join(err, l.ShutdownAsyncGens(task))
	})
	tr.expect(t, "got error GeneratorExit", "ended", "an error occurred during closing of asynchronous generator: test error")
}

// The body of a generator that is left at the loop's end still unwinds.
func TestCloseEndsAsyncGenerators(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		_, err := countdown(&tr, 3).Next(task)
		return err
	})
	tr.expect(t, "got error GeneratorExit", "ended")
}

// A generator that waits as its loop ends is told, and one that has begun on a
// loop does not go on in another.
func TestAsyncGeneratorAndItsLoop(t *testing.T) {
	l := newLoop(t)
	l.SetExceptionHandler(func(*Loop, ErrorReport) {})
	var told error
	waits := NewAsyncGenerator(func(y *AsyncYielder[int, None]) error {
		told = y.Task().Sleep(time.Hour)
		return told
	})
	begun := NewAsyncGenerator(func(y *AsyncYielder[int, None]) error {
		_, err := y.Yield(1)
		return err
	})
	l.Start("asks", func(task *Task) error {
		begun.Next(task)
		l.Stop()
		_, err := waits.Next(task)
		return err
	})
	l.RunForever()
	run(t, func(task *Task) error {
		_, err := begun.Next(task)
		expectError(t, "Next on another loop", err, ErrForeignFuture)
		return nil
	})
	l.Close()
	expectError(t, "the wait of a generator whose loop is closed", told, ErrCancelled)
}
