package threads

import (
	"errors"
	"fmt"

	"concbench/models"
)

// An Excepthook is told what a thread has ended with that is not nil: the error
// of its target, a [*models.PanicError], or an error that says that the target
// called runtime.Goexit, be it a pool's worker in the midst of a job. It runs on
// that thread.
type Excepthook func(t *Thread, err error)

// ErrSystemExit is an error that the default excepthook passes over, as CPython's
// does with that exception.
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

// tell passes on how the target of th has ended, unless it was finalisation that
// ended it.
func (th *Thread) tell(err error) {
	if err == nil || err == errGoexit && th.finalizing() {
		return
	}
	th.interpreter.uncaught(th, err)
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
