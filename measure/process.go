package measure

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"

	"concbench/internal/platform"
)

// A process is the child of one trial, with the ends of its pipes that the
// runner holds.
type process struct {
	cmd      *exec.Cmd
	stdin    *os.File
	messages *os.File
	stderr   *ends
}

// An affinityError says that the kernel would not hold a process to its processors.
type affinityError struct{ err error }

func (e affinityError) Error() string { return e.err.Error() }
func (e affinityError) Unwrap() error { return e.err }

// startProcess starts the worker in a process group of its own. The calling
// goroutine must stay locked to its thread until the process has ended: the kernel
// kills the child when the thread that started it ends.
func startProcess(worker string, env []string, cpus []int) (*process, error) {
	theirIn, ourIn, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer theirIn.Close()
	ourOut, theirOut, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, ourIn.Close())
	}
	defer theirOut.Close()
	p := &process{stdin: ourIn, messages: ourOut, stderr: &ends{}}
	p.cmd = &exec.Cmd{
		Path:        worker,
		Args:        []string{worker},
		Env:         env,
		Stdin:       theirIn,
		Stderr:      p.stderr,
		ExtraFiles:  []*os.File{theirOut},
		SysProcAttr: childAttributes(),
		// A grandchild that holds standard error open must not hold up the run.
		WaitDelay: time.Second,
	}
	if err := startOn(p.cmd, cpus); err != nil {
		return nil, errors.Join(err, p.closePipes())
	}
	return p, nil
}

// startOn starts the command on the given processors, or where it likes if
// there are none. A child inherits the affinity of the thread that makes it.
func startOn(cmd *exec.Cmd, cpus []int) error {
	if len(cpus) == 0 {
		return cmd.Start()
	}
	old, err := platform.Affinity()
	if err == nil {
		err = platform.SetAffinity(cpus)
	}
	if err != nil {
		return affinityError{err}
	}
	err = cmd.Start()
	if back := platform.SetAffinity(old); back != nil {
		if err == nil {
			killGroup(cmd.Process.Pid)
			err = cmd.Wait()
		}
		return errors.Join(fmt.Errorf("let the runner's own thread go again: %w", back), err)
	}
	return err
}

// wait waits until the process has ended and returns what it died of.
func (p *process) wait() error {
	err := p.cmd.Wait()
	killGroup(p.cmd.Process.Pid) // whatever it left behind
	return err
}

// cpu is the CPU time of the process, once it has ended.
func (p *process) cpu() time.Duration {
	if p.cmd.ProcessState == nil {
		return 0
	}
	return p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime()
}

// kill ends the process with its whole group, and the wait for its messages
// even if a descendant has left the group and holds the pipe open.
func (p *process) kill() {
	killGroup(p.cmd.Process.Pid)
	// A pipe that has been closed meanwhile needs no deadline.
	_ = p.messages.SetReadDeadline(time.Now().Add(p.cmd.WaitDelay))
}

// limit kills the process when the context ends or the time is over, until
// stop is called. The context that it returns tells that it did.
func (p *process) limit(ctx context.Context, d time.Duration) (limited context.Context, stop func()) {
	limited, cancel := context.WithTimeout(ctx, d)
	unhook := context.AfterFunc(limited, p.kill)
	return limited, func() {
		unhook()
		cancel()
	}
}

func (p *process) closePipes() error { return errors.Join(p.stdin.Close(), p.messages.Close()) }

// killGroup ends a process group. There is nothing to be done about an error:
// the group has ended by itself, or the kernel will end it with us.
func killGroup(leader int) { _ = syscall.Kill(-leader, syscall.SIGKILL) }

// serverAttributes keep the page server out of reach of the terminal's Ctrl-C.
// It must not die with the thread that started it, and it ends without us by
// itself, when its standard input does.
func serverAttributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// onOwnThread runs f on a thread that outlives it.
func onOwnThread(f func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	f()
}
