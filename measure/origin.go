package measure

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"

	"concbench/internal/buildinfo"
	"concbench/results"
	"concbench/workloads"
)

// describeOrigin writes into a new run what makes it and where.
func describeOrigin(run *results.Run) {
	run.Version, run.Dirty = buildinfo.Version()
	run.Tree = buildinfo.Tree()
	run.Go = runtime.Version()
	run.Machine = Machine()
}

// setPace finds, once for the whole run, how long an item of computing takes: all
// trials then do the same number of items, whatever the machine does meanwhile.
func (r *Runner) setPace() {
	paced := func(p results.Planned) bool {
		return slices.ContainsFunc(r.Workloads, func(w workloads.Workload) bool { return w.Name == p.Cell.Workload && w.Paced })
	}
	if slices.ContainsFunc(r.Plan.Plan, paced) {
		r.Plan.ItemSec = workloads.MeasurePace().Seconds()
	}
}

// sameOrigin refuses a run whose trials would not be comparable with those
// that this build would make on this machine.
func sameOrigin(old results.Run) error {
	var now results.Run
	describeOrigin(&now)
	for _, fact := range []struct {
		name     string
		old, now any
	}{
		{"source", cmp.Or(old.Tree, "unknown"), now.Tree},
		{"Go", old.Go, now.Go},
		{"operating system", old.Machine.OS, now.Machine.OS},
		{"architecture", old.Machine.Arch, now.Machine.Arch},
		{"kernel", old.Machine.Kernel, now.Machine.Kernel},
		{"processor", old.Machine.CPU, now.Machine.CPU},
		{"number of processors", old.Machine.CPUs, now.Machine.CPUs},
		{"memory", old.Machine.Memory, now.Machine.Memory},
	} {
		if fact.old != fact.now {
			return fmt.Errorf("its %s was %v and is %v now: start a new run", fact.name, fact.old, fact.now)
		}
	}
	return nil
}
