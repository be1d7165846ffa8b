package threads

import (
	"errors"
	"runtime"
	"sync/atomic"
	"time"

	"concbench/models"
)

// A Task is a thread. Its methods are for the thread itself, except those that
// other threads call to wake or cancel it.
type Task struct {
	run    *run
	gil    *gil
	name   string
	thread *Thread // of an Interpreter, or nil

	parker       // where it waits
	next   *Task // behind it in a primitive's queue
	value  any   // what a queue's putter brings or a getter is given

	tid   int   // the kernel's id, if there is a timeline
	waits Waits // guarded by gil.mu

	cancelled atomic.Bool

	mu      mutex // guards what follows
	ended   bool
	err     error
	joiners waiters
}

// Start makes a thread for body and returns when it has begun, as
// threading.Thread.start does: the new thread has then had the interpreter lock
// once. Every task is a new thread, which dies with it. If the system would
// refuse one more thread, the task ends with a [*LimitError] and never runs.
func (t *Task) Start(name string, body func(models.Task) error) models.Handle {
	child := t.run.newTask(name)
	if err := t.run.admit(child); err != nil {
		child.run.fail(err)
		child.end(err)
		return handle{child}
	}
	go child.main(body, t)
	t.wait()
	return handle{child}
}

// main is the whole life of the thread. It ends without unlocking itself from
// its thread, so the Go runtime ends the thread as well: threads are not used
// twice, as in CPython, and no pinning is inherited.
func (t *Task) main(body func(models.Task) error, starter *Task) {
	runtime.LockOSThread()
	if t.gil.timeline != nil {
		t.tid = nativeID()
	}
	t.gil.take(t)
	if starter != nil {
		starter.wake()
	}
	err := errGoexit
	defer func() {
		t.run.fail(err)
		t.end(err)
		t.gil.drop(t)
		t.run.leave()
	}()
	err = models.Protect(func() error { return body(t) })
}

// errGoexit is the error of a task whose body neither returned nor panicked.
var errGoexit = errors.New("threads: the task's body called runtime.Goexit")

// end publishes the outcome and wakes those who join.
func (t *Task) end(err error) {
	t.mu.lock()
	defer t.mu.unlock()
	t.ended, t.err = true, err
	t.joiners.wakeAll()
}

// wait parks the thread without the interpreter lock until another task calls
// wake, once.
func (t *Task) wait() {
	t.release()
	t.park()
	t.gil.takeReady(t)
	t.exitIfFinalizing()
}

// wake ends a wait. The thread counts as ready from now on, though it is still on
// its way out of the kernel: a yield waits for it.
func (t *Task) wake() {
	t.gil.expect()
	t.unpark()
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
	t.release()
	defer t.retake()
	return sleep(d)
}

// Yield lets the interpreter lock go to a thread that wants it and waits until
// it has been taken. If none does, or there is no such lock, it gives the
// processor to another thread that the kernel has ready for it.
func (t *Task) Yield() error {
	t.exitIfFinalizing()
	if t.gil.yield(t) {
		return nil
	}
	t.release()
	threadYield()
	t.retake()
	return nil
}

// Checkpoint gives the interpreter lock away if another thread has asked for it,
// or under gil=ticks after so many calls.
func (t *Task) Checkpoint() {
	if t.gil.breaker.Load() != 0 {
		t.giveWay()
	}
}

// Block lets the interpreter lock go while f runs.
func (t *Task) Block(f func() error) error {
	t.release()
	defer t.retake()
	return models.Protect(f)
}

// Cancelled reports whether somebody has called Cancel; nothing else shows it.
func (t *Task) Cancelled() bool {
	t.Checkpoint()
	return t.cancelled.Load()
}
