package coroutine

import (
	"errors"
	"runtime"
	"sync/atomic"
	"time"
)

// Errors of a loop as a whole.
var (
	ErrRunning = errors.New("coroutine: the loop is running; wait until Run has returned, or make another")
	ErrClosed  = errors.New("coroutine: the loop is closed; make another")
)

// A Loop runs callbacks and tasks, one at a time, on the one thread that
// called [Loop.Run]. Only CallSoonThreadsafe may be called from elsewhere.
type Loop struct {
	ready    ring[*Handle]
	timers   timerHeap
	selector *selector
	inbox    inbox
	executor executor

	tasks   taskList
	current *Task // whose body runs now; nil in other callbacks
	failure error // of the task that failed first in this Run

	asking  pacing
	epoch   time.Time // zero of the loop's clock
	thread  int       // that Run is on
	running atomic.Bool
	closed  bool

	// contract: the loop keeps the words of package models. Nobody outside knows
	// it, so when nothing is scheduled no wait can end any more. A cancel that
	// comes before the body begins, or after its last wait, changes only what the
	// next wait returns, if there is one.
	contract bool
}

// NewLoop makes a loop. It holds descriptors until [Loop.Close].
func NewLoop() (*Loop, error) {
	s, err := newSelector()
	if err != nil {
		return nil, err
	}
	l := &Loop{selector: s, epoch: time.Now()}
	l.executor.news.L = &l.executor.mu
	l.inbox.wake = s.wake
	return l, nil
}

// Run runs main as a task and returns when it and all other tasks, and the
// executor's calls, have ended. The error is the one of the task that failed
// first in time; one that ends with [concbench/models.ErrCancelled] has not
// failed. The calling goroutine is locked to its thread meanwhile.
//
// Plain callbacks and timers that are left over stay for the next Run. A panic
// in a plain callback goes through Run, and so does a runtime.Goexit in a task;
// the tasks are stopped then.
func (l *Loop) Run(main func(*Task) error) error {
	if !l.running.CompareAndSwap(false, true) {
		return ErrRunning
	}
	defer l.running.Store(false)
	if l.closed {
		return ErrClosed
	}
	// The lock comes before the first coroutine is made and stays until the last
	// has ended: one that is resumed under another lock state is a fatal error
	// of the Go runtime (golang/go#65889).
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	l.thread = threadID()
	defer l.abandonTasks()
	l.failure = nil
	l.Start("main", main)
	if err := l.rounds(); err != nil {
		return err
	}
	l.assertThread()
	return l.failure
}

// rounds goes round until nothing is left to wait for. A round asks what else
// is ready, then runs what was ready, and nothing that has become so meanwhile.
//
// It is one function and resumes coroutines itself, since the processor
// predicts no return to a stack that was switched away: each call between the
// two switches of a yield costs some nanoseconds.
func (l *Loop) rounds() error {
	for l.tasks.size > 0 || l.executor.outstanding > 0 {
		if l.asking.left <= 0 || l.ready.size == 0 || l.inbox.filled.Load() {
			if err := l.ask(); err != nil {
				return err
			}
		}
		n := l.ready.size
		l.asking.left -= n
		for ; n > 0; n-- {
			h := l.ready.pop()
			if t := h.task; t != nil {
				l.current = t
				if _, suspended := t.resume(); !suspended {
					t.end()
				}
			} else if !h.cancelled {
				l.current = nil
				h.call()
			}
		}
	}
	return nil
}

// ask does what a round begins with: cancelled timers, the selector, calls
// from other threads, timers that are due, in this order. It waits if nothing
// is ready.
func (l *Loop) ask() error {
	l.timers.dropCancelled()
	if l.ready.size == 0 && l.deadlocked() {
		l.breakDeadlock()
	}
	if err := l.poll(); err != nil {
		return err
	}
	l.inbox.moveTo(&l.ready)
	if len(l.timers.entries) == 0 && l.selector.waits == 0 {
		l.asking.rest()
		return nil
	}
	now := l.Time()
	l.timers.due(now, &l.ready)
	l.asking.asked(now)
	return nil
}

// poll has the selector add the handles of ready descriptors.
func (l *Loop) poll() error {
	if l.ready.size > 0 {
		if l.selector.waits == 0 {
			return nil
		}
		return l.selector.poll(0, &l.ready)
	}
	if !l.inbox.fallAsleep() {
		return nil
	}
	l.assertThread()
	err := l.selector.poll(l.untilTimer(), &l.ready)
	l.inbox.awake()
	return err
}

// maxSelect is asyncio's MAXIMUM_SELECT_TIMEOUT.
const maxSelect = 24 * time.Hour

func (l *Loop) untilTimer() time.Duration {
	if len(l.timers.entries) == 0 {
		return forever
	}
	return min(max(0, l.timers.entries[0].when-l.Time()), maxSelect)
}

// Time is the loop's clock: monotonic, from zero when the loop was made.
func (l *Loop) Time() time.Duration { return time.Since(l.epoch) }

// CallSoon queues fn for the next round.
func (l *Loop) CallSoon(fn func()) *Handle {
	h := &Handle{call: fn}
	l.ready.push(h)
	return h
}

// CallLater has fn run once d has passed. Even zero goes behind everything
// that is ready by then.
func (l *Loop) CallLater(d time.Duration, fn func()) *Timer {
	return l.CallAt(after(l.Time(), d), fn)
}

// CallAt has fn run at a time of the loop's clock.
func (l *Loop) CallAt(when time.Duration, fn func()) *Timer {
	t := &Timer{Handle: Handle{call: fn}}
	l.schedule(t, when)
	return t
}

func (l *Loop) schedule(t *Timer, when time.Duration) {
	t.when = when
	l.timers.push(t)
	l.asking.now()
}
