package platform

import (
	"fmt"

	"github.com/prometheus/procfs"
)

// ReadLoad reads the counters as they stand now.
func ReadLoad() (Load, error) {
	fs, err := procfs.NewDefaultFS()
	if err != nil {
		return Load{}, fmt.Errorf("read the machine's load: %w", err)
	}
	stat, err := fs.Stat()
	if err != nil {
		return Load{}, fmt.Errorf("read the machine's load: %w", err)
	}
	average, err := fs.LoadAvg()
	if err != nil {
		return Load{}, fmt.Errorf("read the machine's load: %w", err)
	}
	cpu := stat.CPUTotal
	return Load{
		Load1: average.Load1,
		Busy:  cpu.User + cpu.Nice + cpu.System + cpu.IRQ + cpu.SoftIRQ,
		Steal: cpu.Steal,

		Throttled: ownGroups.throttled(),
	}, nil
}
