package measure

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"concbench/measure/protocol"
	"concbench/workloads"
)

// WorkerName is the program that runs the trials. It stands beside the command.
const WorkerName = "bench-trial"

// findWorker returns the absolute path of the worker, which must be a program
// that may be run.
func findWorker(path string) (string, error) {
	if path == "" {
		self, err := os.Executable()
		if err != nil {
			return "", fmt.Errorf("%w: this program cannot tell where it is: %w", ErrWorker, err)
		}
		path = filepath.Join(filepath.Dir(self), WorkerName)
	}
	path, err := filepath.Abs(path)
	if err == nil {
		_, err = exec.LookPath(path)
	}
	if err != nil {
		return "", fmt.Errorf("%w: %s: %w: build it beside the command with make build", ErrWorker, path, err)
	}
	return path, nil
}

// CheckWorker returns an error, [ErrWorker], unless the program at path, or
// beside this executable if path is empty, is a worker built from the source of this one.
func CheckWorker(path string) error {
	path, err := findWorker(path)
	if err != nil {
		return err
	}
	_, err = identify(path, nil, protocol.Identity(workloads.All))
	return err
}

// A program is the file of the worker as it was when it told its identity.
type program struct {
	path string
	file os.FileInfo
}

// identify asks the worker for its identity and refuses another than the runner's own.
func identify(path string, env []string, identity string) (program, error) {
	file, err := os.Stat(path)
	if err != nil {
		return program{}, fmt.Errorf("%w: %w", ErrWorker, err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	var said, complaint ends
	cmd := exec.CommandContext(ctx, path, protocol.IdentityArgument)
	cmd.Env, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = environment(passed, env), &said, &complaint, time.Second
	err = cmd.Run()
	switch text := said.why(); {
	case err != nil || text == "":
		return program{}, fmt.Errorf("%w: %s did not tell its identity: %s: build it with make build", ErrWorker, path, causes(err, complaint.why()))
	case text != identity:
		return program{}, fmt.Errorf("%w: %s was built from other source: it is %q, the runner is %q: build both with make build", ErrWorker, path, text, identity)
	}
	return program{path, file}, nil
}

// unchanged returns an error if the file of the worker is no longer the one
// that told its identity: somebody has built anew during the run.
func (p program) unchanged() error {
	now, err := os.Stat(p.path)
	switch {
	case err != nil:
		return fmt.Errorf("%w: it was there when the run began: %w", ErrWorker, err)
	case !os.SameFile(now, p.file) || now.Size() != p.file.Size() || !now.ModTime().Equal(p.file.ModTime()):
		return fmt.Errorf("%w: %s was replaced during the run: start a new run", ErrWorker, p.path)
	}
	return nil
}
