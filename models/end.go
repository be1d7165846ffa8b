package models

import (
	"errors"
	"runtime/debug"
	"slices"
)

// Call calls body and leaves in err what it has ended with: the error that it
// returned, a *PanicError or [ErrGoexit]. Models call bodies through it. A Goexit
// cannot be stopped: Call does not return then, and only deferred calls find err.
func Call(body func() error, err *error) {
	outcome := ErrGoexit
	defer func() {
		if v := recover(); v != nil {
			outcome = &PanicError{Value: v, Stack: debug.Stack()}
		}
		*err = outcome
	}()
	outcome = body()
}

// Protect is Call for a caller that may end with f.
func Protect(f func() error) (err error) {
	Call(f, &err)
	return err
}

// Failed reports whether a task that ended with err has failed. One that was
// cancelled has not. One that panicked has, whatever with, and so has one of
// several joined errors that is no cancellation: it would be lost otherwise.
func Failed(err error) bool { return err != nil && !onlyCancelled(err) }

func onlyCancelled(err error) bool {
	switch e := err.(type) {
	case *PanicError:
		return false
	case interface{ Unwrap() []error }:
		joined := e.Unwrap()
		return len(joined) > 0 && !slices.ContainsFunc(joined, Failed)
	}
	if inner := errors.Unwrap(err); inner != nil {
		return onlyCancelled(inner)
	}
	return errors.Is(err, ErrCancelled)
}
