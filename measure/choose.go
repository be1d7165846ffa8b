package measure

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"concbench/results"
	"concbench/workloads"
)

// choose makes the groups of a profile, less what the options leave out.
func choose(p Profile, all []workloads.Workload, o Options) ([]group, error) {
	if err := known("workload", o.Workloads, names(p, all)); err != nil {
		return nil, err
	}
	var models []string
	for _, m := range o.Models {
		models = append(models, parseArm(m).Model)
	}
	if err := known("model", models, modelNames(p)); err != nil {
		return nil, err
	}
	c := chooser{all: all, options: o, place: map[string]int{}, unused: maps.Clone(o.Params)}
	for _, set := range p.Sets {
		if len(o.Workloads) == 0 || containsFold(o.Workloads, set.Workload) {
			c.sets = append(c.sets, set)
		}
	}
	for _, set := range c.sets {
		if err := c.add(set); err != nil {
			return nil, err
		}
	}
	if err := c.allServed(); err != nil {
		return nil, err
	}
	if len(o.URLs) > 0 && !slices.ContainsFunc(c.groups, func(g group) bool { return c.needsPages(g.members[0].Workload) }) {
		return nil, fmt.Errorf("%w: addresses of real sites are for Download, which is not among the workloads chosen", ErrUsage)
	}
	for name := range c.unused {
		return nil, fmt.Errorf("%w: none of the workloads chosen has a parameter %q; they have: %s", ErrUsage, name, strings.Join(c.params, ", "))
	}
	return c.groups, nil
}

// A chooser collects groups. Sets that lead to the same work share one.
type chooser struct {
	all     []workloads.Workload
	options Options
	sets    []Set // of the workloads asked for
	groups  []group
	place   map[string]int    // of a group, by what is run and at what scale
	params  []string          // names of all parameters seen
	unused  map[string]string // of Options.Params
	reasons []refusal
}

func (c *chooser) add(set Set) error {
	i := slices.IndexFunc(c.all, func(w workloads.Workload) bool { return w.Name == set.Workload })
	if i < 0 {
		return fmt.Errorf("the profile names the workload %q, which does not exist", set.Workload)
	}
	w := c.all[i]
	for _, def := range w.Params {
		if !slices.Contains(c.params, def.Name) {
			c.params = append(c.params, def.Name)
		}
		delete(c.unused, def.Name)
	}
	for _, given := range combinations(set.Grid) {
		for _, def := range w.Params {
			if value, ok := c.options.Params[def.Name]; ok {
				given[def.Name] = value
			}
		}
		if err := c.describeSites(w, given); err != nil {
			return err
		}
		params, err := w.Resolve(given)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrUsage, err)
		}
		for _, arm := range c.arms(set.Arms) {
			ok, err := c.supported(w, arm, params)
			if err != nil {
				return err
			}
			if ok && !c.elsewhere(set, arm) {
				c.put(set, results.Cell{Workload: w.Name, Model: arm.Model, Options: arm.Options, Params: params})
			}
		}
		if err := c.explainAbsent(w, set, params); err != nil {
			return err
		}
	}
	return nil
}

// elsewhere tells that the set does not have the parameters asked for and
// another set has them under this arm. Only where no set has them is a set
// bent: who asks for yielding does not get the hand-over between processors
// turned into yielding, which no set has there.
func (c *chooser) elsewhere(set Set, arm Arm) bool {
	return !c.agrees(set) && slices.ContainsFunc(c.sets, func(other Set) bool {
		return other.Workload == set.Workload && c.agrees(other) && slices.Contains(c.arms(other.Arms), arm)
	})
}

// agrees tells whether the set takes the parameters asked for as it is.
func (c *chooser) agrees(set Set) bool {
	return !slices.ContainsFunc(set.Grid, func(axis Axis) bool {
		value, asked := c.options.Params[axis.Param]
		return asked && !slices.Contains(axis.Values, value)
	})
}

// put adds a cell to the group of its work, once. A cell that several sets
// have, which options can make the same, is run as often as the most frequent
// of them has it.
func (c *chooser) put(set Set, cell results.Cell) {
	scale := c.options.Scale
	if set.Scale != 0 {
		scale *= set.Scale
	}
	if len(c.options.URLs) > 0 && c.needsPages(cell.Workload) {
		scale = 1 // nobody scales a real site
	}
	key := fmt.Sprint(scale, " ", cell.Subject())
	at, ok := c.place[key]
	if !ok {
		at = len(c.groups)
		c.place[key] = at
		c.groups = append(c.groups, group{scale: scale})
	}
	g, every := &c.groups[at], max(1, set.Every)
	same := func(other member) bool { return other.Key() == cell.Key() }
	if i := slices.IndexFunc(g.members, same); i >= 0 {
		g.members[i].every = min(g.members[i].every, every)
		return
	}
	g.members = append(g.members, member{cell, every})
}

// arms leaves out the arms that were not asked for. One that was asked for with
// options stands for its model wherever the model does.
func (c *chooser) arms(of []Arm) []Arm {
	if len(c.options.Models) == 0 {
		return of
	}
	var chosen []Arm
	for _, arm := range of {
		for _, text := range c.options.Models {
			want := parseArm(text)
			if !strings.EqualFold(want.Model, arm.Model) {
				continue
			}
			if want.Options != "" {
				arm.Options = want.Options
			}
			chosen = append(chosen, arm)
		}
	}
	return chosen
}

// combinations are all ways to take one value from each axis.
func combinations(axes []Axis) []map[string]string {
	all := []map[string]string{{}}
	for _, axis := range axes {
		var longer []map[string]string
		for _, given := range all {
			for _, value := range axis.Values {
				one := maps.Clone(given)
				one[axis.Param] = value
				longer = append(longer, one)
			}
		}
		all = longer
	}
	return all
}

// describe tells of each workload of the groups what a reader must know.
func describe(groups []group, all []workloads.Workload) []results.WorkloadInfo {
	var infos []results.WorkloadInfo
	for _, w := range all {
		if slices.ContainsFunc(groups, func(g group) bool { return g.members[0].Workload == w.Name }) {
			infos = append(infos, results.WorkloadInfo{Name: w.Name, Doc: w.Doc, Metrics: w.Metrics})
		}
	}
	return infos
}

// names are the workloads of the profile, in the order in which they are listed
// everywhere.
func names(p Profile, all []workloads.Workload) []string {
	var names []string
	for _, w := range all {
		if slices.ContainsFunc(p.Sets, func(s Set) bool { return s.Workload == w.Name }) {
			names = append(names, w.Name)
		}
	}
	return names
}

func modelNames(p Profile) []string {
	var all []string
	for _, set := range p.Sets {
		for _, arm := range set.Arms {
			if !slices.Contains(all, arm.Model) {
				all = append(all, arm.Model)
			}
		}
	}
	return all
}

// known refuses a name that is not among those there are.
func known(what string, given, there []string) error {
	for _, name := range given {
		if !containsFold(there, name) {
			return fmt.Errorf("%w: no %s %q in this profile; there are: %s", ErrUsage, what, name, strings.Join(there, ", "))
		}
	}
	return nil
}

func containsFold(list []string, name string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, name) })
}
