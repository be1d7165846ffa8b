package platform

import (
	"fmt"
	"time"

	"github.com/prometheus/procfs"
)

// ReadLoad reads the counters as they stand now.
func ReadLoad() (Load, error) {
	fs, err := procfs.NewDefaultFS()
	if err != nil {
		return Load{}, fmt.Errorf("read the machine's load: %w", err)
	}
	stat, err := fs.Stat()
	now := time.Now()
	if err != nil {
		return Load{}, fmt.Errorf("read the machine's load: %w", err)
	}
	average, err := fs.LoadAvg()
	if err != nil {
		return Load{}, fmt.Errorf("read the machine's load: %w", err)
	}
	cpu := stat.CPUTotal
	return Load{
		Time:  now,
		CPUs:  len(stat.CPU),
		Load1: average.Load1,
		Idle:  cpu.Idle + cpu.Iowait,
		Ticks: cpu.User + cpu.Nice + cpu.System + cpu.IRQ + cpu.SoftIRQ,
		Steal: cpu.Steal,

		Throttled: ownGroups.throttled(),
	}, nil
}
