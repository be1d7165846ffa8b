package models

import (
	"errors"
	"fmt"
	"strings"
)

// A PanicError is the error of a body that panicked. Its text is one line; the
// stack is for who looks into it: in Stack, and in what %+v prints.
type PanicError struct {
	Value any    // what was passed to panic
	Stack []byte // of the task that panicked
}

func (e *PanicError) Error() string {
	return "task panicked: " + strings.ReplaceAll(fmt.Sprint(e.Value), "\n", `\n`)
}

// Format implements [fmt.Formatter]: %+v is the text with the stack below it, and
// all else is as for any error.
func (e *PanicError) Format(s fmt.State, verb rune) {
	if verb == 'v' && s.Flag('+') {
		fmt.Fprintf(s, "%s\n%s", e.Error(), e.Stack)
		return
	}
	fmt.Fprintf(s, fmt.FormatString(s, verb), e.Error())
}

// Detail is the text of an error with the stack of the panic that it comes from,
// if it comes from one, however it was wrapped.
func Detail(err error) string {
	if p, ok := errors.AsType[*PanicError](err); ok && err != error(p) {
		return fmt.Sprintf("%v\n%s", err, p.Stack)
	}
	return fmt.Sprintf("%+v", err)
}

// Unwrap gives the panic's value if it was an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
