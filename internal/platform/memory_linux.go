package platform

import (
	"fmt"

	"github.com/prometheus/procfs"

	"concbench/results"
)

// ProcessMemory reads what the process holds now, and the kernel's own memory,
// of which there is one count for the whole machine. It reads the peak from
// the process's VmHWM: a child's ru_maxrss starts at its parent's.
func ProcessMemory(pid int, label string) (results.Memory, error) {
	m := results.Memory{Label: label}
	fail := func(err error) (results.Memory, error) {
		return m, fmt.Errorf("read the memory of process %d: %w", pid, err)
	}
	proc, err := procfs.NewProc(pid)
	if err != nil {
		return fail(err)
	}
	status, err := proc.NewStatus()
	if err != nil {
		return fail(err)
	}
	stat, err := proc.Stat()
	if err != nil {
		return fail(err)
	}
	rollup, err := proc.ProcSMapsRollup()
	if err != nil {
		return fail(err)
	}
	m.KernelStack, m.Slab, err = kernelMemory()
	if err != nil {
		return fail(err)
	}
	m.PageTables = int64(status.VmPTE + status.VmPMD)
	m.Threads = int64(stat.NumThreads)
	m.RSS = int64(rollup.Rss)
	// The kernel counts pages for VmHWM in batches; the rollup looks at each.
	m.PeakRSS = max(int64(status.VmHWM), m.RSS)
	m.PSS = int64(rollup.Pss)
	m.Private = int64(rollup.PrivateClean + rollup.PrivateDirty)
	return m, nil
}

// kernelMemory is the machine's memory in kernel stacks and slabs, in bytes.
func kernelMemory() (stacks, slab int64, err error) {
	fs, err := procfs.NewDefaultFS()
	if err != nil {
		return 0, 0, err
	}
	info, err := fs.Meminfo()
	if err != nil {
		return 0, 0, err
	}
	if info.KernelStackBytes == nil || info.SlabBytes == nil {
		return 0, 0, fmt.Errorf("/proc/meminfo does not tell KernelStack and Slab")
	}
	return int64(*info.KernelStackBytes), int64(*info.SlabBytes), nil
}
