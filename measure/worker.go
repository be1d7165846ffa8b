package measure

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
