package models

import (
	"fmt"
	"runtime/debug"
)

// A PanicError is the error of a body that panicked.
type PanicError struct {
	Value any    // what was passed to panic
	Stack []byte // of the task that panicked
}

func (e *PanicError) Error() string { return fmt.Sprintf("task panicked: %v\n%s", e.Value, e.Stack) }

// Unwrap gives the panic's value if it was an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// Protect calls f and turns a panic into a *PanicError. Models call bodies
// through it.
func Protect(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	return f()
}
