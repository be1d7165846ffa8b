package coroutine

import (
	"iter"

	"concbench/models"
)

// A stack is a coroutine that runs the bodies of tasks, one after another: to
// make one costs several times what a task costs otherwise, so one whose task
// has ended is kept for the next.
//
// It also has what a task needs only while it runs: that is used again as well.
type stack struct {
	task   *Task
	resume func() (ended, alive bool) // runs the task to its next wait or its end
	stop   func()
	yield  func(ended bool) bool
	home   uintptr // the goroutine on which the body runs
	torn   bool    // a runtime.Goexit unwinds it: not to be used again
	waiter waiter  // what the primitives wait with, one at a time
	sleep  *Timer  // wakes waiter
}

func (l *Loop) takeStack() *stack {
	if n := len(l.idle); n > 0 {
		s := l.idle[n-1]
		l.idle[n-1] = nil
		l.idle = l.idle[:n-1]
		return s
	}
	s := &stack{}
	s.waiter.loop = l
	s.resume, s.stop = iter.Pull(s.serve)
	return s
}

// serve is the coroutine.
func (s *stack) serve(yield func(bool) bool) {
	s.yield, s.home = yield, goroutine()
	returned := false
	defer func() {
		if !returned && s.task.loop.contract {
			s.holdUp()
		}
	}()
	for {
		t := s.task
		models.Call(func() error { return t.body.run() }, &t.err)
		if len(t.loop.idle) >= t.loop.options.idleCoroutines || !yield(true) {
			returned = true
			return
		}
	}
}

// holdUp ends a task of package models that is unwound by a runtime.Goexit, which
// would go on in the loop. It cannot be stopped, but it can wait until the loop is
// closed. Tasks that are not of that contract let it pass.
func (s *stack) holdUp() {
	s.torn = true
	s.task.loop.torn = append(s.task.loop.torn, s)
	s.yield(true)
}

// stopTornStacks lets each Goexit go on. It comes out in the caller, nested in the
// one before it.
func (l *Loop) stopTornStacks() {
	if n := len(l.torn); n > 0 {
		s := l.torn[n-1]
		l.torn = l.torn[:n-1]
		defer l.stopTornStacks()
		s.stop()
	}
}

// stopIdleStacks is for the end: a coroutine that is not stopped leaks its
// goroutine for ever.
func (l *Loop) stopIdleStacks() {
	for _, s := range l.idle {
		s.stop()
	}
	l.idle = nil
}

// begin gives the task a stack and reports whether it has one. It happens at the
// first step, and not as the task is created: a task that waits for its turn needs
// none yet. One that was cancelled before gets none, since in asyncio its body is
// never entered.
func (t *Task) begin() bool {
	if t.pending != nil && !t.loop.contract {
		t.finish(t.pending)
		t.loop.taskEnded()
		return false
	}
	t.stack = t.loop.takeStack()
	t.stack.task = t
	return true
}

// end is what follows the body's return; the stack is idle then, or has ended
// with it. In asyncio a cancel that came too late for any wait still makes the
// task a cancelled one.
func (t *Task) end(idle bool) {
	if t.err == nil && !t.loop.contract {
		t.err = t.pending
	}
	t.task = nil
	if idle && !t.torn {
		t.loop.idle = append(t.loop.idle, t.stack)
	}
	t.finish(t.err)
	t.loop.taskEnded()
}
