package subprocess

import (
	"errors"
	"io"
	"syscall"

	"concbench/models/coroutine"
)

// Communicate writes input to the program's stdin and closes that, reads its
// outputs to the end, and waits for its own: all at once, so that none waits for
// another. What is no pipe is nil. A program that does not read all of its input
// is no error. When t is cancelled meanwhile, the program runs on.
func (p *Process) Communicate(t *coroutine.Task, input []byte) (stdout, stderr []byte, err error) {
	if input != nil && p.Stdin == nil {
		return nil, nil, &Error{"Communicate", p.name, ErrNoStdin}
	}
	feeding := t.Start("feed stdin", func(*coroutine.Task) error { return p.feed(input) })
	out, errs := collect(t, p.Stdout), collect(t, p.Stderr)
	_, err = feeding.Await(t)
	if err == nil {
		stdout, err = out.Await(t)
	}
	if err == nil {
		stderr, err = errs.Await(t)
	}
	if err != nil {
		giveUp(t, &feeding.Task, &out.Task, &errs.Task)
		return stdout, stderr, err
	}
	_, err = p.Wait(t)
	return stdout, stderr, err
}

// feed ignores that the program does not want more.
func (p *Process) feed(input []byte) error {
	if p.Stdin == nil {
		return nil
	}
	defer p.Stdin.Close()
	_, err := p.Stdin.Write(input)
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET) || p.ended {
		return nil
	}
	return err
}

func collect(t *coroutine.Task, r *Reader) *coroutine.TaskOf[[]byte] {
	return coroutine.CreateTask(t, func(*coroutine.Task) ([]byte, error) {
		if r == nil {
			return nil, nil
		}
		defer r.Close()
		return io.ReadAll(r)
	})
}

// giveUp ends the parts of a Communicate that has failed.
func giveUp(t *coroutine.Task, parts ...*coroutine.Task) {
	for _, part := range parts {
		part.Cancel()
	}
	for _, part := range parts {
		part.Join(t) // its error is the same, or comes of the cancel
	}
}
