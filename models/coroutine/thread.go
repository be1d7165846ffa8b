package coroutine

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"concbench/models/coroutine/internal/loopthread"
)

// A thread is the loop's own. All coroutines are made, resumed and stopped on
// it, whichever goroutine has the loop run: one that is resumed under another
// lock state than it was made under is a fatal error of the Go runtime
// (golang/go#65889). It begins with the first run and ends with the loop.
type thread struct {
	calls chan *threadCall // nil while there is no thread
	id    atomic.Int64     // the kernel's number; 0 where it has no cheap way to ask
}

type threadCall struct {
	f        func()
	done     chan struct{}
	returned bool
	panicked any
}

// loops are those that have a thread, by its number.
var loops sync.Map

// run runs f on the loop's thread and waits for it to return. A panic, or a
// runtime.Goexit, is the caller's.
func (th *thread) run(l *Loop, f func()) {
	if th.calls == nil {
		th.calls = make(chan *threadCall)
		go th.serve(l, th.calls)
	}
	c := &threadCall{f: f, done: make(chan struct{})}
	th.calls <- c
	<-c.done
	switch {
	case c.returned:
	case c.panicked != nil:
		panic(c.panicked)
	default:
		th.calls = nil // its thread has ended as well
		runtime.Goexit()
	}
}

// serve is the thread's life. It is never unlocked from its goroutine, so it
// ends with it, whatever was set on it.
func (th *thread) serve(l *Loop, calls chan *threadCall) {
	runtime.LockOSThread()
	loopthread.Enter()
	defer loopthread.Leave()
	id := threadID()
	th.id.Store(int64(id))
	defer th.id.CompareAndSwap(int64(id), 0) // the kernel will use it again
	loops.Store(id, l)
	defer loops.Delete(id)
	if l.options.minimalTimerSlack {
		minimizeTimerSlack()
	}
	for c := range calls {
		c.perform()
	}
}

func (c *threadCall) perform() {
	defer close(c.done)
	defer func() { c.panicked = recover() }()
	c.f()
	c.returned = true
}

// end ends the thread.
func (th *thread) end() {
	if th.calls != nil {
		close(th.calls)
		th.calls = nil
	}
}

// assert panics if the caller is on another thread, which the runtime's lock
// makes impossible; the benchmark's word "one thread" rests on it.
func (th *thread) assert() {
	if !th.here() {
		panic(fmt.Sprintf("coroutine: the loop began on thread %d and is now on %d", th.id.Load(), threadID()))
	}
}

// here reports whether the caller is on the thread. Where threads have no
// numbers it is always true.
func (th *thread) here() bool { return int64(threadID()) == th.id.Load() }

// ThreadID is the kernel's number of the loop's thread; 0 while there is none,
// and where the platform has no cheap way to ask.
func (l *Loop) ThreadID() int { return int(l.thread.id.Load()) }

// RunningLoop is asyncio's get_running_loop: the loop whose thread the caller
// is on, or [ErrNoLoop]. Where the platform does not tell a thread's number it
// is always that; [Task.Loop] needs no such question.
func RunningLoop() (*Loop, error) {
	if l := loopHere(); l != nil && l.running.Load() {
		return l, nil
	}
	return nil, misuse("RunningLoop", ErrNoLoop)
}

// loopHere is the loop whose thread the caller is on; nil on any other, and
// always where threads have no numbers and all would look like one.
func loopHere() *Loop {
	id := threadID()
	if id == 0 {
		return nil
	}
	l, _ := loops.Load(id)
	here, _ := l.(*Loop)
	return here
}

// CurrentTask is the task whose body runs; nil in a plain callback.
func (l *Loop) CurrentTask() *Task { return l.current }

// checkThread refuses, in debug mode, calls from other threads than the loop's
// while it runs.
func (l *Loop) checkThread(op string) error {
	if !l.options.debug {
		return nil
	}
	return l.debugThread(op)
}

func (l *Loop) debugThread(op string) error {
	if l.running.Load() && !l.thread.here() {
		return misuse(op, ErrNotThreadSafe)
	}
	return nil
}

// refuses is checkThread for what has no error to return, which is reported
// instead. Nothing else has come of it then.
func (l *Loop) refuses(op string) bool { return l.options.debug && l.debugRefuses(op) }

func (l *Loop) debugRefuses(op string) bool {
	err := l.debugThread(op)
	if err != nil {
		l.CallSoonThreadsafe(func() {
			l.CallExceptionHandler(ErrorReport{Message: "Non-thread-safe operation from another thread", Err: err})
		})
	}
	return err != nil
}
