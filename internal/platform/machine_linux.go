package platform

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/prometheus/procfs"
	"golang.org/x/sys/unix"

	"concbench/results"
)

func describe(m *results.Machine) {
	var uts unix.Utsname
	if unix.Uname(&uts) == nil {
		m.Kernel = unix.ByteSliceToString(uts.Release[:])
	}
	if fs, err := procfs.NewDefaultFS(); err == nil {
		if cpus, err := fs.CPUInfo(); err == nil && len(cpus) > 0 {
			m.CPU = cpus[0].ModelName
			m.Virtual = virtual(cpus[0].Flags)
		}
		if info, err := fs.Meminfo(); err == nil && info.MemTotalBytes != nil {
			m.Memory = int64(*info.MemTotalBytes)
		}
	}
	m.Quota = quota("/sys/fs/cgroup", "/proc/self/cgroup")
	m.Governor = readWord("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
	if thp := readWord("/sys/kernel/mm/transparent_hugepage/enabled"); thp != "" {
		m.Settings["THP"] = chosen(thp)
	}
	limits(m.Limits)
}

// clocks are the clock sources that only the guests of a hypervisor have.
var clocks = map[string]string{"kvm-clock": "KVM", "hyperv_clocksource_tsc_page": "Hyper-V", "xen": "Xen"}

// virtual names the hypervisor: as the kernel does, by the clock it lends, or
// by the product that the firmware names. It is empty on bare metal.
func virtual(flags []string) string {
	if !slices.Contains(flags, "hypervisor") {
		return ""
	}
	if name := readWord("/sys/hypervisor/type"); name != "" {
		return name
	}
	for _, clock := range strings.Fields(readWord("/sys/devices/system/clocksource/clocksource0/available_clocksource")) {
		if name, ok := clocks[clock]; ok {
			return name
		}
	}
	if product := readWord("/sys/class/dmi/id/product_name"); product != "" {
		return product
	}
	return "unnamed hypervisor"
}

// chosen is the word in brackets of a list such as "always [madvise] never".
func chosen(list string) string {
	if _, rest, ok := strings.Cut(list, "["); ok {
		word, _, _ := strings.Cut(rest, "]")
		return word
	}
	return list
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

// quota is how many processors' worth of time the control groups allow this
// process: the least over its own group and all above it. 0 is no limit.
func quota(root, membership string) float64 {
	data, err := os.ReadFile(membership)
	if err != nil {
		return 0
	}
	least := 0.0
	for line := range strings.Lines(string(data)) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(fields) != 3 {
			continue
		}
		for path := fields[2]; ; path = filepath.Dir(path) {
			if q := groupQuota(root, fields[1], path); q > 0 && (least == 0 || q < least) {
				least = q
			}
			if path == "/" || path == "." {
				break
			}
		}
	}
	return least
}

// groupQuota reads the limit of one group, of version 2 if no controllers are named.
func groupQuota(root, controllers, path string) float64 {
	var allowed, period string
	if controllers == "" {
		allowed, period, _ = strings.Cut(readWord(filepath.Join(root, path, "cpu.max")), " ")
	} else if strings.Contains(","+controllers+",", ",cpu,") {
		dir := filepath.Join(root, "cpu", path)
		allowed, period = readWord(dir+"/cpu.cfs_quota_us"), readWord(dir+"/cpu.cfs_period_us")
	}
	a, err1 := strconv.ParseFloat(allowed, 64)
	p, err2 := strconv.ParseFloat(period, 64)
	if err1 != nil || err2 != nil || a <= 0 || p <= 0 {
		return 0
	}
	return a / p
}

// readWord is the text of a small file of the kernel, and "" if it is not there.
func readWord(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(data))
}
