package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"concbench/results"
)

// newDir makes a folder, named after the time at which the run began, which no
// other run has, even one that begins in the same second.
func newDir(out string, began time.Time) (string, error) {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", fmt.Errorf("make the folder for results: %w; choose another with -out", err)
	}
	first := filepath.Join(out, began.Format("2006-01-02T15-04-05"))
	dir := first
	for n := 2; ; n++ {
		err := os.Mkdir(dir, 0o755)
		if err == nil {
			return dir, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return "", fmt.Errorf("make the folder of the run: %w; choose another with -out", err)
		}
		dir = fmt.Sprintf("%s-%d", first, n)
	}
}

// isRun tells whether there is a run in dir, which can be resumed and read.
func isRun(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, results.RunName))
	return err == nil
}
