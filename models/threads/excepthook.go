package threads

import (
	"errors"
	"fmt"

	"concbench/models"
)

// An Excepthook is told what a thread has ended with that is not nil: the error
// of its target, or a [*models.PanicError]. It runs on that thread.
type Excepthook func(t *Thread, err error)

// SystemExit ends a thread without a word, as the exception does in CPython. So
// does runtime.Goexit.
var SystemExit = errors.New("SystemExit")

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
	if errors.Is(err, SystemExit) {
		return
	}
	in.mu.lock()
	hook := in.hook
	in.mu.unlock()
	if err := models.Protect(func() error { hook(t, err); return nil }); err != nil {
		in.report("Exception in excepthook", err)
	}
}

func defaultExcepthook(t *Thread, err error) {
	t.interpreter.report("Exception in thread "+t.Name(), err)
}

// report writes in one piece. That nobody can read it is no reason to end.
func (in *Interpreter) report(what string, err error) {
	_, _ = fmt.Fprintf(in.Stderr, "%s:\n%v\n", what, err)
}
