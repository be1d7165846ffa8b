package results

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"testing"

	"golang.org/x/sys/unix"
)

// TestFullDisk limits the size of files in a process of its own: a write that
// fails half-way leaves the records before it, and no half line.
func TestFullDisk(t *testing.T) {
	const variable = "CONCBENCH_FULL_DISK"
	dir := os.Getenv(variable)
	if dir == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestFullDisk$")
		cmd.Env = append(os.Environ(), variable+"="+t.TempDir())
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	j, _ := openJournal(t, dir)
	size := len(lines(t, record(0)))
	signal.Ignore(unix.SIGXFSZ)
	limit := unix.Rlimit{Cur: uint64(2*size + size/2), Max: uint64(2*size + size/2)}
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	appendAll(t, j, record(0), record(1))
	for range 2 { // it goes on failing, and does no harm
		if err := j.Append(record(2)); !errors.Is(err, unix.EFBIG) {
			t.Fatalf("Append to a full disk: %v", err)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(dir + "/" + JournalName)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, cut, err := ReadJournal(f, "j")
	if err != nil || cut != nil || len(records) != 2 {
		t.Errorf("after a full disk: %d records, %v, %v; want 2 and no half line", len(records), cut, err)
	}
}
