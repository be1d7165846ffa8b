package coroutine

import (
	"context"
	"fmt"
	"sync/atomic"
)

// A Task is a body that runs on the loop, one piece at a time between its
// waits, and the outcome of it. [TaskOf] adds the value that it returns.
//
// Its methods that wait (Yield, Sleep, Block) are for its own body only, and
// return [ErrNotCurrent] to anyone else.
type Task struct {
	promise
	*stack         // runs the body; nil before the first step and after the end
	name    string // empty: "Task-" and number
	number  int64
	context context.Context
	body    runner

	step     Handle   // runs the body to its next wait; in one queue at most
	awaits   *promise // what it waits for now, nil when it runs or is ready
	shielded bool     // a cancel must leave awaits alone
	passing  bool     // a cancel is on its way through awaits
	stopped  bool     // the loop has given it up
	requests int32    // calls of Cancel less those of Uncancel; 32 bits fit in the gap
	pending  error    // delivered by the next wait: asyncio's must-cancel flag

	prev, next *Task // in the loop's list of unfinished tasks
}

// A runner is a body together with the place of its value.
type runner interface{ run() error }

// A TaskOf is a task that returns a value.
type TaskOf[T any] struct {
	Task
	value T
	fn    func(*Task) (T, error)
}

// None is the value of a task that has none to return.
type None = struct{}

// A Scope is where a task is created: a [*Loop], a [*Task], whose context it
// inherits, or a [*TaskGroup], which waits for it.
type Scope interface {
	// adopt makes t one of the scope's tasks, or says why not.
	adopt(t *Task) error
	// home is the loop of the scope's tasks.
	home() *Loop
}

// CreateTask makes a task that runs body; a name may follow. The body begins in
// a later round, after everything that is ready now. A task that its scope
// refuses (a closed loop, a task group that has ended) is one that has failed
// with the reason, and so is one without a scope, [ErrNoLoop], or without a body,
// [ErrNoMain].
func CreateTask[T any](in Scope, body func(*Task) (T, error), name ...string) *TaskOf[T] {
	t := &TaskOf[T]{fn: body}
	if body != nil {
		t.body = t
	}
	t.create(in, name)
	return t
}

// taskNumber counts the tasks of all loops, as asyncio's does, for their names.
var taskNumber atomic.Int64

func (t *Task) create(in Scope, name []string) {
	t.number = taskNumber.Add(1)
	if len(name) > 0 {
		t.name = name[0]
	}
	t.owner = t
	t.step.task = t
	if in == nil {
		in = (*Loop)(nil)
	}
	err := in.adopt(t)
	if err == nil && t.body == nil {
		err = misuse("CreateTask", ErrNoMain)
	}
	if err != nil {
		t.refused(err)
		return
	}
	t.loop.tasks.add(t)
	t.loop.ready.Push(&t.step)
}

func (l *Loop) adopt(t *Task) error {
	if l == nil {
		t.loop = noLoop()
		return misuse("CreateTask", ErrNoLoop)
	}
	t.loop, t.context = l, context.Background()
	if l.closed {
		return misuse("CreateTask", ErrClosed)
	}
	return l.checkThread("CreateTask")
}

func (l *Loop) home() *Loop {
	if l == nil {
		return noLoop()
	}
	return l
}

func (t *Task) home() *Loop {
	if t == nil {
		return noLoop()
	}
	return t.loop.home()
}

// homeOf is the loop of a scope's tasks, also of none.
func homeOf(in Scope) *Loop {
	if in == nil {
		return noLoop()
	}
	return in.home()
}

func (t *Task) adopt(child *Task) error {
	if t == nil {
		return (*Loop)(nil).adopt(child)
	}
	err := t.loop.adopt(child)
	child.context = t.context
	return err
}

// run is the body on its coroutine.
func (t *TaskOf[T]) run() (err error) {
	t.value, err = t.fn(&t.Task)
	t.fn = nil
	return err
}

// Result is the task's outcome: what its body returned. Before that it returns
// [ErrInvalidState].
func (t *TaskOf[T]) Result() (T, error) {
	if t.state == pending {
		var zero T
		return zero, misuse("Result", ErrInvalidState)
	}
	return t.value, t.outcome()
}

// Await makes by wait for the task's end and returns its outcome. It does not
// suspend by if the task has ended. Cancelling by meanwhile cancels the task.
func (t *TaskOf[T]) Await(by *Task) (T, error) {
	if t.state == pending {
		var zero T
		if err := by.enlist(&t.promise, false); err != nil {
			return zero, err
		}
		if err := by.waited(&t.promise, by.yield(false)); err != nil {
			return zero, err
		}
	}
	return t.value, t.outcome()
}

// Start makes a task without a value; see [CreateTask].
func (l *Loop) Start(name string, body func(*Task) error) *TaskOf[None] {
	return CreateTask(l, withoutValue(body), name)
}

// Start makes a task without a value; see [CreateTask].
func (t *Task) Start(name string, body func(*Task) error) *TaskOf[None] {
	return CreateTask(t, withoutValue(body), name)
}

func withoutValue(body func(*Task) error) func(*Task) (None, error) {
	if body == nil {
		return nil
	}
	return func(t *Task) (None, error) { return None{}, body(t) }
}

// Name is the task's name, "Task-N" if it was given none.
func (t *Task) Name() string {
	if t.name == "" {
		return fmt.Sprint("Task-", t.number)
	}
	return t.name
}

// SetName gives the task another name.
func (t *Task) SetName(name string) { t.name = name }

// Context is the task's context, for calls that want one and for the values in
// it: a task inherits that of the task which created it. It says nothing of the
// task's own cancellation.
func (t *Task) Context() context.Context { return t.context }

// SetContext gives the task another context, which the tasks that it creates
// from now on inherit; those that it has created keep theirs.
func (t *Task) SetContext(ctx context.Context) { t.context = ctx }

// finish is what follows the body's end.
func (t *Task) finish(err error) {
	state := finished
	if isCancellation(err) {
		state = cancelled
	} else if err != nil {
		t.arm(err)
		if t.loop.failure == nil {
			t.loop.failure = err
		}
	}
	t.loop.tasks.remove(t)
	t.body, t.stack = nil, nil
	t.complete(state, err)
}
