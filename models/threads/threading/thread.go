package threading

import (
	"container/list"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"

	"concbench/models/threads/internal/gil"
)

// A Thread is CPython's threading.Thread. To the code that runs on it, it is also the
// handle of that thread, and every call that may block takes the caller's handle first.
//
// Where a call takes a handle, nil stands for a goroutine that is no thread of the
// interpreter. It has no interpreter lock to let go and waits as it is.
type Thread struct {
	interpreter *Interpreter
	tstate      gil.ThreadState // the thread as the interpreter lock knows it
	target      Target
	place       *list.Element // in Interpreter.active

	phase     atomic.Int32
	daemon    atomic.Bool
	native    atomic.Int64
	begun     Lock                 // held from Start until the thread has begun
	alive     Lock                 // held from Start to the end
	blockedOn atomic.Pointer[Lock] // the lock that the thread waits for

	locals map[any]any // of the thread itself, by *Local
}

// A Target is what a thread runs. t is the thread itself.
type Target func(t *Thread) error

// The phases of a thread.
const (
	threadInitial = iota
	threadStarting
	threadStarted
	threadStopped
)

// A ThreadOption is an argument of NewThread that may be left out.
type ThreadOption func(*threadOptions)

type threadOptions struct {
	name   string
	daemon bool
}

// Named gives a thread a name of its own instead of the next Thread-N.
func Named(name string) ThreadOption {
	return func(o *threadOptions) { o.name = name }
}

// Daemon says whether Run ends without waiting for the thread. Without this option a
// thread takes after the thread that makes it.
func Daemon(daemon bool) ThreadOption {
	return func(o *threadOptions) { o.daemon = daemon }
}

// NewThread makes a thread that will run target, which may be nil. The thread is named
// after it, Thread-N (target), and is a daemon if t is. An option that is nil does
// nothing.
func (t *Thread) NewThread(target Target, options ...ThreadOption) *Thread {
	if t == nil {
		return (*Interpreter)(nil).makeThread(target, false, options)
	}
	return t.interpreter.makeThread(target, t.Daemon(), options)
}

// NewThread makes a thread for a goroutine that is no thread itself.
func (in *Interpreter) NewThread(target Target, options ...ThreadOption) *Thread {
	return in.makeThread(target, false, options)
}

// makeThread gives a thread that cannot be started if there is no interpreter.
func (in *Interpreter) makeThread(target Target, daemon bool, options []ThreadOption) *Thread {
	o := threadOptions{daemon: daemon}
	for _, set := range options {
		if set != nil {
			set(&o)
		}
	}
	if in.isNone() {
		return &Thread{}
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
	t.tstate.Init(&in.crew.Lock, name)
	t.daemon.Store(daemon)
	return t
}

// functionName is the last part of a function's name: work for a function of that name,
// func1 for the first that is written inside another.
func functionName(f any) string {
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	name = strings.TrimSuffix(name, "-fm")
	return name[strings.LastIndexByte(name, '.')+1:]
}

// Name is for messages; threads may share one.
func (th *Thread) Name() string { return th.tstate.Name() }

// SetName changes the name at any time.
func (th *Thread) SetName(name string) { th.tstate.SetName(name) }

// Daemon reports whether Run ends without waiting for the thread.
func (th *Thread) Daemon() bool { return th.daemon.Load() }

// SetDaemon changes that, until Start: then the error is ErrDaemonStarted.
func (th *Thread) SetDaemon(daemon bool) error {
	if th.phase.Load() != threadInitial {
		return ErrDaemonStarted
	}
	th.daemon.Store(daemon)
	return nil
}

// IsAlive reports whether the thread has begun and not ended.
func (th *Thread) IsAlive() bool { return th.phase.Load() == threadStarted }

// Ident is the interpreter's number of the thread, 0 before it has begun. No other
// thread of the interpreter ever has it.
func (th *Thread) Ident() int64 { return th.tstate.Ident() }

// NativeID is the kernel's number of the thread. It is 0 before the thread has begun,
// and where the system does not tell. After the end the kernel gives it to another.
func (th *Thread) NativeID() int { return int(th.native.Load()) }

// Interpreter is the one that the thread belongs to.
func (th *Thread) Interpreter() *Interpreter { return th.interpreter }

// LockWaits are the waits of the thread for the interpreter lock so far.
func (th *Thread) LockWaits() Waits {
	if th.interpreter == nil {
		return Waits{}
	}
	return th.tstate.LockWaits()
}
