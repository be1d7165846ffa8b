package fidelity

import (
	"context"
	"errors"
	"strings"

	"concbench/models/coroutine"
)

// asyncioRun is asyncio.run of a main without a value.
func asyncioRun(main func(t *coroutine.Task) error) error {
	_, err := coroutine.Run(context.Background(), withoutValue(main))
	return err
}

// coro calls an async function without a value: what comes has not begun.
func coro(body func(t *coroutine.Task) error) coroutine.Awaitable[coroutine.None] {
	return coroutine.NewCoroutine(withoutValue(body))
}

func withoutValue(body func(t *coroutine.Task) error) func(*coroutine.Task) (coroutine.None, error) {
	return func(t *coroutine.Task) (coroutine.None, error) { return coroutine.None{}, body(t) }
}

// gather is await asyncio.gather.
func gather(t *coroutine.Task, what ...coroutine.Awaitable[coroutine.None]) error {
	_, err := coroutine.Gather(t, what...).Await(t)
	return err
}

// words is an error as asyncio words it: without the operation that failed.
func words(err error) error {
	if usage, ok := errors.AsType[*coroutine.UsageError](err); ok {
		return usage.Err
	}
	return err
}

// sentence begins an error as Python begins it, where Go's errors begin small.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:]
}

// ok is [must] for calls without a value.
func ok(err error) {
	if err != nil {
		panic(err)
	}
}
