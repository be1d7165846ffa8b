package workloads

import (
	"concbench/models"
	"concbench/results"
)

// A Grid is what a workload gives to profiles: cases, which are all combinations
// of its values, each under every arm of its choice.
type Grid struct {
	Profiles []string // "quick", "bench", "full"
	Arms     Choice
	Values   []Axis // parameters that are not named have their defaults
	// Every is how many rounds there are to one in which the cells are run, for those
	// that take long; 0 and 1 mean all. The first round has every cell.
	Every int
	// Scale multiplies the profile's scale; 0 is 1. Cases at different scales are
	// different cases.
	Scale float64
}

// An Axis is a parameter with the values that it takes.
type Axis struct {
	Param  string
	Values []string
}

// A Choice is a set of arms, told by what they are, so that a new model finds its
// place in every grid. Arms that cannot run a case are left out by [Workload.Needs].
type Choice struct {
	Serial   bool                     // with the baseline
	Variants bool                     // with the options that are worth an arm of their own
	Only     func(models.Traits) bool // nil for all
}

// The choices that are usual.
var (
	Concurrent         = Choice{}
	ConcurrentVariants = Choice{Variants: true}
	Every              = Choice{Serial: true}
	EveryVariant       = Choice{Serial: true, Variants: true}
)

// Where narrows a choice.
func (c Choice) Where(only func(models.Traits) bool) Choice {
	c.Only = only
	return c
}

// Takes tells whether an arm is in the choice; a variant is an arm with options.
func (c Choice) Takes(traits models.Traits, variant bool) bool {
	return (c.Serial || traits.Concurrent) && (c.Variants || !variant) && (c.Only == nil || c.Only(traits))
}

// RoleOf is the role of a model with these traits.
func RoleOf(t models.Traits) results.Role {
	switch {
	case !t.Concurrent:
		return results.Serial
	case t.OneThread:
		return results.Coroutines
	case t.ThreadEach && t.Parallel:
		return results.FreeThreads
	case t.ThreadEach:
		return results.LockedThreads
	}
	return results.Native
}
