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
	return Load{
		Time:  now,
		CPUs:  len(stat.CPU),
		Load1: average.Load1,
		Idle:  stat.CPUTotal.Idle + stat.CPUTotal.Iowait,
		Steal: stat.CPUTotal.Steal,

		Throttled: ownGroups.throttled(),
	}, nil
}
