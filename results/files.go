package results

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
	"golang.org/x/sys/unix"
)

// decode reads one JSON value that fills all of data. Fields that the type
// does not have are refused: they come from another program or another version.
func decode(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		if errors.Is(err, io.EOF) {
			return errors.New("it is empty")
		}
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the end of the JSON value")
	}
	return nil
}

// isUnder tells whether the open file is the one that path names.
func isUnder(f *os.File, path string) bool {
	opened, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(path)
	return err == nil && os.SameFile(opened, named)
}

// syncDir flushes the names in dir, without which a new file may be lost.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("open the folder to flush it: %w", err)
	}
	if err := d.Sync(); err != nil && !errors.Is(err, unix.EINVAL) {
		return errors.Join(fmt.Errorf("flush the folder: %w", err), d.Close())
	}
	return d.Close()
}

// writeFile replaces the file at path by one that holds data, in one step.
func writeFile(path string, data []byte) error {
	return renameio.WriteFile(path, data, 0o644, renameio.WithTempDir(filepath.Dir(path)))
}

// writeNew makes the file at path, whole or not at all. If there is one the error
// is [fs.ErrExist], also for the second of two processes that make it at once: a
// link is refused where a rename would replace.
func writeNew(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path))
	if err != nil {
		return err
	}
	whole := f.Name()
	if err := errors.Join(f.Chmod(0o644), fill(f, data)); err != nil {
		return errors.Join(err, os.Remove(whole))
	}
	err = os.Link(whole, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		// There are systems without links. Here only who looks first is first.
		if _, missing := os.Lstat(path); errors.Is(missing, fs.ErrNotExist) {
			return os.Rename(whole, path)
		}
	}
	return errors.Join(err, os.Remove(whole))
}

// writeTo writes data to a file and flushes it.
func writeTo(name string, flag int, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|flag, 0o644)
	if err != nil {
		return err
	}
	return fill(f, data)
}

// fill writes data, flushes it and closes the file.
func fill(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
