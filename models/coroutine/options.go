package coroutine

import (
	"log/slog"
	"time"
)

// An Option is a setting of a loop, for [NewLoop], [NewRunner] and [Run].
type Option func(*options)

type options struct {
	debug             bool
	slowCallback      time.Duration
	logger            *slog.Logger
	executor          Executor
	ignoreInterrupt   bool
	minimalTimerSlack bool
	idleCoroutines    int
}

func defaults() options {
	return options{slowCallback: 100 * time.Millisecond, idleCoroutines: 1024}
}

// Debug has the loop check what asyncio checks in its debug mode: what schedules
// or wakes from another thread is refused with [ErrNotThreadSafe], or reported to
// the exception handler if it returns no error, and callbacks and steps of tasks
// that keep the loop busy for long are logged (see [SlowCallback]).
func Debug(on bool) Option { return func(o *options) { o.debug = on } }

// SlowCallback sets what is slow in debug mode: 100 ms by default, as in
// asyncio.
func SlowCallback(d time.Duration) Option { return func(o *options) { o.slowCallback = d } }

// Logger has the loop's reports and warnings go to l instead of
// [slog.Default].
func Logger(l *slog.Logger) Option { return func(o *options) { o.logger = l } }

// DefaultExecutor has blocking calls go to e instead of a pool of the loop's
// own. Closing the loop does not shut e down.
func DefaultExecutor(e Executor) Option { return func(o *options) { o.executor = e } }

// MinimalTimerSlack sets the kernel's timer slack of the loop's thread to its
// minimum, one nanosecond instead of usually 50 microseconds, so that timers are
// less late. It does nothing where the kernel has no such setting.
func MinimalTimerSlack() Option { return func(o *options) { o.minimalTimerSlack = true } }

// HandleInterrupt says whether [Run] and [RunWith] cancel main at the first
// SIGINT, which they do by default. Where SIGINT is ignored they leave it so.
func HandleInterrupt(on bool) Option { return func(o *options) { o.ignoreInterrupt = !on } }

// IdleCoroutines sets how many coroutines whose task has ended are kept for
// tasks to come: 1,024 by default, which hold some 3 KiB each. With zero or less
// every task makes its own, which doubles the time to create and await a short one.
func IdleCoroutines(n int) Option { return func(o *options) { o.idleCoroutines = n } }
