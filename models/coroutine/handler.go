package coroutine

import (
	"errors"
	"log/slog"

	"concbench/models"
)

// An ErrorReport is an error that nobody is there to be told of: the context
// that asyncio gives to an exception handler.
type ErrorReport struct {
	Message  string // what happened, in asyncio's words
	Err      error  // nil if there is none; a [*models.PanicError] for a panic
	TaskName string // of the task concerned, if there is one
}

// SetExceptionHandler has fn called with every report, instead of
// [Loop.DefaultExceptionHandler]; nil restores that. fn runs on the loop's
// thread and must not wait.
func (l *Loop) SetExceptionHandler(fn func(*Loop, ErrorReport)) { l.handler = fn }

// ExceptionHandler is what was set, nil for the default.
func (l *Loop) ExceptionHandler() func(*Loop, ErrorReport) { return l.handler }

// DefaultExceptionHandler logs the report as an error.
func (l *Loop) DefaultExceptionHandler(r ErrorReport) {
	attributes := []any{"error", r.Err}
	// A log writes the stack of a panic by itself, but not of one that was wrapped.
	if p, ok := errors.AsType[*models.PanicError](r.Err); ok && r.Err != error(p) {
		attributes = append(attributes, "stack", string(p.Stack))
	}
	if r.TaskName != "" {
		attributes = append(attributes, "task", r.TaskName)
	}
	l.logger().Error(r.Message, attributes...)
}

// CallExceptionHandler reports. A handler that panics is reported itself, by
// the default one.
func (l *Loop) CallExceptionHandler(r ErrorReport) {
	if l.handler == nil {
		l.DefaultExceptionHandler(r)
		return
	}
	err := models.Protect(func() error { l.handler(l, r); return nil })
	if err != nil {
		l.DefaultExceptionHandler(ErrorReport{Message: "Unhandled error in exception handler", Err: errors.Join(err, r.Err)})
	}
}

func (l *Loop) logger() *slog.Logger {
	if l.options.logger != nil {
		return l.options.logger
	}
	return slog.Default()
}

// call runs a plain callback. A panic in it goes to the exception handler, and
// the loop goes on.
func (l *Loop) call(h *Handle) {
	if err := models.Protect(func() error { h.call(); return nil }); err != nil {
		l.CallExceptionHandler(ErrorReport{Message: "Exception in callback", Err: err})
	}
}
