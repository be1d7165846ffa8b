package coroutine

import (
	"errors"
	"iter"

	"concbench/models"
)

// A Task is a body that runs on the loop, one piece at a time between its
// waits, and the future of how it ended.
//
// Its methods that wait (Yield, Sleep, Block, Join of another) are for its own
// body only.
type Task struct {
	Future
	name string
	body func(*Task) error

	step   Handle // runs the body to its next wait; in one queue at most
	resume func() (struct{}, bool)
	stop   func()
	yield  func(struct{}) bool

	waiter   waiter  // what the primitives wait with, one at a time
	awaits   *Future // what it waits for now, nil when it runs or is ready
	shielded bool    // a cancel must leave awaits alone
	pending  error   // delivered by the next wait: asyncio's must-cancel flag
	requests int     // calls of Cancel
	stopped  bool    // the loop has given it up

	sleep      *Timer
	prev, next *Task // in the loop's list of unfinished tasks
}

// Start makes a task that runs body. The body begins in a later round, after
// everything that is ready now.
func (l *Loop) Start(name string, body func(*Task) error) *Task {
	t := &Task{name: name, body: body}
	t.loop, t.task = l, t
	t.waiter.loop = l
	t.step.call = t.begin
	l.tasks.add(t)
	l.ready.push(&t.step)
	return t
}

// Start is the loop's Start.
func (t *Task) Start(name string, body func(*Task) error) *Task { return t.loop.Start(name, body) }

// Name is the name that Start was given.
func (t *Task) Name() string { return t.name }

// Loop is the loop that runs the task.
func (t *Task) Loop() *Loop { return t.loop }

// begin is the first step. It makes the coroutine, and not Start: a task that
// waits for its turn has no stack yet, and the thread is locked by now.
func (t *Task) begin() {
	if t.pending != nil && !t.loop.contract {
		t.finish(t.pending) // asyncio: the body is never entered
		return
	}
	t.resume, t.stop = iter.Pull(t.run)
	t.step = Handle{task: t}
	t.loop.current = t
	if _, suspended := t.resume(); !suspended {
		t.end()
	}
}

// run is the coroutine.
func (t *Task) run(yield func(struct{}) bool) {
	t.yield = yield
	t.err = models.Protect(func() error { return t.body(t) })
}

// end is what follows the body's return. In asyncio a cancel that came too late
// for any wait still makes the task a cancelled one.
func (t *Task) end() {
	if t.err == nil && !t.loop.contract {
		t.err = t.pending
	}
	t.finish(t.err)
}

func (t *Task) finish(err error) {
	state := finished
	if errors.Is(err, models.ErrCancelled) {
		state = cancelled
	} else if err != nil && t.loop.failure == nil {
		t.loop.failure = err
	}
	t.loop.tasks.remove(t)
	t.body, t.resume, t.stop, t.yield, t.sleep = nil, nil, nil, nil, nil
	t.complete(state, nil, err)
}
