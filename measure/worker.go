package measure

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

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
// beside this executable if path is empty, is the worker of this very build.
func CheckWorker(path string) error {
	path, err := findWorker(path)
	if err != nil {
		return err
	}
	return checkWorker(path, nil, protocol.Build(workloads.All))
}

// checkWorker starts the worker, has it greet, and sends it away.
func checkWorker(path string, env []string, build string) (err error) {
	onOwnThread(func() {
		var p *process
		if p, err = startProcess(path, environment(env), nil); err != nil {
			err = fmt.Errorf("%w: start %s: %w", ErrWorker, path, err)
			return
		}
		defer p.closePipes()
		if err = welcome(context.Background(), p, converseWith(p), build); err != nil {
			return
		}
		if err = p.stdin.Close(); err == nil {
			err = p.wait()
		}
	})
	return err
}
