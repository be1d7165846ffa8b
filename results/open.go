package results

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// Open reads the run in dir, complete or partial, with the records it has so
// far. The CutLine, if there is one, is a warning to show. Records that are not
// of the run's plan are an error.
func Open(dir string) (*Run, []Record, *CutLine, error) {
	run, err := ReadRun(dir)
	if err != nil {
		return nil, nil, nil, err
	}
	path := filepath.Join(dir, JournalName)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return run, nil, nil, nil // stopped before the first trial
	}
	if err != nil {
		return nil, nil, nil, fmt.Errorf("open the journal: %w", err)
	}
	defer f.Close()
	records, cut, err := ReadJournal(f, path)
	if err == nil {
		err = run.Owns(records)
	}
	if err != nil {
		return nil, nil, nil, err
	}
	return run, records, cut, nil
}

// Owns returns an error that names the first record that is not of this run's plan.
func (run *Run) Owns(records []Record) error {
	for _, r := range records {
		if r.Seq >= len(run.Plan) {
			return fmt.Errorf("the journal has trial %d, but the plan has %d trials: they are of different runs", r.Seq, len(run.Plan))
		}
		if want := run.Plan[r.Seq].Cell.Key(); r.Cell.Key() != want {
			return fmt.Errorf("trial %d is %s in the journal and %s in the plan: they are of different runs", r.Seq, r.Cell.Key(), want)
		}
	}
	return nil
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
