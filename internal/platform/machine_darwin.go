package platform

import (
	"golang.org/x/sys/unix"

	"concbench/results"
)

func describe(m *results.Machine) {
	text := func(name string) string {
		s, err := unix.Sysctl(name)
		if err != nil {
			return ""
		}
		return s
	}
	m.Kernel = text("kern.osrelease")
	m.CPU = text("machdep.cpu.brand_string")
	if bytes, err := unix.SysctlUint64("hw.memsize"); err == nil {
		m.Memory = int64(bytes)
	}
}

func settings(m *results.Machine) {
	var r unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &r) == nil && r.Cur < 1<<62 {
		m.Limits["nofile"] = int64(r.Cur)
	}
}
