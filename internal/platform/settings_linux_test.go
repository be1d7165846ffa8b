package platform

import (
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// TestSettingsFollowTheThread changes what an unprivileged thread may change
// about itself, and finds it told.
func TestSettingsFollowTheThread(t *testing.T) {
	runtime.LockOSThread() // and not unlocked: the thread ends with the test
	before := Settings()
	for name, c := range map[string]struct {
		change func() error
		want   string
	}{
		"nice": {func() error { return unix.Setpriority(unix.PRIO_PROCESS, 0, 7) }, "7"},
		"policy": {func() error {
			return unix.SchedSetAttr(0, &unix.SchedAttr{Size: unix.SizeofSchedAttr, Policy: unix.SCHED_BATCH, Nice: 7}, 0)
		}, "batch"},
		"timer-slack": {func() error { return unix.Prctl(unix.PR_SET_TIMERSLACK, 1000, 0, 0, 0) }, "1µs"},
		"THP":         {func() error { return unix.Prctl(unix.PR_SET_THP_DISABLE, 1, 0, 0, 0) }, "off for this process"},
		"affinity":    {func() error { return SetAffinity([]int{0}) }, "0"},
	} {
		if name == "affinity" && (before.Settings["affinity"] != "all" || runtime.NumCPU() < 2) {
			continue // it may be held to the first processor already
		}
		if before.Settings[name] == c.want {
			t.Logf("%s is %s already", name, c.want)
			continue
		}
		if err := c.change(); err != nil {
			t.Logf("%s cannot be changed here: %v", name, err)
			continue
		}
		if got := Settings().Settings[name]; got != c.want {
			t.Errorf("%s is told as %q, want %q; it was %q", name, got, c.want, before.Settings[name])
		}
	}
	if err := unix.Prctl(unix.PR_SET_THP_DISABLE, 0, 0, 0, 0); err != nil { // it is the whole process's
		t.Error(err)
	}
}

func TestSettingsThatEveryLinuxTells(t *testing.T) {
	s := Settings().Settings
	for _, name := range []string{"nice", "policy", "timer-slack", "affinity", "rlimit-stack", "rlimit-as", "cpu-quota", "memory-limit"} {
		if s[name] == "" {
			t.Errorf("no %s in %v", name, s)
		}
	}
}

func TestListOfProcessors(t *testing.T) {
	for want, cpus := range map[string][]int{"0": {0}, "0-3": {0, 1, 2, 3}, "0-1,3,6-7": {0, 1, 3, 6, 7}, "": nil} {
		if got := list(cpus); got != want {
			t.Errorf("%v is %q, want %q", cpus, got, want)
		}
	}
}

func TestBootOptions(t *testing.T) {
	for line, want := range map[string]string{
		"root=/dev/vda quiet mitigations=off isolcpus=2,3 nosmt": "mitigations=off isolcpus=2,3 nosmt",
		"root=/dev/vda": "none",
		"":              "",
	} {
		if got := bootOptions(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
