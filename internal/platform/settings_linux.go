package platform

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"concbench/results"
)

// settings reads what can be changed. What cannot be read stays out.
func settings(m *results.Machine) {
	limits(m.Limits)
	scheduling(m.Settings)
	memory(m.Settings)
	resources(m.Settings)
	groups(m)
	processors(m)
}

// limits reads what can stop a run with many threads, tasks or connections.
func limits(into map[string]int64) {
	for name, path := range map[string]string{
		"threads-max":   "/proc/sys/kernel/threads-max",
		"pid_max":       "/proc/sys/kernel/pid_max",
		"max_map_count": "/proc/sys/vm/max_map_count",
	} {
		if n, err := strconv.ParseInt(readWord(path), 10, 64); err == nil {
			into[name] = n
		}
	}
	for name, resource := range map[string]int{"nofile": unix.RLIMIT_NOFILE, "nproc": unix.RLIMIT_NPROC} {
		var r unix.Rlimit
		// No limit at all is told by leaving it out.
		if unix.Getrlimit(resource, &r) == nil && r.Cur < 1<<62 {
			into[name] = int64(r.Cur)
		}
	}
}

// policies are the kernel's names of its ways to schedule, by number.
var policies = []string{"other", "fifo", "rr", "batch", "", "idle", "deadline", "ext"}

// scheduling reads what the kernel lets the thread run before and after others.
func scheduling(into map[string]string) {
	if a, err := unix.SchedGetAttr(0, 0); err == nil {
		child := *a
		if a.Flags&unix.SCHED_FLAG_RESET_ON_FORK != 0 {
			child.Policy, child.Nice, child.Priority = 0, max(0, a.Nice), 0
		}
		into["nice"] = strconv.Itoa(int(child.Nice))
		into["policy"] = fmt.Sprint("number ", child.Policy)
		if int(child.Policy) < len(policies) {
			into["policy"] = policies[child.Policy]
		}
		if child.Priority > 0 {
			into["policy"] += fmt.Sprint(" priority ", child.Priority)
		}
	}
	if _, nice, ok := strings.Cut(readWord("/proc/self/autogroup"), " nice "); ok {
		into["autogroup-nice"] = nice
	}
	if slack, err := unix.PrctlRetInt(unix.PR_GET_TIMERSLACK, 0, 0, 0, 0); err == nil {
		into["timer-slack"] = time.Duration(slack).String()
	}
	if own, err := Affinity(); err == nil {
		into["affinity"] = list(own)
		if into["affinity"] == readWord("/sys/devices/system/cpu/online") {
			into["affinity"] = "all"
		}
	}
	if mode, err := unix.PrctlRetInt(unix.PR_GET_SECCOMP, 0, 0, 0, 0); err == nil {
		into["seccomp"] = map[int]string{0: "none", 2: "filter"}[mode]
	}
}

// list writes processors as the kernel does: "0-3,6".
func list(cpus []int) string {
	var words []string
	for i := 0; i < len(cpus); {
		last := i
		for last+1 < len(cpus) && cpus[last+1] == cpus[last]+1 {
			last++
		}
		word := strconv.Itoa(cpus[i])
		if last > i {
			word += "-" + strconv.Itoa(cpus[last])
		}
		words, i = append(words, word), last+1
	}
	return strings.Join(words, ",")
}

// memory reads how the kernel lays out and backs the memory of a process.
func memory(into map[string]string) {
	into["THP"] = chosen(readWord("/sys/kernel/mm/transparent_hugepage/enabled"))
	into["THP-defrag"] = chosen(readWord("/sys/kernel/mm/transparent_hugepage/defrag"))
	if off, err := unix.PrctlRetInt(unix.PR_GET_THP_DISABLE, 0, 0, 0, 0); err == nil && off != 0 {
		into["THP"] = "off for this process"
	}
	into["ASLR"] = map[string]string{"0": "off", "1": "without the heap", "2": "full"}[readWord("/proc/sys/kernel/randomize_va_space")]
	const ask, noRandom = 0xffffffff, 0x0040000
	if p, _, err := unix.Syscall(unix.SYS_PERSONALITY, ask, 0, 0); err == 0 {
		into["personality"] = fmt.Sprintf("%#x", p)
		if p&noRandom != 0 {
			into["ASLR"] = "off for this process"
		}
	}
	modes := []string{"default", "preferred", "bind", "interleave", "local", "preferred-many", "weighted-interleave"}
	var mode int32
	if _, _, err := unix.Syscall6(unix.SYS_GET_MEMPOLICY, uintptr(unsafe.Pointer(&mode)), 0, 0, 0, 0, 0); err == 0 && int(mode) < len(modes) {
		into["memory-policy"] = modes[mode]
	}
}

// chosen is the word in brackets of a list such as "always [madvise] never".
func chosen(list string) string {
	if _, rest, ok := strings.Cut(list, "["); ok {
		word, _, _ := strings.Cut(rest, "]")
		return word
	}
	return list
}

// resources reads the limits that are not those of [limits], "none" included.
func resources(into map[string]string) {
	for name, resource := range map[string]int{
		"rlimit-as": unix.RLIMIT_AS, "rlimit-cpu": unix.RLIMIT_CPU, "rlimit-data": unix.RLIMIT_DATA,
		"rlimit-fsize": unix.RLIMIT_FSIZE, "rlimit-memlock": unix.RLIMIT_MEMLOCK, "rlimit-stack": unix.RLIMIT_STACK,
	} {
		var r unix.Rlimit
		if unix.Getrlimit(resource, &r) != nil {
			continue
		}
		into[name] = "none"
		if r.Cur < 1<<62 {
			into[name] = strconv.FormatUint(r.Cur, 10)
		}
	}
}

// groups reads what the control groups allow.
func groups(m *results.Machine) {
	if quota, ok := ownGroups.quota(); ok {
		m.Settings["cpu-quota"] = "none"
		if !math.IsInf(quota, 1) {
			m.Quota = quota
			m.Settings["cpu-quota"] = strconv.FormatFloat(quota, 'g', 4, 64) + " processors"
		}
	}
	if limit, ok := ownGroups.memory(); ok {
		m.Settings["memory-limit"] = "none"
		if !math.IsInf(limit, 1) {
			m.Settings["memory-limit"] = strconv.FormatFloat(limit, 'f', 0, 64) + " bytes"
		}
	}
	if weight, ok := ownGroups.weight(); ok {
		m.Settings["cpu-weight"] = strconv.FormatFloat(weight, 'g', 4, 64)
	}
}
