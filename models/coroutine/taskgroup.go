package coroutine

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"concbench/models"
)

// A TaskGroup is asyncio's: tasks that end before the part of a body ends which
// they were created in. It is a [Scope] for [CreateTask]: its tasks inherit the
// context of the task that creates them, be it the group's parent or a child.
type TaskGroup struct {
	parent    *Task
	loop      *Loop
	exiting   bool // body has returned
	aborting  bool // the children have been cancelled
	requested bool // the parent has been cancelled, by the group
	waiting   bool // the parent waits for the last child
	children  map[*Task]struct{}
	errors    []error
}

// A GroupError is asyncio's ExceptionGroup: the errors of several tasks. To
// [errors.Is] and [errors.As] it is each of them.
type GroupError struct {
	Message string
	Errors  []error
}

func (e *GroupError) Error() string {
	plural := "s"
	if len(e.Errors) == 1 {
		plural = ""
	}
	texts := make([]string, len(e.Errors))
	for i, err := range e.Errors {
		texts[i] = err.Error()
	}
	return fmt.Sprintf("%s (%d sub-exception%s): %s", e.Message, len(e.Errors), plural, strings.Join(texts, "; "))
}

// Unwrap gives the errors.
func (e *GroupError) Unwrap() []error { return e.Errors }

// WithTaskGroup calls body as part of t, and returns once all tasks of the group
// have ended. Until then its tasks may create more of them.
//
// The first error, of a task or of body, cancels all tasks of the group, and also
// t if it was a task's, so that body ends. WithTaskGroup then returns a
// [*GroupError]: the tasks' errors in the order in which they came, and body's
// last. A panic is an error. A task that ends cancelled is none. When t is
// cancelled from outside, so are the tasks, and the cancellation is returned
// unless there are errors.
//
// t's request of cancellation is taken back as body returns, but not if the first
// error comes after that: then [Task.Cancelling] stays one too high, and a
// [WithTimeout] around it that expires later returns the cancellation. asyncio did
// so in Python 3.11, and so it is here.
func WithTaskGroup(t *Task, body func(*TaskGroup) error) error {
	if err := t.runs("WithTaskGroup"); err != nil {
		return err
	}
	if body == nil {
		return misuse("WithTaskGroup", ErrNoMain)
	}
	g := &TaskGroup{parent: t, loop: t.loop, children: map[*Task]struct{}{}}
	return g.exit(models.Protect(func() error { return body(g) }))
}

// Start makes a task of the group that has no value; see [CreateTask].
func (g *TaskGroup) Start(name string, body func(*Task) error) *TaskOf[None] {
	return CreateTask(g, withoutValue(body), name)
}

func (g *TaskGroup) home() *Loop {
	if g == nil {
		return noLoop()
	}
	if g.loop == nil {
		g.loop = noLoop() // the group has not been entered
	}
	return g.loop
}

func (g *TaskGroup) adopt(child *Task) error {
	const op = "CreateTask"
	child.loop = g.home()
	switch {
	case g == nil || g.parent == nil:
		return misuse(op, ErrGroupNotEntered)
	case g.exiting && len(g.children) == 0:
		return misuse(op, ErrGroupFinished)
	case g.aborting:
		return misuse(op, ErrGroupShuttingDown)
	}
	creator := g.parent
	if current := child.loop.current; current != nil {
		creator = current
	}
	if err := creator.adopt(child); err != nil {
		return err
	}
	child.AddDoneCallback(func() { g.childDone(child) })
	g.children[child] = struct{}{}
	return nil
}

func (g *TaskGroup) childDone(child *Task) {
	delete(g.children, child)
	if g.waiting && len(g.children) == 0 {
		g.parent.waiter.wake()
	}
	err := child.outcome()
	if child.Cancelled() || err == nil {
		return
	}
	g.errors = append(g.errors, err)
	if !g.aborting && !g.requested {
		g.abort()
		g.requested = true
		g.parent.Cancel()
	}
}

// abort cancels the children, oldest first.
func (g *TaskGroup) abort() {
	g.aborting = true
	for _, child := range slices.SortedFunc(maps.Keys(g.children), func(a, b *Task) int { return cmp.Compare(a.number, b.number) }) {
		child.Cancel()
	}
}

// exit makes WithTaskGroup's error of body's.
func (g *TaskGroup) exit(bodyErr error) error {
	g.exiting = true
	var cancellation error
	if isCancellation(bodyErr) {
		cancellation = bodyErr
	}
	if g.requested && g.parent.Uncancel() == 0 {
		cancellation = nil
	}
	if bodyErr != nil && !g.aborting {
		g.abort()
	}
	if err := g.waitForChildren(); err != nil {
		cancellation = err
	}
	if cancellation != nil && len(g.errors) == 0 {
		return cancellation
	}
	if bodyErr != nil && !isCancellation(bodyErr) {
		g.errors = append(g.errors, bodyErr)
	}
	if len(g.errors) == 0 {
		return nil
	}
	return &GroupError{"unhandled errors in a TaskGroup", g.errors}
}

// waitForChildren suspends the parent until there are none. The error is that of
// a cancel that comes meanwhile and has the children cancelled.
func (g *TaskGroup) waitForChildren() (cancellation error) {
	for len(g.children) > 0 {
		g.parent.waiter.reset()
		g.waiting = true
		err := g.parent.wait(&g.parent.waiter.promise, false)
		g.waiting = false
		if err != nil && !g.aborting {
			cancellation = err
			g.abort()
		}
		if g.parent.stopped {
			return err
		}
	}
	return cancellation
}
