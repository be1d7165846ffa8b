package fidelity

import (
	"errors"
	"fmt"
	"time"

	"concbench/models/internal/traces"
	"concbench/models/threads/futures"
	"concbench/models/threads/queue"
	"concbench/models/threads/threading"
)

const ms = time.Millisecond

// attempt prints what a call answered, or how it failed.
func attempt(out *traces.Output, what string, answer any, err error) {
	if err != nil {
		answer = raised(err)
	}
	out.Print(what, answer)
}

// does is the answer of a call that returns an error alone: None in Python.
func does(out *traces.Output, what string, err error) { attempt(out, what, nil, err) }

// gets is the answer of a call without a timeout: True in Python.
func gets(out *traces.Output, what string, err error) { attempt(out, what, true, err) }

// raised prints an error as the scripts print an exception.
func raised(err error) string {
	kind, text := "", err.Error()
	var (
		runtimeError threading.RuntimeError
		valueError   threading.ValueError
		timeoutError futures.TimeoutError
		invalid      *futures.InvalidStateError
		own          ownError
	)
	switch {
	case errors.Is(err, threading.ErrBrokenBarrier):
		return "BrokenBarrierError"
	case errors.Is(err, queue.ErrEmpty):
		return "Empty"
	case errors.Is(err, queue.ErrFull):
		return "Full"
	case errors.Is(err, futures.ErrCancelled):
		return "CancelledError"
	case errors.As(err, &invalid):
		return "InvalidStateError" // its message has the address of the future
	case err == error(futures.ErrTimeout):
		return "TimeoutError"
	case errors.As(err, &timeoutError):
		kind = "TimeoutError"
	case errors.Is(err, futures.ErrBrokenThreadPool):
		kind = "BrokenThreadPool"
	case errors.As(err, &runtimeError):
		kind = "RuntimeError"
	case errors.As(err, &valueError):
		kind = "ValueError"
	case errors.As(err, &own):
		kind = own.kind
	default:
		panic(fmt.Sprintf("how Python would call a %T is not known: teach raised", err))
	}
	return kind + ": " + text
}

// An ownError is an exception that a script raises itself.
type ownError struct{ kind, text string }

func (e ownError) Error() string { return e.text }

// spawn makes a thread and starts it.
func spawn(t *threading.Thread, target threading.Target, options ...threading.ThreadOption) *threading.Thread {
	th := t.NewThread(target, options...)
	check(th.Start(t))
	return th
}

// join waits for threads of which a script expects no misuse.
func join(t *threading.Thread, all ...*threading.Thread) {
	for _, th := range all {
		check(th.Join(t))
	}
}

// check ends a twin as an uncaught error ends its script.
func check(err error) {
	if err != nil {
		panic(err)
	}
}

func must[T any](v T, err error) T {
	check(err)
	return v
}

// list makes arguments for print of a slice.
func list[T any](first string, values []T) []any {
	words := []any{first}
	for _, v := range values {
		words = append(words, v)
	}
	return words
}
