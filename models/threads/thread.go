package threads

import (
	"container/list"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"concbench/models"
)

// A Thread is CPython's threading.Thread, and to the code that runs on it the
// handle of itself, which every call that may block takes first.
//
// Where a call takes a handle, nil stands for a goroutine that is no thread of
// the interpreter. It has no interpreter lock to let go and waits as it is.
type Thread struct {
	interpreter *Interpreter
	task        Task // the thread as the interpreter lock knows it
	target      Target
	place       *list.Element // in Interpreter.active

	state     atomic.Int32
	daemon    atomic.Bool
	name      atomic.Pointer[string]
	ident     atomic.Int64
	native    atomic.Int64
	begun     Lock                 // held from Start until the thread has begun
	alive     Lock                 // held from Start to the end
	blockedOn atomic.Pointer[Lock] // while it waits for one

	locals map[any]any // of the thread itself, by *Local
}

// A Target is what a thread runs. t is the thread itself.
type Target func(t *Thread) error

const (
	threadInitial = iota
	threadStarting
	threadStarted
	threadStopped
)

// A ThreadOption sets what a thread is made with; nil sets nothing.
type ThreadOption func(*threadOptions)

type threadOptions struct {
	name   string
	daemon bool
}

// Named gives a thread a name of its own instead of the next Thread-N.
func Named(name string) ThreadOption {
	return func(o *threadOptions) { o.name = name }
}

// Daemon says whether Run gives the thread up when main has returned, instead
// of waiting for it. Without it a thread takes after the one that made it.
func Daemon(daemon bool) ThreadOption {
	return func(o *threadOptions) { o.daemon = daemon }
}

// NewThread makes a thread that will run target, which may be nil. The thread is
// named after it, Thread-N (target), and is a daemon if t is.
func (t *Thread) NewThread(target Target, options ...ThreadOption) *Thread {
	return t.interpreter.makeThread(target, t.Daemon(), options)
}

// NewThread makes a thread for a goroutine that is none itself.
func (in *Interpreter) NewThread(target Target, options ...ThreadOption) *Thread {
	return in.makeThread(target, false, options)
}

func (in *Interpreter) makeThread(target Target, daemon bool, options []ThreadOption) *Thread {
	o := threadOptions{daemon: daemon}
	for _, set := range options {
		if set != nil {
			set(&o)
		}
	}
	if o.name == "" {
		o.name = "Thread-" + strconv.FormatInt(in.names.Add(1), 10)
		if target != nil {
			o.name += " (" + functionName(target) + ")"
		}
	}
	return in.newThread(target, o.name, o.daemon)
}

func (in *Interpreter) newThread(target Target, name string, daemon bool) *Thread {
	t := &Thread{interpreter: in, target: target}
	t.task.run, t.task.gil, t.task.name, t.task.thread = in.run, &in.run.gil, name, t
	t.name.Store(&name)
	t.daemon.Store(daemon)
	return t
}

// functionName is the last part of a function's name: work for a function of
// that name, func1 for the first that is written inside another.
func functionName(f any) string {
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	name = strings.TrimSuffix(name, "-fm")
	return name[strings.LastIndexByte(name, '.')+1:]
}

// Start makes the thread and returns when it has begun. t is the thread that
// calls. The error is ErrStarted if it was started before, a [*LimitError] if the
// system would refuse it (it may be started later then), and ErrShutdown if the
// interpreter does not run.
func (th *Thread) Start(t *Thread) error {
	if err := th.Launch(); err != nil {
		return err
	}
	th.AwaitStart(t)
	return nil
}

// Launch is Start without waiting: it never lets the interpreter lock go.
func (th *Thread) Launch() error {
	if !th.state.CompareAndSwap(threadInitial, threadStarting) {
		return ErrStarted
	}
	if err := th.admit(); err != nil {
		th.state.Store(threadInitial)
		return err
	}
	go th.task.main(func(models.Task) error {
		th.bootstrap()
		return nil
	}, nil)
	return nil
}

// AwaitStart returns when a thread that was launched has begun.
func (th *Thread) AwaitStart(t *Thread) {
	if th.begun.acquire(t, forever) {
		th.begun.open()
	}
}

// admit enters the thread among those that the interpreter has.
func (th *Thread) admit() error {
	in := th.interpreter
	in.mu.lock()
	defer in.mu.unlock()
	if in.phase != phaseRunning && in.phase != phaseShutdown {
		return ErrShutdown
	}
	if err := in.run.admit(&th.task); err != nil {
		return err
	}
	th.place = in.active.PushBack(th)
	th.begun.word.Store(lockHeld)
	th.alive.word.Store(lockHeld)
	in.started.Add(1)
	return nil
}

// bootstrap is the thread's life, with the interpreter lock.
func (th *Thread) bootstrap() {
	th.begin()
	defer th.stop()
	th.task.exitIfFinalizing()
	th.begun.unlock(th)
	if th.target == nil {
		return
	}
	err := errGoexit
	defer func() { th.tell(err) }()
	err = models.Protect(func() error { return th.target(th) })
}

func (th *Thread) begin() {
	th.enroll()
	th.ident.Store(th.interpreter.idents.Add(1))
	th.state.Store(threadStarted)
}

// stop takes the thread off the list and lets those who join it go on.
func (th *Thread) stop() {
	in := th.interpreter
	in.mu.lock()
	in.active.Remove(th.place)
	in.mu.unlock()
	th.strike()
	th.state.Store(threadStopped)
	th.locals = nil
	th.alive.open()
	if th.finalizing() {
		in.giveUpNext()
	}
}

func (th *Thread) finalizing() bool {
	in := th.interpreter
	return in.finished.Load() && th != in.main
}

// Join waits until the thread has ended. What its target returned is for the
// excepthook, not for Join. The error is ErrNotStarted or ErrJoinSelf.
func (th *Thread) Join(t *Thread) error {
	_, err := th.join(t, forever)
	return err
}

// JoinTimeout is Join for at most timeout; IsAlive tells whether the thread has
// ended. Zero or less looks without waiting.
func (th *Thread) JoinTimeout(t *Thread, timeout time.Duration) error {
	_, err := th.join(t, max(timeout, 0))
	return err
}

func (th *Thread) join(t *Thread, timeout time.Duration) (ended bool, err error) {
	switch {
	case th.state.Load() == threadInitial:
		return false, ErrNotStarted
	case th == t, t == nil && th == threadHere():
		return false, ErrJoinSelf
	}
	if th.alive.acquire(t, timeout) {
		th.alive.unlock(t)
		return true, nil
	}
	return false, nil
}

// IsAlive reports whether the thread has begun and not ended.
func (th *Thread) IsAlive() bool { return th.state.Load() == threadStarted }

// Name is for messages; threads may share one.
func (th *Thread) Name() string { return *th.name.Load() }

// SetName changes the name at any time.
func (th *Thread) SetName(name string) { th.name.Store(&name) }

// Daemon reports whether Run gives the thread up at its end.
func (th *Thread) Daemon() bool { return th.daemon.Load() }

// SetDaemon changes that, until Start: ErrDaemonStarted.
func (th *Thread) SetDaemon(daemon bool) error {
	if th.state.Load() != threadInitial {
		return ErrDaemonStarted
	}
	th.daemon.Store(daemon)
	return nil
}

// Ident is the interpreter's number of the thread, 0 before it has begun. No other
// thread of the interpreter ever has it.
func (th *Thread) Ident() int64 { return th.ident.Load() }

// NativeID is the kernel's number of the thread, 0 before it has begun and where
// the system does not tell. It is given to another thread after the end.
func (th *Thread) NativeID() int { return int(th.native.Load()) }

// Interpreter is the one that the thread belongs to.
func (th *Thread) Interpreter() *Interpreter { return th.interpreter }

// Task is the thread as the benchmark's contract knows it: connections are moved
// to it, and listeners accept for it.
func (th *Thread) Task() *Task { return &th.task }
