package platform

import (
	"errors"
	"os/exec"
	"runtime"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestMachineIsDescribed(t *testing.T) {
	m := Machine()
	if m.OS != "linux" || m.Arch != runtime.GOARCH || m.Kernel == "" || m.CPU == "" || m.CPUs < 1 || m.Memory < 1<<20 {
		t.Errorf("%+v", m)
	}
	for _, limit := range []string{"threads-max", "pid_max", "max_map_count"} {
		if m.Limits[limit] < 1 {
			t.Errorf("no limit %s in %v", limit, m.Limits)
		}
	}
}

func TestAffinityIsSetAndTold(t *testing.T) {
	runtime.LockOSThread() // and not unlocked: the thread ends with the test
	own, err := Affinity()
	if err != nil {
		t.Fatal(err)
	}
	last := own[len(own)-1:]
	if err := SetAffinity(last); err != nil {
		t.Fatal(err)
	}
	if now, err := Affinity(); err != nil || !slices.Equal(now, last) {
		t.Errorf("held to %v, told %v, %v", last, now, err)
	}
	if err := SetAffinity([]int{1000}); !errors.Is(err, unix.EINVAL) {
		t.Errorf("a processor that is not there: %v", err)
	}
}

// TestProcessMemory looks at a child that holds nothing of ours.
func TestProcessMemory(t *testing.T) {
	child := exec.Command("/bin/cat")
	stdin, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	m, err := ProcessMemory(child.Process.Pid, "here")
	stdin.Close()
	if wait := child.Wait(); err != nil || wait != nil {
		t.Fatal(err, wait)
	}
	if m.Label != "here" || m.Threads != 1 || m.RSS <= 0 || m.PSS > m.RSS || m.Private > m.RSS || m.PageTables <= 0 || m.KernelStack <= 0 || m.Slab <= 0 {
		t.Errorf("%+v", m)
	}
	if _, err := ProcessMemory(child.Process.Pid, ""); err == nil {
		t.Error("the memory of a process that has ended was read")
	}
}

func TestLoadOnlyGrows(t *testing.T) {
	before, err := ReadLoad()
	if err != nil {
		t.Fatal(err)
	}
	after, err := ReadLoad()
	if err != nil || before.CPUs < 1 || before.Idle <= 0 || before.Ticks <= 0 || after.Ticks < before.Ticks || after.Idle < before.Idle || after.Steal < before.Steal || after.Time.Before(before.Time) {
		t.Errorf("%+v, then %+v, %v", before, after, err)
	}
}

func TestBusyIsTheSmallerOfTwoCounts(t *testing.T) {
	begin := time.Now()
	old := Load{Time: begin, CPUs: 2, Idle: 10, Ticks: 5, Steal: 1}
	for ticks, want := range map[float64]float64{7: 1.5, 6.25: 1.25} {
		now := Load{Time: begin.Add(3 * time.Second), CPUs: 2, Idle: 14, Ticks: ticks, Steal: 1.5}
		if busy := now.Busy(old); busy != want {
			t.Errorf("of six seconds of two processors, four idle, half a one stolen and %v counted, %v were busy, want %v", ticks-old.Ticks, busy, want)
		}
	}
}

func TestChosen(t *testing.T) {
	for list, want := range map[string]string{"always [madvise] never": "madvise", "never": "never", "[always": "always"} {
		if got := chosen(list); got != want {
			t.Errorf("chosen(%q) = %q, want %q", list, got, want)
		}
	}
}
