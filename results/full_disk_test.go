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
		cmd.Env = append(os.Environ(), variable+"="+newRun(t))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	j, _ := openJournal(t, dir)
	appendAll(t, j, record(0), record(1))
	size := uint64(len(j.text))
	signal.Ignore(unix.SIGXFSZ)
	limit := unix.Rlimit{Cur: size + size/4, Max: size + size/4}
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	for range 2 { // it goes on failing, and does no harm
		if err := j.Append(record(2)); !errors.Is(err, unix.EFBIG) {
			t.Fatalf("Append to a full disk: %v", err)
		}
	}
	if saved := mustOpen(t, dir); saved.Cut != nil || saved.Damage != nil || len(saved.Records) != 2 {
		t.Errorf("after a full disk: %+v; want two records and no half line", saved)
	}
}
