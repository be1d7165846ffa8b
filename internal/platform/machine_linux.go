package platform

import (
	"os"
	"slices"
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

// readWord is the text of a small file of the kernel, and "" if it is not there.
func readWord(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(data))
}
