package measure

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"concbench/results"
)

// forbidAffinity has the kernel refuse sched_setaffinity to all threads of this
// process and to its children, as the sandbox of a container may.
func forbidAffinity() {
	const (
		syscallNumber = 0 // offset in struct seccomp_data
		allow         = 0x7fff0000
		refuse        = 0x00050000 | uint32(unix.EPERM)
	)
	program := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: syscallNumber},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: unix.SYS_SCHED_SETAFFINITY, Jf: 1},
		{Code: unix.BPF_RET | unix.BPF_K, K: refuse},
		{Code: unix.BPF_RET | unix.BPF_K, K: allow},
	}
	filter := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		panic(err)
	}
	if _, _, err := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER,
		unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&filter))); err != 0 {
		panic(err)
	}
}

func TestNoPermissionForAffinity(t *testing.T) {
	p := Profile{Name: "toy", Rounds: 1, Scale: 1, Sets: []Set{{Workload: "Toy", Arms: arms("goroutine"), Grid: []Axis{axis("cpu", "same any")}}}}
	plan, err := newPlan(p, toys, Options{})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "run")
	if err := results.Create(dir, plan); err != nil {
		t.Fatal(err)
	}
	runner := exec.Command(os.Args[0])
	runner.Env = append(os.Environ(), toyRunnerVariable+"="+dir, sandboxVariable+"=yes")
	if out, err := runner.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	records := mustOpen(t, dir).Records
	if len(records) != 2 {
		t.Fatal(records)
	}
	for _, record := range records {
		want := results.OK
		if record.Cell.Params.Get("cpu") == "same" {
			want = results.Skipped
		}
		if record.Status != want || want == results.Skipped && !strings.Contains(record.Error, "operation not permitted") {
			t.Errorf("%s: %s %s; want %s", record.Cell.Label(), record.Status, record.Error, want)
		}
	}
}
