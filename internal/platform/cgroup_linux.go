package platform

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// cgroups finds the control groups of this process. In tests its paths lead
// elsewhere.
type cgroups struct{ root, membership string }

var ownGroups = cgroups{root: "/sys/fs/cgroup", membership: "/proc/self/cgroup"}

// folders are those of the groups that this process is in, of version 2 and of
// one controller of version 1, from its own up to the root. It is false if the
// membership cannot be read.
func (g cgroups) folders(controller string) (two, one []string, ok bool) {
	data, err := os.ReadFile(g.membership)
	if err != nil {
		return nil, nil, false
	}
	for line := range strings.Lines(string(data)) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(fields) != 3 {
			continue
		}
		switch controllers := strings.Split(fields[1], ","); {
		case fields[1] == "":
			two = append(two, upwards(g.root, fields[2])...)
		case slices.Contains(controllers, controller):
			one = append(one, upwards(filepath.Join(g.root, controller), fields[2])...)
		}
	}
	return two, one, true
}

// upwards lists a path under root and all that it lies in. To a process outside
// of its namespace's groups the kernel shows paths such as "/../..": they end at
// the root, which is all that can be seen of them.
func upwards(root, path string) []string {
	var all []string
	for path = filepath.Clean("/" + path); ; path = filepath.Dir(path) {
		all = append(all, filepath.Join(root, path))
		if path == "/" {
			return all
		}
	}
}

// least reads a limit in each folder and returns the smallest; it is infinite
// if there is none.
func least(folders []string, read func(folder string) float64) float64 {
	smallest := math.Inf(1)
	for _, folder := range folders {
		if limit := read(folder); limit > 0 {
			smallest = min(smallest, limit)
		}
	}
	return smallest
}

// quota is how many processors' worth of time the groups allow this process,
// infinite without a limit. It is false if that cannot be known.
func (g cgroups) quota() (float64, bool) {
	two, one, ok := g.folders("cpu")
	return min(
		least(two, func(folder string) float64 {
			allowed, period, _ := strings.Cut(readWord(folder+"/cpu.max"), " ")
			return number(allowed) / number(period)
		}),
		least(one, func(folder string) float64 {
			return number(readWord(folder+"/cpu.cfs_quota_us")) / number(readWord(folder+"/cpu.cfs_period_us"))
		})), ok
}

// memory is how many bytes the groups allow this process, infinite without a
// limit. Version 1 writes a number that no machine has for none.
func (g cgroups) memory() (float64, bool) {
	two, one, ok := g.folders("memory")
	limit := min(
		least(two, func(folder string) float64 { return number(readWord(folder + "/memory.max")) }),
		least(two, func(folder string) float64 { return number(readWord(folder + "/memory.high")) }),
		least(one, func(folder string) float64 { return number(readWord(folder + "/memory.limit_in_bytes")) }))
	if limit > 1<<60 {
		limit = math.Inf(1)
	}
	return limit, ok
}

// weight is this process's group's share of the processors, 1 being usual.
func (g cgroups) weight() (float64, bool) {
	two, one, ok := g.folders("cpu")
	for _, at := range []struct {
		folders []string
		file    string
		usual   float64
	}{{two, "/cpu.weight", 100}, {one, "/cpu.shares", 1024}} {
		if len(at.folders) > 0 {
			if w := number(readWord(at.folders[0] + at.file)); w > 0 {
				return w / at.usual, true
			}
		}
	}
	return 1, ok
}

// throttled is for how long, in seconds, the groups' quotas have stopped
// processors so far.
func (g cgroups) throttled() float64 {
	two, one, _ := g.folders("cpu")
	sum := 0.0
	for _, folder := range two {
		sum += statOf(folder+"/cpu.stat", "throttled_usec") / 1e6
	}
	for _, folder := range one {
		sum += statOf(folder+"/cpu.stat", "throttled_time") / 1e9
	}
	return sum
}

// statOf is one number of a file of names and numbers, and 0 without it.
func statOf(path, name string) float64 {
	for line := range strings.Lines(readWord(path)) {
		if key, value, _ := strings.Cut(strings.TrimSpace(line), " "); key == name {
			if n := number(value); n > 0 {
				return n
			}
		}
	}
	return 0
}

// number reads a number. What is none, such as "max", is NaN, which is above no limit.
func number(text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return math.NaN()
	}
	return n
}
