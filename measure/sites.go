package measure

import (
	"fmt"
	"slices"
	"strconv"

	"concbench/workloads"
)

// describeSites gives a workload that gets its pages from real sites the
// parameters that are true of them: how many there are, and no delay of ours.
func (c *chooser) describeSites(w workloads.Workload, given map[string]string) error {
	if len(c.options.URLs) == 0 || !w.NeedsPages {
		return nil
	}
	for name, value := range map[string]string{"pages": strconv.Itoa(len(c.options.URLs)), "mean": "0s"} {
		if asked, ok := c.options.Params[name]; ok && asked != value {
			return fmt.Errorf("%w: %s=%s is of the page server, and real sites take its place: leave it out", ErrUsage, name, asked)
		}
		if slices.ContainsFunc(w.Params, func(def workloads.ParamDef) bool { return def.Name == name }) {
			given[name] = value
		}
	}
	return nil
}

// needsPages tells whether the workload's work is to get pages.
func (c *chooser) needsPages(workload string) bool {
	return slices.ContainsFunc(c.all, func(w workloads.Workload) bool {
		return w.Name == workload && w.NeedsPages
	})
}
