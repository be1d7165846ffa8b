package coroutine_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"syscall"
	"time"

	"concbench/models/coroutine"
)

func ExampleLoop_RunForever() {
	l := newLoop()
	l.CallSoon(func() {
		fmt.Println("Hello World")
		l.Stop()
	})
	fmt.Println(l.RunForever(), l.IsRunning())
	fmt.Println(l.Close(), l.IsClosed())
	fmt.Println(l.RunForever())
	// Output:
	// Hello World
	// <nil> false
	// <nil> true
	// coroutine: RunForever: event loop is closed
}

func ExampleRunUntilComplete() {
	l := newLoop()
	defer l.Close()
	fmt.Println(coroutine.RunUntilComplete(l, coroutine.SleepFor(time.Millisecond, "value")))
	// Output: value <nil>
}

// First in, first out; what a callback queues runs in the next round.
func ExampleLoop_CallSoon() {
	l := newLoop()
	defer l.Close()
	l.CallSoon(func() {
		fmt.Println("one")
		l.CallSoon(l.Stop)
	})
	dropped, _ := l.CallSoon(func() { fmt.Println("cancelled") })
	l.CallSoon(func() { fmt.Println("two") })
	dropped.Cancel()
	l.RunForever()
	// Output:
	// one
	// two
}

func ExampleLoop_CallLater() {
	l := newLoop()
	defer l.Close()
	l.CallLater(20*time.Millisecond, l.Stop)
	l.CallLater(10*time.Millisecond, func() { fmt.Println("second") })
	l.CallAt(l.Time()+time.Millisecond, func() { fmt.Println("first") })
	timer, _ := l.CallLater(5*time.Millisecond, func() { fmt.Println("never") })
	timer.Cancel()
	l.RunForever()
	// Output:
	// first
	// second
}

// The one call that other goroutines may make.
func ExampleLoop_CallSoonThreadsafe() {
	run(func(t *coroutine.Task) error {
		f := coroutine.NewFuture[string](t.Loop())
		go func() {
			answer := strings.ToUpper("from elsewhere")
			t.Loop().CallSoonThreadsafe(func() { f.SetResult(answer) })
		}()
		text, err := f.Await(t)
		fmt.Println(text)
		return err
	})
	// Output: FROM ELSEWHERE
}

// Errors that nobody is there to be told of go to the handler.
func ExampleLoop_SetExceptionHandler() {
	run(func(t *coroutine.Task) error {
		t.Loop().SetExceptionHandler(func(_ *coroutine.Loop, r coroutine.ErrorReport) { fmt.Println(r.Message) })
		t.Loop().CallSoon(func() { panic("oops") })
		t.Loop().CallSoon(func() { fmt.Println("the loop goes on") })
		return t.Yield()
	})
	// Output:
	// Exception in callback
	// the loop goes on
}

// In debug mode the loop tells of callbacks that keep it busy.
func ExampleDebug() {
	var log bytes.Buffer
	l := newLoop(coroutine.Debug(true), coroutine.SlowCallback(10*time.Millisecond),
		coroutine.Logger(slog.New(slog.NewTextHandler(&log, nil))))
	defer l.Close()
	l.CallSoon(func() { time.Sleep(20 * time.Millisecond); l.Stop() })
	l.RunForever()
	fmt.Println("warned:", strings.Contains(log.String(), "Executing callback"))
	// Output: warned: true
}

// Blocking calls go to threads; the loop runs on.
func ExampleToThread() {
	run(func(t *coroutine.Task) error {
		gate := make(chan struct{})
		t.Loop().CallSoon(func() { fmt.Println("the loop runs on"); close(gate) })
		text, err := coroutine.ToThread(t, func(context.Context) (string, error) {
			<-gate
			return "blocking call complete", nil
		})
		fmt.Println(text)
		return err
	})
	// Output:
	// the loop runs on
	// blocking call complete
}

// A pool of one's own.
func ExampleRunInExecutor() {
	run(func(t *coroutine.Task) error {
		pool := &coroutine.ThreadPoolExecutor{MaxWorkers: 1}
		defer pool.Shutdown(true, false)
		sum, err := coroutine.RunInExecutor(t.Loop(), pool, func() (int, error) { return 1 + 2 + 3, nil }).Await(t)
		fmt.Println(sum)
		return err
	})
	// Output: 6
}

func ExampleLoop_AddSignalHandler() {
	run(func(t *coroutine.Task) error {
		asked := coroutine.NewEvent()
		if err := t.Loop().AddSignalHandler(syscall.SIGUSR1, asked.Set); err != nil {
			return err
		}
		me, err := os.FindProcess(os.Getpid())
		if err != nil {
			return err
		}
		if err := me.Signal(syscall.SIGUSR1); err != nil {
			return err
		}
		if err := asked.Wait(t); err != nil {
			return err
		}
		fmt.Println("got the signal")
		fmt.Println("removed:", t.Loop().RemoveSignalHandler(syscall.SIGUSR1))
		return nil
	})
	// Output:
	// got the signal
	// removed: true
}

// Any goroutine can have the loop run a coroutine, and wait for the outcome.
func ExampleRunThreadsafe() {
	run(func(t *coroutine.Task) error {
		l, answered := t.Loop(), coroutine.NewEvent()
		go func() {
			f := coroutine.RunThreadsafe(l, coroutine.SleepFor(time.Millisecond, "from the loop"))
			fmt.Println(f.Result(context.Background()))
			l.CallSoonThreadsafe(answered.Set)
		}()
		return answered.Wait(t)
	})
	// Output: from the loop <nil>
}
