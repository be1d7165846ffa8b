package measure

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"

	"concbench/internal/cpuclock"
	"concbench/measure/protocol"
	"concbench/results"
)

// A pageServer is the process that serves pages to trials, from the first trial
// that needs one until the run ends. It lives outside the trials so that no
// model pays for it.
type pageServer struct {
	worker string
	env    []string

	address string
	cmd     *exec.Cmd // nil while there is none
	stdin   io.Closer
	stderr  *ends
	ended   chan error // gets what cmd.Wait returned
}

// pagesFor returns the address of a running page server if the trial needs one.
func (r *Runner) pagesFor(planned results.Planned) (string, error) {
	if len(r.Plan.URLs) > 0 {
		return "", nil
	}
	for _, w := range r.Workloads {
		if w.Name == planned.Cell.Workload && w.NeedsPages {
			return r.pages.up()
		}
	}
	return "", nil
}

// up returns the server's address. It starts the server if there is none, or
// if the one there was has died.
func (s *pageServer) up() (string, error) {
	if s.cmd != nil {
		select {
		case <-s.ended:
			s.cmd = nil
		default:
			return s.address, nil
		}
	}
	if err := s.start(); err != nil {
		return "", fmt.Errorf("%w: start the page server %s %s: %w", ErrWorker, s.worker, protocol.ServeArgument, err)
	}
	return s.address, nil
}

// cpu is the CPU time that the server has taken so far, in seconds, and 0 if
// there is none.
func (s *pageServer) cpu() float64 {
	if s == nil || s.cmd == nil {
		return 0
	}
	cpu, err := cpuclock.Of(s.cmd.Process.Pid)
	if err != nil {
		return 0
	}
	return cpu
}

func (s *pageServer) start() error {
	cmd := exec.Command(s.worker, protocol.ServeArgument)
	cmd.Env = environment(passed, s.env)
	cmd.SysProcAttr = serverAttributes()
	cmd.WaitDelay = time.Second
	s.stderr = &ends{}
	cmd.Stderr = s.stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return errors.Join(err, stdin.Close())
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	late := time.AfterFunc(startTimeout, func() { killGroup(cmd.Process.Pid) })
	line, err := bufio.NewReader(stdout).ReadString('\n')
	late.Stop()
	if err != nil {
		err = errors.Join(stdin.Close(), cmd.Wait())
		return fmt.Errorf("it did not say where it listens: %s", causes(err, s.stderr.why()))
	}
	s.cmd, s.stdin, s.address = cmd, stdin, strings.TrimSpace(line)
	s.ended = make(chan error, 1)
	go func() { s.ended <- cmd.Wait() }()
	return nil
}

// How long a process gets to say that it is there, on a machine that may be
// busy; the server to end by itself; and the kernel to tell that it has ended.
const (
	startTimeout  = 30 * time.Second
	stopTimeout   = 5 * time.Second
	noticeTimeout = 250 * time.Millisecond
)

// blame makes a trial that failed because a signal from outside ended its server
// one that is tried again: it says as little about the workload as if the trial
// itself had been ended.
func (s *pageServer) blame(record results.Record) results.Record {
	select {
	case err := <-s.ended:
		s.ended <- err // for whoever asks next
		if fromOutside(err, s.stderr.why()) {
			t := terminated(err, record.Attempt)
			record.Status, record.Error = t.Status, "its page server was "+t.Error
		}
	case <-time.After(noticeTimeout):
	}
	return record
}

// stop ends the server, if there is one, and waits for it.
func (s *pageServer) stop() error {
	if s.cmd == nil {
		return nil
	}
	closing := s.stdin.Close()
	timer := time.AfterFunc(stopTimeout, func() { killGroup(s.cmd.Process.Pid) })
	err := <-s.ended
	timer.Stop()
	if err != nil {
		return fmt.Errorf("the page server ended badly: %s", causes(err, s.stderr.why()))
	}
	return closing
}
