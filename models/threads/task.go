package threads

import (
	"errors"
	"sync/atomic"
	"time"

	"concbench/models"
	"concbench/models/threads/internal/futex"
	"concbench/models/threads/internal/gil"
	"concbench/models/threads/internal/kernel"
	"concbench/models/threads/threading"
)

// A Task is a thread. Its methods are for the thread itself, except those that other
// threads call to wake or cancel it.
type Task struct {
	run   *run
	state gil.ThreadState

	next  *Task // the next waiter in a primitive's queue
	value any   // what a queue's putter brings or a getter is given

	cancelled atomic.Bool

	mu      futex.Mutex // guards what follows
	ended   bool
	err     error
	joiners waiters
}

// Start makes a thread for body and returns when it has begun, as
// threading.Thread.start does: by then the new thread has had the interpreter lock
// once. Every task is a new thread, which dies with it. If the system would refuse one
// more thread, the task ends with a [*limits.Error] and never runs.
func (t *Task) Start(name string, body func(models.Task) error) models.Handle {
	child := t.run.newTask(name)
	if err := t.run.Admit(name); err != nil {
		child.run.fail(err)
		child.end(err)
		return handle{child}
	}
	go child.main(body, t)
	t.state.Wait()
	return handle{child}
}

// main is the whole life of the thread.
func (t *Task) main(body func(models.Task) error, starter *Task) {
	t.state.Enter()
	if starter != nil {
		starter.state.Wake()
	}
	var err error
	defer func() { t.leave(err) }()
	models.Call(func() error { return body(t) }, &err)
}

// leave is what follows the body. The lock is held until all who may ask know.
func (t *Task) leave(err error) {
	t.run.fail(err)
	t.end(err)
	t.state.Exit()
	t.run.Leave()
}

// end publishes the outcome and wakes the tasks that join.
func (t *Task) end(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended, t.err = true, err
	t.joiners.wakeAll()
}

// takeValue empties the task's hand.
func (t *Task) takeValue() any {
	v := t.value
	t.value = nil
	return v
}

// Sleep blocks the thread in the kernel for d, whether or not it is cancelled.
func (t *Task) Sleep(d time.Duration) error {
	if d <= 0 {
		return t.Yield()
	}
	return t.state.Sleep(d)
}

// Yield lets the interpreter lock go to a thread that wants it and waits until that
// thread has taken it. If no thread wants it, or there is no such lock, Yield gives the
// processor to another thread that the kernel has ready for it.
func (t *Task) Yield() error {
	t.state.Yield()
	return nil
}

// Checkpoint gives the interpreter lock away if another thread has asked for it, or
// under gil=ticks after so many calls.
func (t *Task) Checkpoint() { t.state.Checkpoint() }

// Block runs f without the interpreter lock.
func (t *Task) Block(f func() error) error { return t.state.Block(f) }

// Cancelled reports whether Cancel was called; nothing else shows it.
func (t *Task) Cancelled() bool {
	t.Checkpoint()
	return t.cancelled.Load()
}

// Pin keeps the task's thread on one processor until it ends.
func (t *Task) Pin(cpu int) error { return kernel.Pin(t.state.Name(), cpu) }

// LockWaits are the waits of the task for the interpreter lock so far. Any task may
// ask.
func (t *Task) LockWaits() threading.Waits { return t.state.LockWaits() }

// A handle is the starter's side of a task.
type handle struct{ task *Task }

// Join waits until the task has ended. A task that joins itself gets
// [models.ErrDeadlock], where CPython raises RuntimeError.
func (h handle) Join(t models.Task) error {
	self := t.(*Task)
	if h.task == self {
		return models.ErrDeadlock
	}
	h.task.mu.Lock()
	if h.task.ended {
		h.task.mu.Unlock()
		self.Checkpoint()
		return h.task.err
	}
	h.task.joiners.push(self)
	h.task.mu.Unlock()
	self.state.Wait()
	return h.task.err
}

// Cancel sets the flag that [Task.Cancelled] shows.
func (h handle) Cancel() { h.task.cancelled.Store(true) }

// LockWaits are the waits of the task for the interpreter lock so far.
func (h handle) LockWaits() threading.Waits { return h.task.LockWaits() }

// refused reports whether a limit has kept the task from being started.
func (h handle) refused() bool {
	h.task.mu.Lock()
	defer h.task.mu.Unlock()
	return errors.Is(h.task.err, models.ErrLimit)
}
