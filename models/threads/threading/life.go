package threading

import (
	"errors"
	"time"

	"concbench/models"
)

// Start makes the thread and returns when it has begun. t is the thread that calls. The
// error is ErrStarted if the thread was started before, ErrShutdown if the interpreter
// does not run, and ErrNoInterpreter if the thread was made by none. It is a
// [*limits.Error] if the system would refuse one more thread; then a later Start may
// succeed.
func (th *Thread) Start(t *Thread) error {
	if err := th.Launch(); err != nil {
		return err
	}
	th.AwaitStart(t)
	return nil
}

// Launch is Start without waiting: it never lets the interpreter lock go.
func (th *Thread) Launch() error {
	if th == nil || th.interpreter == nil {
		return ErrNoInterpreter
	}
	if !th.phase.CompareAndSwap(threadInitial, threadStarting) {
		return ErrStarted
	}
	if err := th.admit(); err != nil {
		th.phase.Store(threadInitial)
		return err
	}
	go th.main(th.bootstrap)
	return nil
}

// main is the whole life of the thread's goroutine.
func (th *Thread) main(body func()) {
	th.tstate.Enter()
	defer func() {
		th.tstate.Exit()
		th.interpreter.crew.Leave()
	}()
	body()
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
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.phase != phaseRunning && in.phase != phaseShutdown {
		return ErrShutdown
	}
	if err := in.crew.Admit(th.Name()); err != nil {
		return err
	}
	th.place = in.active.PushBack(th)
	th.begun.word.Store(lockHeld)
	th.alive.word.Store(lockHeld)
	in.started.Add(1)
	return nil
}

// bootstrap runs the target.
func (th *Thread) bootstrap() {
	th.begin()
	defer th.stop()
	th.tstate.ExitIfFinalizing()
	th.begun.unlock(th)
	if th.target == nil {
		return
	}
	err := errGoexit
	defer func() { th.tell(err) }()
	err = models.Protect(func() error { return th.target(th) })
}

// errGoexit is the error of a target that neither returned nor panicked.
var errGoexit = errors.New("threads: the thread's target called runtime.Goexit")

func (th *Thread) begin() {
	th.enroll()
	th.phase.Store(threadStarted)
}

// stop takes the thread off the list and releases those who join it.
func (th *Thread) stop() {
	in := th.interpreter
	in.mu.Lock()
	in.active.Remove(th.place)
	in.mu.Unlock()
	th.strike()
	th.phase.Store(threadStopped)
	th.locals = nil
	th.alive.open()
	if th.tstate.Finalizing() {
		in.giveUpNext()
	}
}

// Join waits until the thread has ended. It does not tell how: the target's error goes
// to the excepthook. The error is ErrNotStarted or ErrJoinSelf.
func (th *Thread) Join(t *Thread) error {
	_, err := th.join(t, forever)
	return err
}

// JoinTimeout is Join for at most timeout; IsAlive tells whether the thread has ended.
// Zero or less looks without waiting.
func (th *Thread) JoinTimeout(t *Thread, timeout time.Duration) error {
	_, err := th.join(t, max(timeout, 0))
	return err
}

func (th *Thread) join(t *Thread, timeout time.Duration) (ended bool, err error) {
	switch {
	case th == nil || th.phase.Load() == threadInitial:
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
