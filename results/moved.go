package results

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"concbench/internal/files"
)

// A MovedError says that a run, while it went on, has been taken from the place by
// which it is read, and where its records are now.
type MovedError struct {
	Dir string // where the run was
	Why string // what is wrong there

	// Now is the folder that holds the run with all its records: Dir under its new
	// name or, if a file was removed or changed, a folder that was made to save them.
	Now   string
	Saved bool  // Now was made to save them
	Err   error // why they could not be saved; Now is empty then
}

func (e *MovedError) Error() string {
	text := fmt.Sprintf("%s: %s while the run went on", e.Dir, e.Why)
	switch {
	case e.Err != nil:
		return fmt.Sprintf("%s, and what was measured could not be saved elsewhere: %v", text, e.Err)
	case e.Saved:
		return fmt.Sprintf("%s; all that was measured is saved in %s", text, e.Now)
	}
	return fmt.Sprintf("%s; all that was measured is in %s", text, e.Now)
}

// Unwrap returns why the records could not be saved.
func (e *MovedError) Unwrap() error { return e.Err }

// InPlace returns a [MovedError] unless the run is still read by the name under
// which it was opened: an open file goes on taking records when its name, or the
// folder's, is gone or leads to another. What a reader would not find is then saved.
func (j *Journal) InPlace() error {
	why := j.wrong(j.dir)
	if why == "" {
		return nil
	}
	moved := &MovedError{Dir: j.dir, Why: why}
	if path := nameOf(j.file); path != "" && j.wrong(filepath.Dir(path)) == "" {
		moved.Now = filepath.Dir(path)
		return moved
	}
	moved.Saved = true
	moved.Now, moved.Err = j.save()
	return moved
}

// wrong is what keeps a reader of dir from finding this run; empty if nothing does.
func (j *Journal) wrong(dir string) string {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return "the folder was removed or renamed"
	}
	path := filepath.Join(dir, JournalName)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return JournalName + " was removed"
	case err != nil:
		return fmt.Sprintf("%s cannot be found any more (%v)", JournalName, err)
	case !isUnder(j.file, path):
		return JournalName + ", or the folder, was replaced by another"
	case info.Size() != int64(len(j.text)):
		return JournalName + " was changed by somebody else"
	}
	return j.wrongRun(filepath.Join(dir, RunName))
}

// wrongRun reads run.json only if it was written since it was last read: a
// trial is about to start.
func (j *Journal) wrongRun(path string) string {
	info, err := os.Stat(path)
	if err == nil && j.runInfo != nil && os.SameFile(info, j.runInfo) && info.ModTime().Equal(j.runInfo.ModTime()) && info.Size() == j.runInfo.Size() {
		return ""
	}
	text, err := files.Read(path, MaxRunFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return RunName + " was removed"
	case err != nil:
		return fmt.Sprintf("%s cannot be read any more (%v)", RunName, err)
	case !bytes.Equal(text, j.runText):
		return RunName + " was changed or replaced"
	}
	j.runInfo = info
	return ""
}

// nameOf is the path by which the kernel knows an open file now, where it tells
// that, as Linux does; it may be wrong or that of a removed file.
func nameOf(f *os.File) string {
	path, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", f.Fd()))
	if err != nil {
		return ""
	}
	return path
}

// save writes the run into a new folder beside its own or, if that cannot be,
// where temporary files are. It never writes over anything: whoever removed or replaced
// the files may have had reasons.
func (j *Journal) save() (dir string, err error) {
	dir, err = files.Unused(filepath.Clean(j.dir)+"-saved", func(name string) error { return os.Mkdir(name, 0o755) })
	if err == nil {
		err = j.saveIn(dir)
	}
	if err == nil {
		return dir, nil
	}
	dir, second := os.MkdirTemp("", "concbench-saved-")
	if second == nil {
		second = j.saveIn(dir)
	}
	if second != nil {
		return "", fmt.Errorf("%w; %w", err, second)
	}
	return dir, nil
}

func (j *Journal) saveIn(dir string) error {
	for name, text := range map[string][]byte{RunName: j.runText, JournalName: j.text} {
		if err := writeFile(filepath.Join(dir, name), text); err != nil {
			return err
		}
	}
	return syncDir(dir)
}
