package results

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestStrangeFiles puts what is no file where a run has one: each is refused at
// once by all that read it. A plain open of a pipe would wait for ever.
func TestStrangeFiles(t *testing.T) {
	for kind, put := range map[string]func(path string) error{
		"a named pipe": func(path string) error { return unix.Mkfifo(path, 0o600) },
		"a device":     func(path string) error { return os.Symlink("/dev/zero", path) },
		"a folder":     func(path string) error { return os.Mkdir(path, 0o755) },
	} {
		for _, name := range []string{RunName, JournalName, BenchFile} {
			dir := newRun(t)
			path := filepath.Join(dir, name)
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
			if err := put(path); err != nil {
				t.Fatal(err)
			}
			refused := func(what string, err error) {
				t.Helper()
				if want := path + " is " + kind; err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
					t.Errorf("%s: %v; want one line with %q", what, err, want)
				}
			}
			if name == BenchFile {
				refused("Fewer", Fewer(dir, 0))
				continue
			}
			_, err := Open(dir)
			refused("Open", err)
			_, _, err = OpenJournal(dir)
			refused("OpenJournal", err)
		}
	}
}
