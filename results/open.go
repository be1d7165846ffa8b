package results

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"

	"concbench/internal/files"
)

// Saved is a run as it is on disk, complete or partial.
type Saved struct {
	Run     *Run
	Records []Record // those there are so far, each trial once
	Cut     *CutLine // a warning to show, if not nil
	Damage  []Damage // lines that are lost, if any

	sum      string // of run.json
	lastLine int    // of the journal that holds a record
}

// Sum is the checksum of run.json, which tells runs apart; empty for schema 1.
func (s *Saved) Sum() string { return s.sum }

// Open reads the run in dir with the records it has so far. Records that are
// not of the run's plan are an error, damaged ones are not: see [Saved.Lost].
func Open(dir string) (*Saved, error) {
	saved, _, err := openRun(dir)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, JournalName)
	text, err := files.Read(path, MaxJournal)
	if errors.Is(err, fs.ErrNotExist) {
		return saved, nil // stopped before the first trial
	}
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	return saved, saved.read(text, path)
}

// PointLatest makes the link "latest", beside the run's folder, point to it. A
// reader sees the old link or the new one. Given the link itself, it leaves it.
func PointLatest(dir string) error {
	abs, err := filepath.Abs(dir)
	if err == nil {
		abs, err = filepath.EvalSymlinks(abs)
	}
	if err != nil {
		return fmt.Errorf("point latest to %s: %w", dir, err)
	}
	link := filepath.Join(filepath.Dir(abs), "latest")
	if info, err := os.Lstat(link); err == nil && info.Mode()&fs.ModeSymlink == 0 {
		return fmt.Errorf("point latest to %s: %s is there and is not a link: move it away", dir, link)
	}
	if err := renameio.Symlink(filepath.Base(abs), link); err != nil {
		return fmt.Errorf("point latest to %s: %w", dir, err)
	}
	return nil
}
