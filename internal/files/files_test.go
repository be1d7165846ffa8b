package files

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// Strange are things that are no files: each must be refused at once. A pipe
// without a writer would hold a plain open up for ever.
func strange(t *testing.T) map[string]string {
	t.Helper()
	dir, err := os.MkdirTemp("", "f") // short: a socket's name may have 108 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	pipe, link, socket := filepath.Join(dir, "pipe"), filepath.Join(dir, "link"), filepath.Join(dir, "socket")
	if err := unix.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(pipe, link); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return map[string]string{dir: "a folder", pipe: "a named pipe", link: "a named pipe", socket: "a socket", "/dev/zero": "a device"}
}

func TestOpenRefusesWhatIsNoFile(t *testing.T) {
	for path, kind := range strange(t) {
		for name, flag := range map[string]int{"read": os.O_RDONLY, "append": os.O_RDWR | os.O_APPEND | os.O_CREATE} {
			f, err := OpenFile(path, flag, 0o600)
			if err == nil {
				f.Close()
			}
			if want := path + " is " + kind; err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: error %v; want one line with %q", name, err, want)
			}
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !os.IsNotExist(err) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestReadIsBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, make([]byte, 1<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := Read(path, 1<<10); err != nil || len(data) != 1<<10 {
		t.Errorf("as large as the limit: %d bytes, %v", len(data), err)
	}
	if err := os.WriteFile(path, make([]byte, 1<<10+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path, 1<<10); err == nil || !strings.Contains(err.Error(), "larger than 1 KiB") {
		t.Errorf("a byte more than the limit: %v", err)
	}
}
