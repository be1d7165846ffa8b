package results

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRunTakenAway does to a run what somebody can do while it goes on. The
// first record after that ends it, and all that was measured can be read where the
// error says.
func TestRunTakenAway(t *testing.T) {
	for name, c := range map[string]struct {
		do    func(dir string) error
		why   string
		where string // of the records, relative to the parent of the run; "" for temporary files
	}{
		"journal removed":  {func(dir string) error { return os.Remove(filepath.Join(dir, JournalName)) }, "trials.jsonl was removed", "run-saved"},
		"run.json removed": {func(dir string) error { return os.Remove(filepath.Join(dir, RunName)) }, "run.json was removed", "run-saved"},
		"folder removed":   {os.RemoveAll, "the folder was removed", "run-saved"},
		"folder renamed":   {func(dir string) error { return os.Rename(dir, dir+" new") }, "the folder was removed or renamed", "run new"},
		"all removed":      {func(dir string) error { return os.RemoveAll(filepath.Dir(dir)) }, "was removed", ""},
		"journal emptied":  {func(dir string) error { return os.Truncate(filepath.Join(dir, JournalName), 0) }, "changed by somebody else", "run-saved"},
		"journal replaced": {func(dir string) error { return writeFile(filepath.Join(dir, JournalName), nil) }, "replaced by another", "run-saved"},
		"run.json changed": {func(dir string) error { return os.WriteFile(filepath.Join(dir, RunName), []byte("{}"), 0o644) }, "run.json was changed", "run-saved"},
		"another moved in": {moveIn, "replaced by another", "run.old"},
		"run.json touched": {func(dir string) error { return rewrite(filepath.Join(dir, RunName)) }, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TMPDIR", t.TempDir())
			dir := newRun(t, record(0))
			j, _ := openJournal(t, dir)
			appendAll(t, j, record(1))
			if err := c.do(dir); err != nil {
				t.Fatal(err)
			}
			err := j.Append(record(2))
			if c.why == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			var moved *MovedError
			if !errors.As(err, &moved) || !strings.Contains(moved.Why, c.why) || moved.Err != nil {
				t.Fatalf("error %v; want a MovedError because %s", err, c.why)
			}
			if runtime.GOOS != "linux" {
				c.where = "run-saved" // only Linux tells the new name
			}
			want := os.Getenv("TMPDIR")
			if c.where != "" {
				want = filepath.Join(filepath.Dir(dir), c.where)
			}
			if !strings.HasPrefix(moved.Now, want) || !strings.Contains(err.Error(), moved.Now) {
				t.Errorf("the records are said to be in %s by %q; want %s", moved.Now, err, want)
			}
			if diff := cmp.Diff([]Record{record(0), record(1), record(2)}, mustOpen(t, moved.Now).Records); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// moveIn puts another run in the place of the one in dir.
func moveIn(dir string) error {
	if err := os.Rename(dir, dir+".old"); err != nil {
		return err
	}
	return os.CopyFS(dir, os.DirFS(dir+".old"))
}

// rewrite puts a file with the same text in the place of the old one, as an editor does.
func rewrite(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return writeFile(path, text)
}

// TestNothingIsWrittenOver saves a run twice beside folders that have the names.
func TestNothingIsWrittenOver(t *testing.T) {
	dir := newRun(t)
	if err := os.Mkdir(dir+"-saved", 0o755); err != nil {
		t.Fatal(err)
	}
	j, _ := openJournal(t, dir)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	var moved *MovedError
	if err := j.Append(record(0)); !errors.As(err, &moved) || moved.Now != dir+"-saved-2" {
		t.Errorf("%v; want the records in a folder of their own", err)
	}
}

// TestNowhereToSave leaves no place for the records: the error says so.
func TestNowhereToSave(t *testing.T) {
	dir := newRun(t)
	j, _ := openJournal(t, dir)
	t.Setenv("TMPDIR", filepath.Join(dir, "none"))
	if err := os.RemoveAll(filepath.Dir(dir)); err != nil {
		t.Fatal(err)
	}
	var moved *MovedError
	if err := j.Append(record(0)); !errors.As(err, &moved) || moved.Err == nil || moved.Now != "" || !strings.Contains(err.Error(), "could not be saved") {
		t.Errorf("%v; want it said that the records are lost", err)
	}
}
