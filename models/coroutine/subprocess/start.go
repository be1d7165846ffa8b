package subprocess

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"

	"concbench/models/coroutine"
)

// Exec starts a program, which is looked for as a shell would, with arguments.
// One that does not exist is an error that is [fs.ErrNotExist].
func Exec(t *coroutine.Task, o Options, name string, args ...string) (*Process, error) {
	p, err := start(t, o, exec.Command(name, args...))
	if err != nil {
		return nil, &Error{"Exec", name, notFound(err)}
	}
	return p, nil
}

// Shell has /bin/sh run a command. What is wrong with that the shell says, on
// its stderr and by its return code.
func Shell(t *coroutine.Task, o Options, command string) (*Process, error) {
	p, err := start(t, o, exec.Command("/bin/sh", "-c", command))
	if err != nil {
		return nil, &Error{"Shell", command, notFound(err)}
	}
	return p, nil
}

// A plumber opens what the standard streams need.
type plumber struct {
	loop   *coroutine.Loop
	theirs []*os.File // to be closed once the program has its own
	ours   []*coroutine.Conn
}

func start(t *coroutine.Task, o Options, cmd *exec.Cmd) (p *Process, err error) {
	switch {
	case t.Loop().CurrentTask() != t:
		return nil, coroutine.ErrNotCurrent
	case cmd.Path == "":
		return nil, fs.ErrNotExist
	case cmd.Err != nil:
		return nil, cmd.Err
	case o.Limit < 0:
		return nil, fmt.Errorf("%w: %d", ErrLimit, o.Limit)
	}
	if o.Limit == 0 {
		o.Limit = DefaultLimit
	}
	pl := &plumber{loop: t.Loop()}
	defer func() { pl.close(err != nil) }()
	p = &Process{loop: t.Loop(), name: cmd.Path, command: cmd}
	out, errs, err := pl.connect(p, o, cmd)
	if err != nil {
		return nil, err
	}
	cmd.Dir, cmd.Env, cmd.SysProcAttr = o.Dir, o.Env, o.SysProcAttr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p.Stdout, p.Stderr = p.read(t, "stdout", out, o.Limit), p.read(t, "stderr", errs, o.Limit)
	go p.watch()
	return p, nil
}

// connect gives the command its streams. The connections are nil where there is
// no pipe.
func (pl *plumber) connect(p *Process, o Options, cmd *exec.Cmd) (out, errs *coroutine.Conn, err error) {
	var in, to, errTo *os.File
	if in, p.Stdin, err = pl.stream(o.Stdin, os.Stdin, true); err != nil {
		return nil, nil, fmt.Errorf("stdin: %w", err)
	}
	if to, out, err = pl.stream(o.Stdout, os.Stdout, false); err != nil {
		return nil, nil, fmt.Errorf("stdout: %w", err)
	}
	if o.Stderr.kind == stdout {
		errTo = to
	} else if errTo, errs, err = pl.stream(o.Stderr, os.Stderr, false); err != nil {
		return nil, nil, fmt.Errorf("stderr: %w", err)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, to, errTo
	return out, errs, nil
}

// stream is the program's end of a stream, and ours if it is a pipe.
func (pl *plumber) stream(r Redirection, inherited *os.File, input bool) (*os.File, *coroutine.Conn, error) {
	switch {
	case r.kind == inherit:
		return inherited, nil, nil
	case r.kind == file && r.file != nil:
		return r.file, nil, nil
	case r.kind == devNull:
		f, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
		if err == nil {
			pl.theirs = append(pl.theirs, f)
		}
		return f, nil, err
	case r.kind == pipe:
		return pl.pipe(input)
	}
	return nil, nil, ErrRedirection
}

func (pl *plumber) pipe(input bool) (*os.File, *coroutine.Conn, error) {
	theirs, ours, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	if !input {
		theirs, ours = ours, theirs
	}
	pl.theirs = append(pl.theirs, theirs)
	c, err := pl.loop.ConnectPipe(ours)
	if err != nil {
		return nil, nil, err
	}
	pl.ours = append(pl.ours, c)
	return theirs, c, nil
}

func (pl *plumber) close(failed bool) {
	for _, f := range pl.theirs {
		f.Close()
	}
	if failed {
		for _, c := range pl.ours {
			c.Close()
		}
	}
}
