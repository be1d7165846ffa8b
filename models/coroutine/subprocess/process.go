package subprocess

import (
	"os"
	"os/exec"
	"syscall"

	"concbench/models/coroutine"
	"concbench/models/coroutine/streams"
)

// A Process is a program that was started. It is for the tasks of its loop.
type Process struct {
	Stdin          *streams.StreamWriter // what the program reads; nil if that is no pipe
	Stdout, Stderr *streams.StreamReader // what it writes; nil if that is no pipe

	loop     *coroutine.Loop
	name     string
	command  *exec.Cmd
	open     int // outputs that have not ended
	ended    bool
	code     int
	finished bool // ended, and the outputs too
	waiters  []*coroutine.Future[int]
}

// PID is the kernel's number of the process.
func (p *Process) PID() int { return p.command.Process.Pid }

// ReturnCode is what the program ended with: its exit status, or -N if signal N
// has killed it. Before the loop knows of the end, ended is false.
func (p *Process) ReturnCode() (code int, ended bool) { return p.code, p.ended }

// unknown is asyncio's return code of a process that somebody else has reaped.
const unknown = 255

// watch is the thread that waits for the end. It is there, and the process
// reaped, also when the loop is closed before.
func (p *Process) watch() {
	state, err := p.command.Process.Wait()
	code := unknown
	if err == nil {
		code = returnCode(state)
	}
	// asyncio lets two rounds go by, so that what the program wrote last is read.
	// A closed loop does not care.
	p.loop.CallSoonThreadsafe(func() {
		p.loop.CallSoon(func() { p.loop.CallSoon(func() { p.exited(code) }) })
	})
}

// returnCode is Python's.
func returnCode(s *os.ProcessState) int {
	if w := s.Sys().(syscall.WaitStatus); w.Signaled() {
		return -int(w.Signal())
	}
	return s.ExitCode()
}

// exited is the loop's callback.
func (p *Process) exited(code int) {
	p.ended, p.code = true, code
	if p.Stdin != nil {
		p.Stdin.Close() // nobody reads it any more, unless the program has left it to another
	}
	p.tryFinish()
}

// disconnected tells that an output has ended.
func (p *Process) disconnected() {
	p.open--
	p.tryFinish()
}

// tryFinish tells those who wait in the next round, as in asyncio.
func (p *Process) tryFinish() {
	if !p.ended || p.open > 0 || p.finished {
		return
	}
	p.finished = true
	p.loop.CallSoon(func() {
		for _, w := range p.waiters {
			w.SetResult(p.code) // one that was cancelled refuses it
		}
		p.waiters = nil
	})
}

// Wait makes t wait until the program has ended and its pipes too, and returns
// the return code. When t is cancelled meanwhile, the program runs on.
func (p *Process) Wait(t *coroutine.Task) (int, error) {
	if p.ended {
		return p.code, nil
	}
	f := coroutine.NewFuture[int](p.loop)
	p.waiters = append(p.waiters, f)
	return f.Await(t)
}

// Signal sends the program a signal. After its end the error is
// [os.ErrProcessDone], Python's ProcessLookupError.
func (p *Process) Signal(sig os.Signal) error {
	if err := p.command.Process.Signal(sig); err != nil {
		return &Error{"Signal", p.name, err}
	}
	return nil
}

// Terminate sends SIGTERM, which a program may refuse; see [Process.Signal].
func (p *Process) Terminate() error { return p.Signal(syscall.SIGTERM) }

// Kill sends SIGKILL; see [Process.Signal].
func (p *Process) Kill() error { return p.Signal(syscall.SIGKILL) }
