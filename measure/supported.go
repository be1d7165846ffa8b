package measure

import (
	"fmt"
	"slices"
	"strings"

	"concbench/results"
	"concbench/workloads"
)

// A refusal is why a workload does not run under an arm.
type refusal struct {
	workload string
	arm      Arm
	why      error
}

// supported tells whether the workload can run under the arm, and keeps the
// reason if it cannot. The error is that of an arm that does not exist.
func (c *chooser) supported(w workloads.Workload, arm Arm, params results.Params) (bool, error) {
	if c.options.Traits == nil {
		return true, nil
	}
	traits, err := c.options.Traits(arm.Model, arm.Options)
	if err != nil {
		return false, fmt.Errorf("%w: %w", ErrUsage, err)
	}
	if w.Supports == nil {
		return true, nil
	}
	if err := w.Supports(arm.Model, traits, workloads.Params(params)); err != nil {
		c.reasons = append(c.reasons, refusal{w.Name, arm, err})
		return false, nil
	}
	return true, nil
}

// explainAbsent asks the workload about the models that were asked for and are
// not in the set: its reason says more than that the profile leaves them out.
func (c *chooser) explainAbsent(w workloads.Workload, set Set, params results.Params) error {
	for _, text := range c.options.Models {
		arm := parseArm(text)
		if slices.ContainsFunc(set.Arms, func(a Arm) bool { return strings.EqualFold(a.Model, arm.Model) }) {
			continue
		}
		arm.Model = strings.ToLower(arm.Model)
		if _, err := c.supported(w, arm, params); err != nil {
			return err
		}
	}
	return nil
}

// allServed refuses options that name a workload or a model of which nothing
// is left to run.
func (c *chooser) allServed() error {
	for _, name := range c.options.Workloads {
		has := func(cell results.Cell) bool { return strings.EqualFold(cell.Workload, name) }
		why := func(r refusal) bool { return strings.EqualFold(r.workload, name) }
		if err := c.served(name, has, why); err != nil {
			return err
		}
	}
	for _, text := range c.options.Models {
		want := parseArm(text)
		is := func(model, options string) bool {
			return strings.EqualFold(model, want.Model) && (want.Options == "" || options == want.Options)
		}
		has := func(cell results.Cell) bool { return is(cell.Model, cell.Options) }
		why := func(r refusal) bool { return is(r.arm.Model, r.arm.Options) }
		if err := c.served(text, has, why); err != nil {
			return err
		}
	}
	if len(c.groups) == 0 && len(c.reasons) > 0 {
		return cannotRun(c.reasons[0])
	}
	return nil
}

func (c *chooser) served(name string, has func(results.Cell) bool, why func(refusal) bool) error {
	if slices.ContainsFunc(c.groups, func(g group) bool {
		return slices.ContainsFunc(g.members, func(m member) bool { return has(m.Cell) })
	}) {
		return nil
	}
	if i := slices.IndexFunc(c.reasons, why); i >= 0 {
		return cannotRun(c.reasons[i])
	}
	return fmt.Errorf("%w: nothing is left to run of %s: the profile has none of these workloads under these models", ErrUsage, name)
}

func cannotRun(r refusal) error {
	return fmt.Errorf("%w: %s cannot run under %s: %w", ErrUsage, r.workload, r.arm, r.why)
}
