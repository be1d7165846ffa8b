package measure

import (
	"fmt"
	"slices"
	"strings"
)

// A Profile is a table of what a run consists of.
type Profile struct {
	Name   string
	Doc    string // one sentence: what it is good for
	Rounds int
	Scale  float64 // of real durations
	Sets   []Set
}

// A Set is a grid of cells: a workload with each combination of parameters
// under each arm. Parameters that it does not name have their defaults.
type Set struct {
	Workload string
	Arms     []Arm
	Grid     []Axis
	// Every is how many rounds there are to one in which the set is run, for
	// cells that take long; 0 and 1 mean all. The first round has every set.
	Every int
	// Scale multiplies the profile's scale for this set; 0 is 1. Scaled cells
	// stand beside the same cells in real durations, and are never mixed with them.
	Scale float64
}

// An Arm is a model with its options: one of the ways that are compared.
type Arm struct {
	Model   string
	Options string // such as "gil=off"
}

// An Axis is a parameter with the values that it takes in turn.
type Axis struct {
	Param  string
	Values []string
}

// Profiles are the profiles there are, from the shortest to the longest.
func Profiles() []Profile { return slices.Clone(profiles) }

// FindProfile returns the profile of that name.
func FindProfile(name string) (Profile, error) {
	var names []string
	for _, p := range profiles {
		if p.Name == name {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return Profile{}, fmt.Errorf("%w: no profile %q; there are: %s", ErrUsage, name, strings.Join(names, ", "))
}

// withoutScales is the profile with the scale of each set left to the caller.
func (p Profile) withoutScales() Profile {
	p.Sets = slices.Clone(p.Sets)
	for i := range p.Sets {
		p.Sets[i].Scale = 0
	}
	return p
}

// arms reads a list such as "serial coroutine threads/gil=off".
func arms(list string) []Arm {
	var as []Arm
	for _, text := range strings.Fields(list) {
		as = append(as, parseArm(text))
	}
	return as
}

// parseArm reads "model" or "model/options".
func parseArm(text string) Arm {
	model, options, _ := strings.Cut(text, "/")
	return Arm{Model: model, Options: options}
}

func (a Arm) String() string {
	if a.Options == "" {
		return a.Model
	}
	return a.Model + "/" + a.Options
}

func axis(param, values string) Axis { return Axis{Param: param, Values: strings.Fields(values)} }

func grid(axes ...Axis) []Axis { return axes }
