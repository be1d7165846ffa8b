package limits

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/fstest"
)

// files are a machine's files, by path without the leading slash.
func files(content map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for path, text := range content {
		fsys[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

const (
	mountinfoV1 = "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n" +
		"39 31 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids\n" +
		"35 31 0:32 /outer /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n"
	mountinfoV2 = "41 31 0:38 / /sys/fs/cgroup rw,relatime shared:9 - cgroup2 cgroup2 rw\n"
)

func TestCeiling(t *testing.T) {
	for _, c := range []struct {
		name    string
		system  system
		threads int
		cause   string // in the error
	}{
		{
			name:   "threads-max less what runs, less a margin of 16 and an eighth",
			system: system{root: files(map[string]string{"proc/sys/kernel/threads-max": "500\n", "proc/loadavg": "0.1 0.1 0.1 1/100 77\n"})},
			// 400 are left
			threads: 400 - 16 - 50, cause: "kernel.threads-max is 500 (/proc/sys/kernel/threads-max)",
		},
		{
			name:    "pid_max, of which 300 are reserved; the margin is 128 at most",
			system:  system{root: files(map[string]string{"proc/sys/kernel/pid_max": "32768", "proc/loadavg": "0 0 0 2/68 9"})},
			threads: 32768 - 300 - 68 - 128, cause: "kernel.pid_max is 32768",
		},
		{
			name: "RLIMIT_NPROC counts the user's threads only",
			system: system{uid: 1000, userThreads: 200, root: files(map[string]string{
				"proc/1/status": "Name:\tinit\nUid:\t0\t0\t0\t0\nThreads:\t90\n",
				"proc/7/status": "Uid:\t1000\t0\t0\t0\nThreads:\t30\n",
				"proc/8/status": "Uid:\t1000\t0\t0\t0\nThreads:\t10\n",
			})},
			threads: 160 - 36, cause: "RLIMIT_NPROC is 200",
		},
		{
			name:    "RLIMIT_NPROC does not bind the superuser",
			system:  system{userThreads: 1, root: files(map[string]string{"proc/self/uid_map": "0 0 4294967295"})},
			threads: 1 << 22, cause: "PID_MAX_LIMIT",
		},
		{
			name: "RLIMIT_NPROC binds the root of a user namespace",
			system: system{userThreads: 80, root: files(map[string]string{
				"proc/self/uid_map": "         0     100000      65536\n",
			})},
			threads: 80 - 26, cause: "RLIMIT_NPROC is 80",
		},
		{
			name: "mappings, two for each thread",
			system: system{mapsPerThread: 2, root: files(map[string]string{
				"proc/sys/vm/max_map_count": "1000", "proc/self/maps": strings.Repeat("map\n", 200),
			})},
			threads: 400 - 66, cause: "vm.max_map_count is 1000",
		},
		{
			name:    "memory",
			system:  system{root: files(map[string]string{"proc/meminfo": fmt.Sprintf("MemTotal: 999999999 kB\nMemAvailable: %d kB\n", 1000*threadBytes>>10)})},
			threads: 1000 - 128, cause: "/proc/meminfo",
		},
		{
			name: "pids of a version 2 group's parent",
			system: system{root: files(map[string]string{
				"proc/self/mountinfo":             mountinfoV2,
				"proc/self/cgroup":                "0::/a/b\n",
				"sys/fs/cgroup/a/b/pids.max":      "max\n",
				"sys/fs/cgroup/a/b/pids.current":  "10\n",
				"sys/fs/cgroup/a/pids.max":        "100\n",
				"sys/fs/cgroup/a/pids.current":    "20\n",
				"sys/fs/cgroup/a/b/memory.max":    fmt.Sprintln(100_000 * threadBytes),
				"sys/fs/cgroup/a/b/memory.events": "",
			})},
			threads: 80 - 26, cause: "is 100 (/sys/fs/cgroup/a/pids.max)",
		},
		{
			name: "memory of a version 1 group, of which only a subtree is mounted",
			system: system{root: files(map[string]string{
				"proc/self/mountinfo": mountinfoV1,
				"proc/self/cgroup":    "4:memory:/outer/inner\n8:pids:/\n",
				"sys/fs/cgroup/memory/inner/memory.limit_in_bytes": fmt.Sprintln(200 * threadBytes),
				"sys/fs/cgroup/memory/inner/memory.usage_in_bytes": fmt.Sprintln(150 * threadBytes),
				"sys/fs/cgroup/memory/inner/memory.stat":           fmt.Sprintf("cache 9\ntotal_inactive_file %d\n", 50*threadBytes),
				"sys/fs/cgroup/memory/memory.limit_in_bytes":       "9223372036854771712\n",
				"sys/fs/cgroup/memory/memory.usage_in_bytes":       "14745600\n",
			})},
			threads: 100 - 28, cause: fmt.Sprintf("limit on memory, in bytes, is %d (/sys/fs/cgroup/memory/inner/memory.limit_in_bytes)", 200*threadBytes),
		},
		{
			name:    "nothing left",
			system:  system{root: files(map[string]string{"proc/sys/kernel/threads-max": "5", "proc/loadavg": "0 0 0 1/100 7"})},
			threads: 0, cause: "is 5",
		},
		{
			name:    "files that make no sense bind nothing",
			system:  system{root: files(map[string]string{"proc/sys/kernel/threads-max": "many", "proc/self/cgroup": ":", "proc/self/mountinfo": " - \n", "proc/meminfo": "MemAvailable:"})},
			threads: 1 << 22, cause: "PID_MAX_LIMIT",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.system.userThreads == 0 {
				c.system.userThreads = math.MaxUint64
			}
			got := probe(c.system)
			if got.Threads != c.threads {
				t.Errorf("%d threads, want %d", got.Threads, c.threads)
			}
			if err := got.Check(got.Threads, "last"); err != nil {
				t.Errorf("the last thread that fits: %v", err)
			}
			err := got.Check(got.Threads+1, "extra")
			var limit *Error
			if !errors.As(err, &limit) || !strings.Contains(err.Error(), c.cause) || limit.Task != "extra" || limit.Try == "" {
				t.Errorf("one thread too many: %v, want %q in it", err, c.cause)
			}
		})
	}
}

// The ceiling of the machine that runs the test lets a program have threads.
func TestSystem(t *testing.T) {
	if c := System(); c.Threads < 100 {
		t.Errorf("%d threads, because of %v", c.Threads, c.Cause.Limit)
	}
}
