package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"concbench/internal/files"
	"concbench/results"
)

// newDir makes a folder, named after the time at which the run began, which no
// other run has, even one that begins in the same second.
func newDir(out string, began time.Time) (string, error) {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", named(fmt.Errorf("make the folder for results: %w; choose another with -out", err))
	}
	dir, err := files.Unused(filepath.Join(out, began.Format("2006-01-02T15-04-05")), func(name string) error {
		return os.Mkdir(name, 0o755)
	})
	if err != nil {
		return "", named(fmt.Errorf("make the folder of the run: %w; choose another with -out", err))
	}
	return dir, nil
}

// isRun tells whether there is a run in dir, which can be resumed and read.
func isRun(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, results.RunName))
	return err == nil
}

// settled is the folder that dir leads to now: the link "latest" may lead to
// another before the work is done.
func settled(dir string) string {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return real
	}
	return dir
}

// removeUnused removes the folder of a run that never began. What is in it stays.
func removeUnused(dir string) error {
	if err := os.Remove(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
