package threads

import (
	"errors"
	"fmt"

	"concbench/models"
)

// An Excepthook is told what a thread has ended with that is not nil: the error
// of its target, or a [*models.PanicError]. It runs on that thread.
type Excepthook func(t *Thread, err error)

// ErrSystemExit is an error that the default excepthook passes over, as CPython's
// does with that exception. runtime.Goexit ends a thread without telling any hook.
var ErrSystemExit = errors.New("SystemExit")

// SetExcepthook changes who is told of uncaught errors; nil is the default hook,
// which writes to Stderr.
func (in *Interpreter) SetExcepthook(hook Excepthook) {
	if hook == nil {
		hook = defaultExcepthook
	}
	in.mu.lock()
	defer in.mu.unlock()
	in.hook = hook
}

func (in *Interpreter) uncaught(t *Thread, err error) {
	in.mu.lock()
	hook := in.hook
	in.mu.unlock()
	if err := models.Protect(func() error { hook(t, err); return nil }); err != nil {
		in.Report("Exception in excepthook", err)
	}
}

func defaultExcepthook(t *Thread, err error) {
	if !errors.Is(err, ErrSystemExit) {
		t.interpreter.Report("Exception in thread "+t.Name(), err)
	}
}

// Report writes to Stderr what has failed where nobody can be given the error, in
// one piece. That it cannot be written is no reason to end.
func (in *Interpreter) Report(what string, err error) {
	in.reporting.lock()
	defer in.reporting.unlock()
	_, _ = fmt.Fprintf(in.Stderr, "%s:\n%v\n", what, err)
}
