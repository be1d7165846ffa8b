package gil

import (
	"runtime"
	"sync/atomic"
	"time"

	"concbench/models"
	"concbench/models/threads/internal/futex"
	"concbench/models/threads/internal/kernel"
)

// A ThreadState is one thread's side of a lock, CPython's PyThreadState. Init makes
// it ready. Its methods are for the thread itself, except where they say otherwise.
type ThreadState struct {
	lock   *Lock
	name   atomic.Pointer[string]
	ident  atomic.Int64
	parker futex.Parker
	id     int   // the kernel's id of the thread, if there is a timeline
	waits  Waits // guarded by lock.mu
}

// Init says which lock the thread needs. name is for messages and records.
func (t *ThreadState) Init(l *Lock, name string) {
	t.lock = l
	t.SetName(name)
}

// Name is for messages and records; threads may share one. Any thread may ask, and
// change it by SetName.
func (t *ThreadState) Name() string {
	if name := t.name.Load(); name != nil {
		return *name
	}
	return ""
}

// SetName changes the name.
func (t *ThreadState) SetName(name string) { t.name.Store(&name) }

// Ident is the number of the thread among those that have entered the lock, from 1. It
// is 0 before Enter. No other thread ever has it. Any thread may ask.
func (t *ThreadState) Ident() int64 { return t.ident.Load() }

// Enter binds the calling goroutine to its kernel thread for good, and takes the
// lock. The goroutine is never unbound, so the Go runtime ends the kernel thread
// with it: as in CPython no thread is used twice, and no pinning is inherited.
func (t *ThreadState) Enter() {
	runtime.LockOSThread()
	t.ident.Store(t.lock.entered.Add(1))
	if t.lock.timeline != nil {
		t.id = kernel.ThreadID()
	}
	t.lock.take(t)
}

// Exit lets the lock go for the last time.
func (t *ThreadState) Exit() { t.lock.drop(t) }

// Release lets the lock go around whatever may block. Retake follows.
func (t *ThreadState) Release() {
	t.ExitIfFinalizing()
	t.lock.drop(t)
}

// Retake takes the lock again.
func (t *ThreadState) Retake() {
	t.lock.take(t)
	t.ExitIfFinalizing()
}

// TakeBack is Retake for a call that has acquired something for its caller, such as
// a descriptor. If the interpreter has been finalised the caller gets that first, and
// ends at its next call.
func (t *ThreadState) TakeBack() { t.lock.take(t) }

// Checkpoint gives the lock away if another thread has asked for it, or under
// gil=ticks after so many calls.
func (t *ThreadState) Checkpoint() {
	if t.lock.breaker.Load() != 0 {
		t.giveWay()
	}
}

// giveWay is a Checkpoint that has a reason to act.
func (t *ThreadState) giveWay() {
	t.ExitIfFinalizing()
	t.lock.check(t)
	t.ExitIfFinalizing()
}

// Sleep blocks the thread in the kernel for d.
func (t *ThreadState) Sleep(d time.Duration) error {
	t.Release()
	defer t.Retake()
	return kernel.Sleep(d)
}

// Yield lets the lock go to a thread that wants it, and waits until that thread has
// taken it. If no thread wants it, or there is no lock, Yield gives the processor to
// another thread that the kernel has ready for it.
func (t *ThreadState) Yield() {
	t.ExitIfFinalizing()
	if !t.lock.yield(t) {
		t.lock.yieldProcessor(t)
	}
	t.ExitIfFinalizing()
}

// Block runs f without the lock. A panic in f is a [*models.PanicError].
func (t *ThreadState) Block(f func() error) error {
	t.Release()
	defer t.Retake()
	return models.Protect(f)
}

// Wait parks the thread, without the lock, until another thread calls Wake or Rouse
// for it. One call ends one Wait.
func (t *ThreadState) Wait() {
	t.Release()
	t.parker.Park()
	t.lock.takeReady(t)
	t.ExitIfFinalizing()
}

// Wake ends a Wait of t. Any thread may call it. t counts as ready from now on, though
// it is still on its way out of the kernel: a yield waits for it.
func (t *ThreadState) Wake() {
	t.lock.expect()
	t.parker.Unpark()
}

// Parked reports whether t is in a Wait. Any thread may ask.
func (t *ThreadState) Parked() bool { return t.parker.Parked() }

// Holds reports whether t holds the lock; under gil=off no thread does. Any thread
// may ask.
func (t *ThreadState) Holds() bool {
	if t.lock.kind == off {
		return false
	}
	t.lock.mu.Lock()
	defer t.lock.mu.Unlock()
	return t.lock.isHolder(t)
}

// LockWaits are the waits of t for the lock so far. Any thread may ask.
func (t *ThreadState) LockWaits() Waits {
	t.lock.mu.Lock()
	defer t.lock.mu.Unlock()
	return t.waits
}

// Finalize begins the end of an interpreter. From now on every thread but t ends where
// CPython's would: when it comes to want the lock. It holds the lock while it ends, so
// what it has deferred runs one thread at a time. Free-threaded threads never come to
// want the lock; they find out at a Checkpoint.
func (g *Lock) Finalize(t *ThreadState) { g.finalizer.Store(t) }

// InterruptAll makes the next Checkpoint of every thread look for the end.
func (g *Lock) InterruptAll() { g.breaker.Or(breakFinal) }

// Finalizing reports whether t has to end. Any thread may ask.
func (t *ThreadState) Finalizing() bool {
	last := t.lock.finalizer.Load()
	return last != nil && last != t
}

// ExitIfFinalizing ends the thread if it has to, as PyThread_exit_thread does.
func (t *ThreadState) ExitIfFinalizing() {
	if t.Finalizing() {
		runtime.Goexit()
	}
}
