package subprocess

import (
	"errors"
	"net"
	"syscall"

	"concbench/models/coroutine"
	"concbench/models/coroutine/streams"
)

// Communicate writes input to the program's stdin and closes that, reads its
// outputs to the end, and waits for its own: all at once, so that none waits for
// another. What is no pipe is nil. A program that does not read all of its input
// is no error. When t is cancelled meanwhile, the program runs on, its pipes stay
// open, and what it has written can still be read.
func (p *Process) Communicate(t *coroutine.Task, input []byte) (stdout, stderr []byte, err error) {
	if input != nil && p.Stdin == nil {
		return nil, nil, &Error{"Communicate", p.name, ErrNoStdin}
	}
	feeding := t.Start("feed stdin", func(t *coroutine.Task) error { return p.feed(t, input) })
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
func (p *Process) feed(t *coroutine.Task, input []byte) error {
	if p.Stdin == nil {
		return nil
	}
	_, err := p.Stdin.Write(input)
	if err == nil {
		err = p.Stdin.Drain(t)
	}
	if err != nil && !p.endOfInput(err) {
		return err
	}
	p.Stdin.Close()
	return nil
}

func (p *Process) endOfInput(err error) bool {
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET) || p.ended && errors.Is(err, net.ErrClosed)
}

func collect(t *coroutine.Task, r *streams.StreamReader) *coroutine.TaskOf[[]byte] {
	return coroutine.CreateTask(t, func(t *coroutine.Task) ([]byte, error) {
		if r == nil {
			return nil, nil
		}
		return r.ReadAll(t)
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
