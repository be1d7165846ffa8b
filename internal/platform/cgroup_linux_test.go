package platform

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// groupsOf writes a tree of control groups.
func groupsOf(t *testing.T, membership string, files map[string]string) cgroups {
	t.Helper()
	g := cgroups{root: t.TempDir()}
	g.membership = filepath.Join(g.root, "membership")
	write := func(path, text string) {
		path = filepath.Join(g.root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("membership", membership)
	for path, text := range files {
		write(path, text)
	}
	return g
}

func TestLimitsOfGroups(t *testing.T) {
	none := math.Inf(1)
	for name, c := range map[string]struct {
		membership string
		files      map[string]string
		quota      float64
		memory     float64
	}{
		"none":           {"0::/a\n", nil, none, none},
		"version 2":      {"0::/a/b\n", map[string]string{"a/b/cpu.max": "150000 100000\n", "a/b/memory.max": "1048576\n"}, 1.5, 1 << 20},
		"unlimited":      {"0::/a\n", map[string]string{"a/cpu.max": "max 100000\n", "a/memory.max": "max\n"}, none, none},
		"of a parent":    {"0::/a/b\n", map[string]string{"a/cpu.max": "50000 100000\n", "a/b/cpu.max": "max 100000\n", "a/memory.high": "4096\n"}, 0.5, 4096},
		"version 1":      {"4:cpu,cpuacct:/a\n5:memory:/a\n", map[string]string{"cpu/a/cpu.cfs_quota_us": "200000\n", "cpu/a/cpu.cfs_period_us": "100000\n", "memory/a/memory.limit_in_bytes": "8192\n"}, 2, 8192},
		"1, unlimited":   {"4:cpu:/\n5:memory:/\n", map[string]string{"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n", "memory/memory.limit_in_bytes": "9223372036854771712\n"}, none, none},
		"other resource": {"4:cpuset:/\n", map[string]string{"cpu/cpu.cfs_quota_us": "1000\n", "cpu/cpu.cfs_period_us": "100000\n"}, none, none},
		"damaged":        {"hello\n4:cpu:/\n", map[string]string{"cpu/cpu.cfs_quota_us": "x\n"}, none, none},
	} {
		g := groupsOf(t, c.membership, c.files)
		if quota, ok := g.quota(); !ok || quota != c.quota {
			t.Errorf("%s: %v processors, %v; want %v", name, quota, ok, c.quota)
		}
		if memory, ok := g.memory(); !ok || memory != c.memory {
			t.Errorf("%s: %v bytes, %v; want %v", name, memory, ok, c.memory)
		}
	}
}

// What cannot be read is not called unlimited.
func TestGroupsThatCannotBeRead(t *testing.T) {
	g := cgroups{root: t.TempDir(), membership: filepath.Join(t.TempDir(), "none")}
	if _, ok := g.quota(); ok {
		t.Error("a quota is known")
	}
	if _, ok := g.memory(); ok {
		t.Error("a limit on memory is known")
	}
}

func TestShareAndThrottling(t *testing.T) {
	for name, c := range map[string]struct {
		membership        string
		files             map[string]string
		weight, throttled float64
	}{
		"none":      {"0::/a\n", nil, 1, 0},
		"version 2": {"0::/a/b\n", map[string]string{"a/b/cpu.weight": "50\n", "a/b/cpu.stat": "usage_usec 7\nthrottled_usec 1500000\n", "a/cpu.stat": "throttled_usec 500000\n"}, 0.5, 2},
		"version 1": {"4:cpu:/a\n", map[string]string{"cpu/a/cpu.shares": "2048\n", "cpu/a/cpu.stat": "nr_throttled 1\nthrottled_time 3000000000\n"}, 2, 3},
		"damaged":   {"0::/\n", map[string]string{"cpu.weight": "much\n", "cpu.stat": "throttled_usec\nthrottled_usec x\n"}, 1, 0},
	} {
		g := groupsOf(t, c.membership, c.files)
		if weight, ok := g.weight(); !ok || weight != c.weight {
			t.Errorf("%s: weight %v, %v; want %v", name, weight, ok, c.weight)
		}
		if throttled := g.throttled(); throttled != c.throttled {
			t.Errorf("%s: throttled for %v s, want %v", name, throttled, c.throttled)
		}
	}
}

// FuzzGroupFiles: whatever the kernel's files hold, a limit is a positive number
// or none, and nothing is read outside the tree of groups.
func FuzzGroupFiles(f *testing.F) {
	f.Add("0::/a\n", "150000 100000\n", "nr_throttled 3\nthrottled_usec 7\n", "1048576\n")
	f.Add("4:cpu,memory:/a\n0::/../..\n", "max 100000", "throttled_usec", "max")
	f.Add("0::\n::\n:::::\n9:cpu:a", "-1 0", "throttled_usec -5\nthrottled_usec NaN", "1e400")
	f.Fuzz(func(t *testing.T, membership, cpu, stat, limit string) {
		if strings.ContainsRune(membership, 0) {
			t.Skip("the kernel writes no such path")
		}
		g := groupsOf(t, membership, map[string]string{"a/cpu.max": cpu, "a/cpu.stat": stat, "a/memory.max": limit,
			"cpu/a/cpu.cfs_quota_us": cpu, "cpu/a/cpu.cfs_period_us": cpu, "memory/a/memory.limit_in_bytes": limit, "a/cpu.weight": limit})
		quota, okQuota := g.quota()
		memory, okMemory := g.memory()
		weight, _ := g.weight()
		if !okQuota || !okMemory || !(quota > 0) || !(memory > 0) || !(weight > 0) || !(g.throttled() >= 0) {
			t.Errorf("quota %v, memory %v, weight %v, throttled %v", quota, memory, weight, g.throttled())
		}
		two, one, _ := g.folders("cpu")
		for _, folder := range append(two, one...) {
			if !strings.HasPrefix(folder+"/", g.root+"/") {
				t.Errorf("%q leads out to %s", membership, folder)
			}
		}
	})
}
