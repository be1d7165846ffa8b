package workloads

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"concbench/results"
)

// Params are a workload's parameters after Resolve has checked them, so that
// the typed getters cannot fail on text that a user wrote. Asking for a name
// that the workload does not declare, or for the wrong type, panics.
type Params results.Params

// String is the value as written.
func (p Params) String(name string) string {
	for _, q := range p {
		if q.Name == name {
			return q.Value
		}
	}
	panic("workloads: undeclared parameter " + name)
}

// Int is the value of a whole-number parameter.
func (p Params) Int(name string) int {
	n, err := strconv.Atoi(p.String(name))
	if err != nil {
		panic("workloads: parameter " + name + ": " + err.Error())
	}
	return n
}

// Duration is the value of a duration parameter, before scaling.
func (p Params) Duration(name string) time.Duration {
	d, err := time.ParseDuration(p.String(name))
	if err != nil {
		panic("workloads: parameter " + name + ": " + err.Error())
	}
	return d
}

// Resolve completes the given parameters with the defaults, in the order of
// declaration, and refuses unknown names and values that do not pass.
func (w Workload) Resolve(given map[string]string) (results.Params, error) {
	var all results.Params
	var names []string
	for _, def := range w.Params {
		names = append(names, def.Name)
		value, ok := given[def.Name]
		if !ok {
			value = def.Default
		}
		if def.Check != nil {
			if err := def.Check(value); err != nil {
				return nil, fmt.Errorf("%s: parameter %s=%s: %w", w.Name, def.Name, value, err)
			}
		}
		all = append(all, results.Param{Name: def.Name, Value: value})
	}
	for name := range given {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("%s: no parameter %q; it has: %s", w.Name, name, strings.Join(names, ", "))
		}
	}
	return all, nil
}

// Find returns the workload of that name, in any case of letters.
func Find(name string) (Workload, error) {
	var names []string
	for _, w := range All {
		if strings.EqualFold(w.Name, name) {
			return w, nil
		}
		names = append(names, w.Name)
	}
	return Workload{}, fmt.Errorf("no workload %q; there are: %s", name, strings.Join(names, ", "))
}

// oneOf accepts only the listed words.
func oneOf(words ...string) func(string) error {
	return func(s string) error {
		if slices.Contains(words, s) {
			return nil
		}
		return fmt.Errorf("want one of: %s", strings.Join(words, ", "))
	}
}

// intIn accepts whole numbers from low to high.
func intIn(low, high int) func(string) error {
	return func(s string) error {
		if n, err := strconv.Atoi(s); err != nil || n < low || n > high {
			return fmt.Errorf("want a whole number from %d to %d", low, high)
		}
		return nil
	}
}

// durationIn accepts durations from low to high.
func durationIn(low, high time.Duration) func(string) error {
	return func(s string) error {
		if d, err := time.ParseDuration(s); err != nil || d < low || d > high {
			return fmt.Errorf("want a duration from %v to %v, such as 250ms", low, high)
		}
		return nil
	}
}
