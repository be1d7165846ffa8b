package coroutine

import (
	"sync/atomic"
	"syscall"
	"time"

	"concbench/models/internal/order"
)

// A Loop runs callbacks and tasks, one at a time, on a thread of its own. What
// it offers is for that thread, or for anyone while it does not run, except
// CallSoonThreadsafe, [RunThreadsafe] and what says so.
type Loop struct {
	options  options
	ready    order.Ring[*Handle]
	timers   timerHeap
	selector *selector
	inbox    inbox
	executor executor
	thread   thread

	tasks   taskList
	current *Task    // whose body runs now; nil in other callbacks
	idle    []*stack // to be used again
	torn    []*stack // to be stopped when the loop is closed

	asyncGens map[openAsyncGen]struct{}
	handler   func(*Loop, ErrorReport)
	signals   map[syscall.Signal]*signalHandler
	interrupt *interrupt // nil unless SIGINT cancels a main
	alarms    alarms
	asking    pacing
	epoch     time.Time // zero of the loop's clock
	running   atomic.Bool
	stopping  bool // the loop ends with this round
	closed    bool
	gone      chan struct{} // closed with the loop, for those on other threads

	// contract: the loop keeps the words of package models. Nobody outside knows
	// it, so when nothing is scheduled no wait can end any more. A cancel that
	// comes before the body begins, or after its last wait, changes only what the
	// next wait returns, if there is one.
	contract bool
	joins    bool  // a run ends when all tasks and calls of the executor have
	failure  error // of the task that failed first, if joins
}

// NewLoop makes a loop. It holds descriptors and a thread until [Loop.Close].
func NewLoop(opts ...Option) (*Loop, error) {
	s, err := newSelector()
	if err != nil {
		return nil, err
	}
	l := &Loop{options: defaults(), selector: s, epoch: time.Now(), gone: make(chan struct{})}
	for _, o := range opts {
		o(&l.options)
	}
	l.inbox.wake = s.wake
	return l, nil
}

// noLoop is the loop of a task whose scope has none: a closed one.
func noLoop() *Loop { return &Loop{closed: true, inbox: inbox{closed: true}} }

// rounds goes round until the round in which somebody stops the loop. A round
// asks what else is ready, then runs what was ready, and nothing that has become
// so meanwhile.
//
// It is one function and resumes coroutines itself, since the processor
// predicts no return to a stack that was switched away: each call between the
// two switches of a yield costs some nanoseconds.
func (l *Loop) rounds() error {
	for {
		if l.asking.left <= 0 || l.ready.Len() == 0 || l.inbox.filled.Load() {
			if err := l.ask(); err != nil {
				return err
			}
		}
		n := l.ready.Len()
		l.asking.left -= n
		if l.options.debug {
			l.debugRound(n)
			n = 0
		}
		for ; n > 0; n-- {
			h := l.ready.Pop()
			if t := h.task; t != nil {
				l.current = t
				if t.stack != nil || t.begin() {
					if ended, alive := t.resume(); ended || !alive {
						t.end(alive)
					}
				}
			} else if !h.cancelled {
				l.current = nil
				l.call(h)
			}
		}
		if l.stopping {
			return nil
		}
	}
}

// ask does what a round begins with: cancelled timers, the selector, calls
// from other threads, timers that are due, in this order. It waits if nothing
// is ready.
func (l *Loop) ask() error {
	l.timers.dropCancelled()
	if l.ready.Len() == 0 && l.deadlocked() {
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
	if l.ready.Len() > 0 || l.stopping {
		if l.selector.waits == 0 {
			return nil
		}
		return l.selector.poll(0)
	}
	if !l.inbox.fallAsleep() {
		return nil
	}
	l.current = nil
	l.thread.assert()
	err := l.selector.poll(l.untilTimer())
	l.inbox.awake()
	return err
}

// maxSelect is asyncio's MAXIMUM_SELECT_TIMEOUT.
const maxSelect = 24 * time.Hour

func (l *Loop) untilTimer() time.Duration {
	if len(l.timers.entries) == 0 {
		return forever
	}
	when, now := l.timers.entries[0].when, l.Time()
	if when <= now {
		return 0 // the difference might be less than the smallest number
	}
	return min(when-now, maxSelect)
}

// Time is the loop's clock: monotonic, from zero when the loop was made.
func (l *Loop) Time() time.Duration { return time.Since(l.epoch) }
