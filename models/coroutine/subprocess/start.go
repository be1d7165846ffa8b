package subprocess

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"

	"concbench/models/coroutine"
	"concbench/models/coroutine/streams"
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
	case !t.IsRunning():
		return nil, coroutine.ErrNotCurrent
	case cmd.Path == "":
		return nil, fs.ErrNotExist
	case cmd.Err != nil:
		return nil, cmd.Err
	case o.Limit < 0:
		return nil, fmt.Errorf("%w: %d", ErrLimit, o.Limit)
	}
	if o.Limit == 0 {
		o.Limit = streams.DefaultLimit
	}
	pl := &plumber{loop: t.Loop()}
	defer func() { pl.close(err != nil) }()
	p = &Process{loop: t.Loop(), name: cmd.Path, command: cmd}
	if err := pl.connect(p, o, cmd); err != nil {
		return nil, err
	}
	cmd.Dir, cmd.Env, cmd.SysProcAttr = o.Dir, o.Env, o.SysProcAttr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go p.watch()
	return p, nil
}

// connect gives the command its streams, and the process the other ends of
// those that are pipes.
func (pl *plumber) connect(p *Process, o Options, cmd *exec.Cmd) error {
	stdin, feeds, err := pl.stream(o.Stdin, os.Stdin, true)
	if err == nil && feeds != nil {
		_, p.Stdin, err = streams.NewConnection(feeds)
	}
	if err != nil {
		return fmt.Errorf("stdin: %w", err)
	}
	stdout, out, err := pl.stream(o.Stdout, os.Stdout, false)
	if err == nil {
		p.Stdout, err = p.read(out, o.Limit)
	}
	if err != nil {
		return fmt.Errorf("stdout: %w", err)
	}
	stderr, errs := stdout, (*coroutine.Conn)(nil)
	if o.Stderr.kind != toStdout {
		stderr, errs, err = pl.stream(o.Stderr, os.Stderr, false)
	}
	if err == nil {
		p.Stderr, err = p.read(errs, o.Limit)
	}
	if err != nil {
		return fmt.Errorf("stderr: %w", err)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, stdout, stderr
	return nil
}

// read has an output read ahead, if it is a pipe.
func (p *Process) read(c *coroutine.Conn, limit int) (*streams.StreamReader, error) {
	if c == nil {
		return nil, nil
	}
	p.open++
	return streams.ReadAhead(c, p.disconnected, streams.Limit(limit))
}

// stream is the program's end of a stream, and ours if it is a pipe.
func (pl *plumber) stream(r Redirection, inherited *os.File, input bool) (*os.File, *coroutine.Conn, error) {
	switch {
	case r.kind == inherit:
		return inherited, nil, nil
	case r.kind == toFile && r.file != nil:
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
