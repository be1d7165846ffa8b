package coroutine

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"concbench/models"
)

// logging makes a loop whose log is one line for each record, without times.
func logging(t *testing.T, opts ...Option) (*Loop, func() []string) {
	t.Helper()
	var buffer bytes.Buffer
	withoutTimes := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == "took" {
			return slog.Attr{}
		}
		return a
	}
	l := newLoop(t)
	logger := slog.New(slog.NewTextHandler(&buffer, &slog.HandlerOptions{ReplaceAttr: withoutTimes}))
	for _, o := range append(opts, Logger(logger)) {
		o(&l.options)
	}
	return l, func() []string { return strings.Split(strings.TrimSpace(buffer.String()), "\n") }
}

func expectLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	trace(got).expect(t, want...)
}

func TestDefaultHandlerLogs(t *testing.T) {
	l, log := logging(t)
	l.SetExceptionHandler(func(*Loop, ErrorReport) { t.Error("a handler that was replaced is called") })
	l.SetExceptionHandler(nil)
	l.CallExceptionHandler(ErrorReport{Message: "first", Err: errTest})
	l.CallExceptionHandler(ErrorReport{Message: "second", Err: errTest, TaskName: "t"})
	expectLines(t, log(), `level=ERROR msg=first error="test error"`, `level=ERROR msg=second error="test error" task=t`)
}

// A handler that panics loses neither its own error nor the one it was told of.
func TestHandlerThatPanics(t *testing.T) {
	l, log := logging(t)
	l.SetExceptionHandler(func(*Loop, ErrorReport) { panic("handler") })
	l.CallSoon(func() { panic(errTest) })
	l.CallSoon(l.Stop)
	if err := l.RunForever(); err != nil {
		t.Fatal(err)
	}
	lines := log()
	for _, part := range []string{"Unhandled error in exception handler", "handler", "test error", "handler_test.go:"} {
		if len(lines) != 1 || !strings.Contains(lines[0], part) {
			t.Errorf("the log has not %q in one line: %q", part, lines)
		}
	}
}

func TestHandlerGetsThePanic(t *testing.T) {
	l := newLoop(t)
	var report ErrorReport
	l.SetExceptionHandler(func(on *Loop, r ErrorReport) {
		report = r
		if on != l {
			t.Error("the handler is told of another loop")
		}
	})
	done := NewFuture[None](l)
	done.AddDoneCallback(func() { panic(errTest) })
	done.AddDoneCallback(l.Stop) // is called nevertheless
	done.SetResult(None{})
	if err := l.RunForever(); err != nil {
		t.Fatal(err)
	}
	var p *models.PanicError
	if !errors.As(report.Err, &p) || !errors.Is(report.Err, errTest) || report.Message != "Exception in callback" {
		t.Errorf("the handler got %+v", report)
	}
}
