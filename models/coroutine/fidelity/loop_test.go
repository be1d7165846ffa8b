package fidelity

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"

	"concbench/models"
	"concbench/models/coroutine"
)

func loop01CallSoon(out *output) error {
	loop := must(coroutine.NewLoop())
	prints := func(line string) func() { return func() { out.print(line) } }
	helloWorld := func() {
		out.print("Hello World")
		must(loop.CallSoon(prints("not before the next run")))
		loop.Stop()
	}

	must(loop.CallSoon(prints("one")))
	cancelled := must(loop.CallSoon(prints("cancelled")))
	must(loop.CallSoon(helloWorld))
	must(loop.CallSoon(prints("two")))
	cancelled.Cancel()
	ok(loop.RunForever())
	out.print("stopped")
	must(loop.CallLater(20*time.Millisecond, prints("timer 20")))
	must(loop.CallLater(10*time.Millisecond, prints("timer 10")))
	must(loop.CallLater(15*time.Millisecond, prints("timer 15"))).Cancel()
	must(loop.CallLater(30*time.Millisecond, loop.Stop))
	ok(loop.RunForever())
	ok(loop.Close())
	_, err := loop.CallSoon(prints("too late"))
	if !errors.Is(err, coroutine.ErrClosed) {
		return err
	}
	out.print("RuntimeError:", sentence(words(err)))
	return nil
}

func loop03Exceptions(out *output) error {
	bad := func(text string) func() { return func() { panic(valueError(text)) } }
	return asyncioRun(func(t *coroutine.Task) error {
		loop := t.Loop()
		loop.SetExceptionHandler(func(_ *coroutine.Loop, r coroutine.ErrorReport) {
			raised, ok := errors.AsType[*models.PanicError](r.Err)
			if !ok {
				out.print("handler:", r.Err)
				return
			}
			if err, ok := raised.Value.(valueError); ok {
				out.print("handler:", "ValueError", err)
			}
		})
		must(loop.CallSoon(bad("in a callback")))
		must(loop.CallSoon(func() { out.print("next callback") }))
		f := coroutine.NewFuture[coroutine.None](loop)
		f.AddDoneCallback(bad("in a done callback"))
		ok(f.SetResult(coroutine.None{}))
		if err := t.Yield(); err != nil {
			return err
		}
		out.print("main goes on")
		return nil
	})
}

func run01Lifecycle(out *output) error {
	leftover := func(t *coroutine.Task) error {
		defer out.print("leftover cancelled")
		return t.Sleep(time.Minute)
	}
	main := func(t *coroutine.Task) (*coroutine.Loop, error) {
		t.Start("leftover", leftover)
		if err := t.Yield(); err != nil {
			return nil, err
		}
		return coroutine.RunningLoop()
	}
	ctx := context.Background()
	loop := must(coroutine.Run(ctx, main))
	out.print("closed:", loop.IsClosed())

	flag := func(t *coroutine.Task) (bool, error) { return t.Loop().Debug(), nil }
	on, off := must(coroutine.Run(ctx, flag, coroutine.Debug(true))), must(coroutine.Run(ctx, flag, coroutine.Debug(false)))
	out.print("debug:", on, off)
	loop = must(coroutine.NewLoop())
	out.print("by hand:", must(coroutine.RunUntilComplete(loop, coroutine.SleepFor(10*time.Millisecond, "value"))))
	out.print("running:", loop.IsRunning(), "closed:", loop.IsClosed())
	ok(loop.Close())
	_, err := coroutine.RunningLoop()
	if !errors.Is(err, coroutine.ErrNoLoop) {
		return err
	}
	out.print("RuntimeError:", words(err))
	return nil
}

func signal01Handler(out *output) error {
	kill := func(s syscall.Signal) { ok(syscall.Kill(os.Getpid(), s)) }
	return asyncioRun(func(t *coroutine.Task) error {
		loop, stop := t.Loop(), coroutine.NewEvent()
		names := []string{"SIGUSR1", "SIGTERM"}
		signals := []syscall.Signal{syscall.SIGUSR1, syscall.SIGTERM}
		for i, s := range signals {
			ok(loop.AddSignalHandler(s, func() {
				out.print("got signal", names[i])
				stop.Set()
			}))
		}
		kill(syscall.SIGUSR1)
		out.print("sent, not handled before main waits")
		if err := stop.Wait(t); err != nil {
			return err
		}
		stop.Clear()
		must(loop.CallLater(10*time.Millisecond, func() { kill(syscall.SIGTERM) }))
		if err := stop.Wait(t); err != nil {
			return err
		}
		for _, s := range signals {
			out.print("removed:", loop.RemoveSignalHandler(s))
		}
		out.print("removed again:", loop.RemoveSignalHandler(syscall.SIGTERM))
		return nil
	})
}
