package limits

import (
	"math"
	"testing"
)

// FuzzProbe reads files of /proc and of control groups that say anything: the ceiling is
// a number of threads all the same, with its cause.
func FuzzProbe(f *testing.F) {
	f.Add("500", "0.1 0.1 0.1 1/100 77", "MemAvailable: 1000 kB", mountinfoV1, "4:memory:/outer/inner\n8:pids:/\n", "100")
	f.Add("32768", "0 0 0 2/68 9", "MemAvailable: 9223372036854775807 kB", mountinfoV2, "0::/a/b\n", "max")
	f.Add("-1", "1/1", "MemAvailable:", "a b c d e - cgroup2 x y", "0::../..", "-9223372036854775808")
	f.Fuzz(func(t *testing.T, number, loadavg, meminfo, mountinfo, cgroup, limit string) {
		s := system{userThreads: math.MaxUint64, mapsPerThread: 2, root: files(map[string]string{
			"proc/sys/kernel/threads-max":                      number,
			"proc/sys/kernel/pid_max":                          number,
			"proc/sys/vm/max_map_count":                        number,
			"proc/self/maps":                                   number,
			"proc/loadavg":                                     loadavg,
			"proc/meminfo":                                     meminfo,
			"proc/self/mountinfo":                              mountinfo,
			"proc/self/cgroup":                                 cgroup,
			"sys/fs/cgroup/a/b/pids.max":                       limit,
			"sys/fs/cgroup/a/pids.max":                         limit,
			"sys/fs/cgroup/pids/pids.max":                      limit,
			"sys/fs/cgroup/a/b/memory.max":                     limit,
			"sys/fs/cgroup/memory/inner/memory.limit_in_bytes": limit,
		})}
		c := probe(s)
		if c.Threads < 0 || c.Threads > maxThreadIDs || c.Cause.Limit == "" || c.Cause.Try == "" {
			t.Errorf("%+v", c)
		}
		if err := c.Check(c.Threads, "last"); err != nil {
			t.Error(err)
		}
	})
}

// A machine with more memory than bytes can be counted has room for every thread.
func TestImmenseMemory(t *testing.T) {
	s := system{userThreads: math.MaxUint64, root: files(map[string]string{"proc/meminfo": "MemAvailable: 9223372036854775807 kB"})}
	if c := probe(s); c.Threads != maxThreadIDs {
		t.Errorf("%d threads, because of %s", c.Threads, c.Cause.Limit)
	}
}
