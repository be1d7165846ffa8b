package coroutine

import (
	"fmt"
	"log/slog"
	"reflect"
	"runtime"
	"time"
)

// debugRound runs n handles and logs those that keep the loop busy for long.
func (l *Loop) debugRound(n int) {
	for ; n > 0; n-- {
		h := l.ready.Pop()
		if h.task == nil && h.cancelled {
			continue
		}
		what := h.describe()
		begin := time.Now()
		l.runHandle(h)
		if took := time.Since(begin); took >= l.options.slowCallback {
			l.logger().Warn(fmt.Sprintf("Executing %s took %.3f seconds", what, took.Seconds()), slog.Duration("took", took))
		}
	}
}

// runHandle is the step of a round that [Loop.rounds] has written out.
func (l *Loop) runHandle(h *Handle) {
	t := h.task
	l.current = t
	if t == nil {
		l.call(h)
	} else if t.stack != nil || t.begin() {
		if ended, alive := t.resume(); ended || !alive {
			t.end(alive)
		}
	}
}

// describe names the handle for a message.
func (h *Handle) describe() string {
	if h.task != nil {
		return "task " + h.task.Name()
	}
	return "callback " + runtime.FuncForPC(reflect.ValueOf(h.call).Pointer()).Name()
}

// Debug reports whether the loop is in debug mode.
func (l *Loop) Debug() bool { return l.options.debug }

// SetDebug switches debug mode; see the option [Debug].
func (l *Loop) SetDebug(on bool) { l.options.debug = on }
