package threading

import (
	"errors"
	"fmt"

	"concbench/models"
)

// An Excepthook is told how a thread has ended, if not well: with the error of its target,
// with a [*models.PanicError], or with an error that says that the target called
// runtime.Goexit. It runs on that thread. Of CPython's four arguments, exc_value is err,
// exc_type is its Go type, exc_traceback is [models.PanicError.Stack].
type Excepthook func(t *Thread, err error)

// ErrSystemExit ends a thread without a report, as CPython's SystemExit does: a target or
// main returns it, or an error that wraps it.
var ErrSystemExit = errors.New("SystemExit")

// SetExcepthook changes the function that is told of uncaught errors. nil means
// [DefaultExcepthook].
func (in *Interpreter) SetExcepthook(hook Excepthook) {
	if hook == nil {
		hook = DefaultExcepthook
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.hook = hook
}

// tell passes on how the target of th has ended, unless finalisation has ended it.
func (th *Thread) tell(err error) {
	if err == nil || err == errGoexit && th.tstate.Finalizing() {
		return
	}
	th.interpreter.uncaught(th, err)
}

func (in *Interpreter) uncaught(t *Thread, err error) {
	in.mu.Lock()
	hook := in.hook
	in.mu.Unlock()
	if err := models.Protect(func() error { hook(t, err); return nil }); err != nil {
		in.Report("Exception in excepthook", err)
	}
}

// DefaultExcepthook is CPython's threading.__excepthook__: it writes the error to Stderr,
// unless that is ErrSystemExit. A hook of one's own may call it.
func DefaultExcepthook(t *Thread, err error) {
	if !errors.Is(err, ErrSystemExit) {
		t.interpreter.Report("Exception in thread "+t.Name(), err)
	}
}

// Report writes to Stderr, in one piece, that something has failed where no caller can
// be given the error. A Stderr that cannot be written to is no reason to end.
func (in *Interpreter) Report(what string, err error) {
	in.reporting.Lock()
	defer in.reporting.Unlock()
	_, _ = fmt.Fprintf(in.Stderr, "%s:\n%s\n", what, models.Detail(err))
}
